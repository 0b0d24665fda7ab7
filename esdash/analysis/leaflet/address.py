"""The public address of the city's papers: where their QR code leads, or why they have none."""

import ipaddress
from typing import NamedTuple
from urllib.parse import urlsplit

from esdash.inventory import Inventory

# Names that no public network answers (RFC 6761, RFC 6762, RFC 8375, RFC 9476, and what routers give out).
_INTERNAL = ("localhost", "local", "internal", "invalid", "test", "alt", "lan", "home", "home.arpa", "intranet", "corp")


class Address(NamedTuple):
    """url: the address; None with `why`: unset, unsafe (no https), internal (nobody outside reaches it), malformed."""

    url: str | None
    why: str = ""


def public_address(inventory: Inventory) -> Address:
    """The address that the city has set, if people outside can open it."""
    return checked(inventory.value("SELECT public_address FROM city"))


def checked(written: str | None) -> Address:
    """An address, if people outside can open it."""
    if not written or not written.strip():
        return Address(None, "unset")
    try:
        parts = urlsplit(written.strip())
        host = (parts.hostname or "").rstrip(".").lower()
        parts.port  # noqa: B018  raises ValueError for an impossible one
    except ValueError:
        return Address(None, "malformed")
    if any(sign.isspace() for sign in written.strip()) or parts.username is not None or not host:
        return Address(None, "malformed")
    if parts.scheme.lower() != "https":
        return Address(None, "unsafe")
    return Address(None, "internal") if _is_internal(host) else Address(written.strip())


def _is_internal(host: str) -> bool:
    try:
        return not ipaddress.ip_address(host).is_global
    except ValueError:
        return "." not in host or any(host == name or host.endswith(f".{name}") for name in _INTERNAL)
