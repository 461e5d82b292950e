"""What templates are made of."""
