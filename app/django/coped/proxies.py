"""Who asked, and how: what the proxies in front of us say, as far as they may be believed.

The edge appends the address that connected to it to X-Forwarded-For. Everything before that was written by what
connected: a proxy of ours, or a client that writes what it likes.
"""

import ipaddress

from django.conf import settings


def client_address(request):
    """The last address that is not one of our proxies'; without any, that of the connection."""
    address = None
    for part in reversed(forwarded_for(request)):
        address = part or address
        if part is None or not is_trusted(part):
            break
    return str(address) if address else request.META.get("REMOTE_ADDR")


class TrustedProxyMiddleware:
    """A proxy before the edge that ends TLS speaks HTTP to the edge, which says so: Django would redirect for ever."""

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        *_, last = forwarded_for(request)
        if last and is_trusted(last):
            header, value = settings.SECURE_PROXY_SSL_HEADER
            request.META[header] = value
        return self.get_response(request)


def is_trusted(address):
    return any(address in network for network in settings.TRUSTED_PROXIES)


def forwarded_for(request):
    """Addresses, the edge's own entry last; None for what is no address."""
    return [parsed(part) for part in request.headers.get("X-Forwarded-For", "").split(",")]


def parsed(text):
    try:
        return ipaddress.ip_address(text.strip())
    except ValueError:
        return None
