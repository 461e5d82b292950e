"""The web server's own lines, of each request and each fault, without the secrets of links."""

from typing import Any

from gunicorn.glogging import Logger

from quittance.config.discretion import Discreet


class ServerLog(Logger):  # type: ignore[misc]
    """Gunicorn's log, discreetly."""

    def setup(self, cfg: Any) -> None:
        """As gunicorn does; then each line goes through our formatter."""
        super().setup(cfg)
        for log in (self.error_log, self.access_log):
            for handler in log.handlers:
                lines = handler.formatter
                handler.setFormatter(Discreet(lines and lines._fmt, lines and lines.datefmt))
