"""Quittance: credit management and debt collection, French law first."""

__version__ = "0.1.0"
