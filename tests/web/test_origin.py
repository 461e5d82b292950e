from ipaddress import ip_network

import pytest
from django.test import Client, RequestFactory, override_settings

from quittance.web.origin import client_address


@pytest.mark.parametrize(
    ("remote", "told", "expected"),
    [
        ("127.0.0.1", "", "127.0.0.1"),
        ("", "", "127.0.0.1"),
        ("", "203.0.113.9", "203.0.113.9"),  # a proxy on a socket of this machine
        ("127.0.0.1", "203.0.113.9", "203.0.113.9"),
        ("::1", "2001:db8::7", "2001:db8::7"),
        ("192.0.2.1", "203.0.113.9", "192.0.2.1"),  # not a proxy of ours: not believed
        ("127.0.0.1", "10.6.6.6, 203.0.113.9", "203.0.113.9"),  # made up by the client
        ("127.0.0.1", "203.0.113.9, 10.1.2.3", "203.0.113.9"),  # two proxies in a row
        ("127.0.0.1", "10.1.2.3", "10.1.2.3"),  # a proxy that asks for itself
        ("127.0.0.1", "unknown", "127.0.0.1"),
        ("127.0.0.1", "203.0.113.9, unknown", "127.0.0.1"),
    ],
)
def test_the_client_is_the_nearest_address_that_is_no_proxy(
    remote: str, told: str, expected: str
) -> None:
    proxies = [ip_network(one) for one in ("127.0.0.1", "::1", "10.1.0.0/16")]
    request = RequestFactory().get("/", headers={"X-Forwarded-For": told}, REMOTE_ADDR=remote)
    with override_settings(PROXIES=proxies):
        assert client_address(request) == expected


@pytest.mark.usefixtures("db")
def test_the_limits_of_sign_in_count_the_client_and_not_the_proxy() -> None:
    def tried(client: str, number: int) -> str:
        page = Client(SERVER_NAME="localhost").post(
            "/account/login/",
            {"login": f"{number}@x.example", "password": "wrong"},
            headers={"X-Forwarded-For": client},
        )
        return page.content.decode()

    for number in range(10):
        assert "Trop de tentatives" not in tried("203.0.113.9", number)
    assert "Trop de tentatives" in tried("203.0.113.9", 10)
    assert "Trop de tentatives" not in tried("203.0.113.8", 11)
