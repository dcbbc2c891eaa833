"""Where a request comes from, as far as it can be believed."""

from ipaddress import IPv6Address, ip_address, ip_network

from django.conf import settings
from django.http import HttpRequest


def client_address(request: HttpRequest) -> str:
    """The address of the browser, IPv6 as its /64. Forwarded addresses count only behind a trusted proxy, from the right."""
    found = request.META.get("REMOTE_ADDR", "")
    for hop in reversed(request.headers.get("X-Forwarded-For", "").split(",")):
        if not _is_trusted(found) or not _is_address(hop.strip()):
            break
        found = hop.strip()
    return _group(found)


def _is_trusted(value: str) -> bool:
    return _is_address(value) and any(ip_address(value) in network for network in settings.TRUSTED_PROXIES)


def _is_address(value: str) -> bool:
    try:
        ip_address(value)
    except ValueError:
        return False
    return True


def _group(value: str) -> str:
    if not _is_address(value):
        return "unknown"
    found = ip_address(value)
    if isinstance(found, IPv6Address):
        if found.ipv4_mapped:
            return str(found.ipv4_mapped)
        return str(ip_network(f"{found}/64", strict=False))
    return str(found)
