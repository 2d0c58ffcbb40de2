"""Reads settings from environment variables or from files.

A setting `X` is the value of the variable `X`, or the content of the file that the variable `X_FILE` names. Files are
how passwords arrive from mounted Kubernetes Secrets: unlike variables they are not inherited by child processes and
do not show up when someone prints the environment.
"""

import ipaddress
import os
from pathlib import Path

from django.core.exceptions import ImproperlyConfigured


def setting(name: str, default: str | None = None) -> str:
    """The value of a setting. Without a default the setting is required."""
    file_name = f"{name}_FILE"
    value = os.environ.get(name)
    file = os.environ.get(file_name)

    if value is not None and file is not None:
        raise ImproperlyConfigured(f"{name} and {file_name} are both set: set only one of them.")
    if value is not None:
        return value
    if file is not None:
        try:
            # Editors and `echo` end a file with a newline that is no part of a password.
            return Path(file).read_text().rstrip("\r\n")
        except OSError as error:
            raise ImproperlyConfigured(f"{file_name} names a file that cannot be read: {error}") from error
    if default is not None:
        return default
    raise ImproperlyConfigured(f"{name} is not set: set {name}, or {file_name} to the path of a file that holds it.")


def secret(name: str, minimum: int, default: str | None = None) -> str:
    """A setting that no one must be able to guess. Unless REQUIRE_REAL_SECRETS is "0", as on a laptop, a value that is
    fake or has fewer than `minimum` characters is refused; the message never repeats it."""
    value = setting(name, default)
    given = name in os.environ or f"{name}_FILE" in os.environ
    wrong = weakness(value, minimum) if given and flag("REQUIRE_REAL_SECRETS", "1") else None
    if wrong:
        where = os.environ.get(f"{name}_FROM", name)
        raise ImproperlyConfigured(f"{name} is refused. {where}: the value {wrong}. Put a new one there.")
    return value


def weakness(value: str, minimum: int) -> str | None:
    # As it is, in Base64, URL-encoded.
    if value.startswith(("fake-", "ZmFrZS", "fake%2")):
        return "is a fake one, which everybody can read in Git"
    if any(character.isspace() for character in value):
        return "has a blank or a line break in it"
    if len(value) < minimum:
        return f"is shorter than {minimum} characters"
    if len(set(value)) < 5:
        return "has fewer than 5 different characters"
    return None


def flag(name: str, default: str) -> bool:
    """A setting that is "1" or "0" and nothing else: a mistyped DEBUG must not quietly mean one or the other."""
    value = setting(name, default)
    if value not in ("0", "1"):
        raise ImproperlyConfigured(f'{name} must be "0" or "1", not "{value}".')
    return value == "1"


def number(name: str, default: str) -> int:
    """A setting that is a whole number, zero or greater."""
    value = setting(name, default)
    # isdecimal() alone would also accept the digits of other scripts.
    if not (value.isascii() and value.isdecimal()):
        raise ImproperlyConfigured(f'{name} must be a whole number, not "{value}".')
    return int(value)


def networks(name: str, default: str) -> list[ipaddress.IPv4Network | ipaddress.IPv6Network]:
    """A setting that is a list of address ranges, separated by spaces."""
    try:
        return [ipaddress.ip_network(text) for text in setting(name, default).split()]
    except ValueError as error:
        raise ImproperlyConfigured(f'{name} must be ranges of addresses like "192.0.2.0/24": {error}.') from error
