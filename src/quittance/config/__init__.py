"""Django settings, root addresses and the WSGI door."""
