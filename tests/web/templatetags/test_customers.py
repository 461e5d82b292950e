import pytest

from quittance.web.templatetags.customers import telephone


@pytest.mark.parametrize(
    ("number", "read"),
    [
        ("+33142685300", "+33 1 42 68 53 00"),
        ("+33123456789;ext=12", "+33 1 23 45 67 89 ext. 12"),
        ("+3225551212", "+32 2 555 12 12"),
        ("standard", "standard"),
        ("", ""),
    ],
)
def test_a_number_is_written_as_it_is_read_aloud(number: str, read: str) -> None:
    assert telephone(number) == read
