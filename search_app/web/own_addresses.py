"""Own addresses: whether a Host header names this machine, as it is reached at this moment.

In: the header, and what the settings say. Out: yes or no. A clerk opens the page under whatever address a colleague's
machine has, and that changes with the network it is plugged into; so nothing is remembered, the system is asked: an
address is ours where a socket can be bound to it. The surprise: a page on the internet that resolves its own name to
this machine (DNS rebinding) sends that name; an address of another machine is sent by nobody who means us.
"""

import ipaddress
import socket
from ipaddress import IPv4Address, IPv6Address

from search_app.settings import Settings

Address = IPv4Address | IPv6Address


class OwnAddresses:
    """Tells which names and addresses a server with these settings answers under."""

    def __init__(self, settings: Settings) -> None:
        self._names = frozenset({"localhost", settings.host.lower(), socket.gethostname().lower(), *settings.hosts})
        self._listening = _addresses(settings.host)
        self._configured = frozenset(map(_address, settings.hosts)) - {None}

    def hold(self, host: str) -> bool:
        """Tell whether a Host header, with or without a port, names this machine."""
        name = _without_port(host.lower())
        address = _address(name)
        if address is None:
            return name in self._names
        if address.is_unspecified or address.is_multicast:  # the system binds to these too, but nobody is there
            return False
        return address.is_loopback or address in self._configured or self._reached_at(address)

    def _reached_at(self, address: Address) -> bool:
        """Tell whether the server listens at an address; one that listens at all of them does so at this machine's."""
        if any(each.is_unspecified for each in self._listening):
            return _is_ours(address)
        return address in self._listening


def _without_port(host: str) -> str:
    if host.startswith("["):
        return host[1:].partition("]")[0]
    return host.partition(":")[0] if host.count(":") == 1 else host


def _address(text: str) -> Address | None:
    """Return the address that is written here, an IPv4 one in the clothes of IPv6 as what it is; None for a name."""
    try:
        found = ipaddress.ip_address(text)
    except ValueError:
        return None
    return (found.ipv4_mapped or found) if isinstance(found, IPv6Address) else found


def _addresses(host: str) -> frozenset[Address]:
    """Return the addresses of what is listened at: one that is written out, or those that a name has now."""
    written = _address(host)
    if written is not None:
        return frozenset({written})
    try:
        known = {str(each[4][0]) for each in socket.getaddrinfo(host, None)}
    except OSError:  # opening the socket will say it better
        return frozenset()
    return frozenset(each for each in map(_address, known) if each is not None)


def _is_ours(address: Address) -> bool:
    """Ask the system whether an interface of this machine has the address now."""
    family = socket.AF_INET if address.version == 4 else socket.AF_INET6
    try:
        with socket.socket(family, socket.SOCK_DGRAM) as probe:
            probe.bind((str(address), 0))
    except OSError:
        return False
    return True
