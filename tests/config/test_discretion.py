import logging

import pytest

from quittance.config.discretion import Discreet, discreetly


@pytest.mark.parametrize(
    ("told", "expected"),
    [
        ("Not Found: /invitation/AbC-_1~x-Y", "Not Found: /invitation/…"),
        (
            "GET https://q.example/invitation/AbC?x=1 200",
            "GET https://q.example/invitation/…?x=1 200",
        ),
        ("/account/password/reset/key/3-c0ffee-abc/", "/account/password/reset/key/3-…/"),
        ("postgresql://ann:won:der@db/books", "postgresql://ann:…@db/books"),
        ("smtp://:secret@mail", "smtp://:…@mail"),
        ("host=db password=wonder user=ann", "host=db password=… user=ann"),
        ("PASSWORD='a b'", "PASSWORD=… b'"),
        ("nothing to hide: http://127.0.0.1:8765/c/lumiere", None),
    ],
)
def test_a_line_tells_no_secret(told: str, expected: str | None) -> None:
    assert discreetly(told) == (expected or told)


def test_neither_the_message_nor_its_facts_nor_the_traceback_tell() -> None:
    formatter = Discreet("%(levelname)s %(message)s")
    try:
        raise ValueError("postgresql://ann:wonder@db/books")
    except ValueError as fault:
        record = logging.LogRecord(
            "x", logging.ERROR, __file__, 1, "Gone: %s", ("/invitation/AbC",),
            (type(fault), fault, fault.__traceback__),
        )  # fmt: skip
    line = formatter.format(record)
    assert "wonder" not in line
    assert "AbC" not in line
    assert "Gone: /invitation/…" in line
