"""Legal values as dated, sourced data."""
