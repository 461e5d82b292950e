from io import BytesIO

from quittance.config.wsgi import application


def test_the_door_answers() -> None:
    heads = []
    environ = {
        "REQUEST_METHOD": "GET", "PATH_INFO": "/health", "SERVER_NAME": "127.0.0.1",
        "SERVER_PORT": "80", "wsgi.input": BytesIO(), "wsgi.url_scheme": "http",
    }  # fmt: skip
    body = b"".join(application(environ, lambda status, fields: heads.append(status)))
    assert (heads, body) == (["200 OK"], b"ok")
