import pytest

from quittance.config.mail import mail_settings


def test_without_a_mail_server_mail_goes_nowhere_and_not_to_the_log() -> None:
    assert mail_settings("") == {"EMAIL_BACKEND": "django.core.mail.backends.dummy.EmailBackend"}


@pytest.mark.parametrize(
    ("address", "expected"),
    [
        ("smtp://mail.example", ("mail.example", 25, "", "", False, False)),
        (
            "smtp://ann%40x.fr:p%2Fw@mail.example:587",
            ("mail.example", 587, "ann@x.fr", "p/w", False, True),
        ),
        ("smtps://a:b@mail.example", ("mail.example", 465, "a", "b", True, False)),
    ],
)
def test_an_address_says_how_mail_leaves(address: str, expected: tuple[object, ...]) -> None:
    found = mail_settings(address)
    names = ("HOST", "PORT", "HOST_USER", "HOST_PASSWORD", "USE_SSL", "USE_TLS")
    assert tuple(found[f"EMAIL_{name}"] for name in names) == expected
    assert found["EMAIL_TIMEOUT"] == 10


@pytest.mark.parametrize("address", ["mail.example", "http://ann:hidden@mail.example", "smtp://"])
def test_what_is_no_address_is_refused_without_its_password(address: str) -> None:
    with pytest.raises(ValueError, match="EMAIL_URL") as met:
        mail_settings(address)
    assert "hidden" not in str(met.value)
