"""The record: the one Django app with tables, on PostgreSQL."""
