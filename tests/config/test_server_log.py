import logging

import pytest
from gunicorn.config import Config

from quittance.config.server_log import ServerLog


def test_a_request_is_told_without_the_secret_of_its_link(
    capfd: pytest.CaptureFixture[str],
) -> None:
    cfg = Config()
    cfg.set("accesslog", "-")
    cfg.set("errorlog", "-")
    log = ServerLog(cfg)
    try:
        log.access_log.info('192.0.2.1 "GET /invitation/AbC~dEf HTTP/1.1" 200')
        log.error("postgresql://ann:wonderland@db is gone")
    finally:
        for name in ("gunicorn.error", "gunicorn.access"):
            logging.getLogger(name).handlers.clear()
    told = "".join(capfd.readouterr())
    assert '"GET /invitation/… HTTP/1.1" 200' in told
    assert "AbC" not in told
    assert "wonderland" not in told
