"""Django's PostgreSQL, on a server that may have to be started again."""
