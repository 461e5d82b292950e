"""Where a request comes from: the client's address, as the proxies that we know saw it."""

from ipaddress import IPv4Address, IPv6Address, ip_address

from django.conf import settings
from django.http import HttpRequest

HERE = ip_address("127.0.0.1")  # a socket of this machine has no address


def client_address(request: HttpRequest) -> str:
    """The nearest address that is not a proxy of ours: what lies beyond, anybody may make up."""
    found = read(request.META.get("REMOTE_ADDR", "")) or HERE
    told = request.headers.get("X-Forwarded-For", "")
    for text in reversed(told.split(",")):
        beyond = read(text)
        if beyond is None or not is_proxy(found):
            break
        found = beyond
    return str(found)


def is_proxy(address: IPv4Address | IPv6Address) -> bool:
    """Whether an address is one of QUITTANCE_PROXIES."""
    return any(address in network for network in settings.PROXIES)


def read(text: str) -> IPv4Address | IPv6Address | None:
    """An address, or none where the text is not one."""
    try:
        return ip_address(text.strip())
    except ValueError:
        return None
