"""Background work: what takes longer than a click."""
