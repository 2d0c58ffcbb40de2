"""Passwords that change while the application runs, without a failed request.

A password and the server that asks for it cannot change in the same moment. So during a change the Secret holds two:
the new one in the file of `X_FILE`, the one before in the file of `X_PREVIOUS_FILE`, which is there only meanwhile.
Both are read again whenever a password is needed, because Kubernetes replaces the files of a running pod. Who is
refused with one tries the other.

`python -m coped.credentials X` says whether the application knows a value, which it is given on standard input, as the
new one: exit status 0 if so. `coped secrets rotate` asks that of every pod before it lets the server change.
"""

import hmac
import os
import sys
from pathlib import Path

from coped.environment import setting

# The value of each setting that a server has accepted last: trying another first would be refused at every request.
_accepted: dict[str, str] = {}


def candidates(name: str, default: str | None = None) -> list[str]:
    """What a server may accept at this moment, most likely first."""
    values = [setting(name, default), *optional(f"{name}_PREVIOUS_FILE")]
    return sorted(dict.fromkeys(values), key=lambda value: value != _accepted.get(name))


def accepted(name: str, value: str) -> None:
    """Remembers what the server took."""
    _accepted[name] = value


def optional(variable: str) -> list[str]:
    """The content of the file that a variable names; nothing if there is no such file, which is usual."""
    try:
        return [Path(os.environ[variable]).read_text().rstrip("\r\n")]
    except (KeyError, FileNotFoundError):
        return []


if __name__ == "__main__":
    known, asked = setting(sys.argv[1]), sys.stdin.read()
    sys.exit(0 if hmac.compare_digest(known.encode(), asked.encode()) else 3)
