"""How mail leaves: `smtp://user:password@host:port` (STARTTLS on 587) or `smtps://…`, or not."""

from typing import Any
from urllib.parse import unquote, urlsplit

BACKENDS = "django.core.mail.backends"
SECONDS = 10  # a mail server that does not answer holds nobody up for longer


def mail_settings(address: str) -> dict[str, Any]:
    """Django's settings for the address of a mail server; without one, mail goes nowhere.

    Nowhere, and not to the console: a mail bears links that let somebody in, and the console is
    the log. Raises ValueError, without the password, when the address is none.
    """
    if not address:
        return {"EMAIL_BACKEND": f"{BACKENDS}.dummy.EmailBackend"}
    parts = urlsplit(address)
    if parts.scheme not in ("smtp", "smtps") or not parts.hostname:
        raise ValueError("EMAIL_URL is smtp://user:password@host:port or smtps://…")
    is_wrapped = parts.scheme == "smtps"
    port = parts.port or (465 if is_wrapped else 25)
    return {
        "EMAIL_BACKEND": f"{BACKENDS}.smtp.EmailBackend",
        "EMAIL_HOST": parts.hostname,
        "EMAIL_PORT": port,
        "EMAIL_HOST_USER": unquote(parts.username or ""),
        "EMAIL_HOST_PASSWORD": unquote(parts.password or ""),
        "EMAIL_USE_SSL": is_wrapped,
        "EMAIL_USE_TLS": port == 587,
        "EMAIL_TIMEOUT": SECONDS,
    }
