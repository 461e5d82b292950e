"""The invented books of Lumière & Fils: sales, payments, purchases, pay, taxes, bank files."""
