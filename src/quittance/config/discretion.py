"""What a log line never says: the secret part of a link, a password, a token."""

import logging
import re

LINKS = re.compile(r"(/invitation/|/password/reset/key/[0-9A-Za-z]+-)[^/\s'\"?]+")
PASSWORDS = re.compile(r"(\w+://[^:/@\s]*:)[^@\s]+@|(password=)\S+", re.IGNORECASE)


class Discreet(logging.Formatter):
    """Lines of a log, tracebacks included, without secrets."""

    def format(self, record: logging.LogRecord) -> str:
        """The line, without secrets."""
        return discreetly(super().format(record))


def discreetly(text: str) -> str:
    """A text without the secrets of links and addresses.

    >>> discreetly("Not Found: /invitation/abc~def")
    'Not Found: /invitation/…'
    >>> discreetly("postgresql://ann:wonder@db:5432/books")
    'postgresql://ann:…@db:5432/books'
    """
    hidden = LINKS.sub(r"\1…", text)
    return PASSWORDS.sub(lambda met: f"{met[1]}…@" if met[1] else f"{met[2]}…", hidden)
