"""Which machines a stranger's address may lead to, and how long it may take altogether.

Addresses come from pull requests, and from pages that send on to others. The name is resolved once, every address it
has is looked at, and the connection goes to what was looked at: a name that answers differently the second time gains
nothing (server-side request forgery; OWASP's cheat sheet of that name).
"""

from __future__ import annotations

import socket
from collections.abc import Callable, Iterable
from ipaddress import IPv4Address, IPv6Address, IPv6Network, ip_address
from ssl import SSLContext
from typing import Any

from httpcore2 import ConnectTimeout, NetworkBackend, NetworkStream, ReadTimeout, SyncBackend, WriteTimeout

_NAT64 = IPv6Network("64:ff9b::/96")


class NoSuchHost(Exception):
    """The name has no address."""


class Private(Exception):
    """The name leads into this machine or its own network."""


def is_public(address: str) -> bool:
    """Whether an address in digits is one of the open internet, also where an IPv4 address hides in an IPv6 one."""
    found: IPv4Address | IPv6Address = ip_address(address.partition("%")[0])
    if isinstance(found, IPv6Address):
        inner = found.ipv4_mapped or found.sixtofour or (found.teredo and found.teredo[1])
        if found in _NAT64:
            inner = IPv4Address(int(found) & 0xFFFFFFFF)
        if inner:
            found = inner
    return found.is_global and not found.is_multicast


def addresses(host: str, port: int, allow_local: bool) -> tuple[str, ...]:
    """What the name resolves to, each once. Raises `NoSuchHost`; and `Private` if any of it is not public, unless that
    is allowed."""
    try:
        found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    except (OSError, UnicodeError) as error:
        raise NoSuchHost(host) from error
    resolved = tuple(dict.fromkeys(str(each[4][0]) for each in found))
    if not allow_local and not all(map(is_public, resolved)):
        raise Private(host)
    return resolved


class Dialler(NetworkBackend):
    """Connects to public machines only, and to none after `deadline`, in seconds of `monotonic`."""

    def __init__(self, allow_local: bool, deadline: float, monotonic: Callable[[], float]) -> None:
        self._allow_local = allow_local
        self._deadline = deadline
        self._monotonic = monotonic
        self._dial = SyncBackend()

    def left(self, timeout: float | None, late: type[Exception]) -> float:
        left = self._deadline - self._monotonic()
        if left <= 0:
            raise late("the time for the whole answer is up")
        return left if timeout is None else min(left, timeout)

    def connect_tcp(
        self,
        host: str,
        port: int,
        timeout: float | None = None,
        local_address: str | None = None,
        socket_options: Iterable[Any] | None = None,
    ) -> NetworkStream:
        last: Exception | None = None
        for address in addresses(host, port, self._allow_local):
            try:
                left = self.left(timeout, ConnectTimeout)
                return _Timed(self._dial.connect_tcp(address, port, left, local_address, socket_options), self)
            except Exception as error:
                last = error
        raise last or NoSuchHost(host)


class _Timed(NetworkStream):
    """A connection each step of which ends with the deadline: a server that sends a byte a minute gains nothing."""

    def __init__(self, inner: NetworkStream, dialler: Dialler) -> None:
        self._inner = inner
        self._dialler = dialler

    def read(self, max_bytes: int, timeout: float | None = None) -> bytes:
        return self._inner.read(max_bytes, self._dialler.left(timeout, ReadTimeout))

    def write(self, buffer: bytes, timeout: float | None = None) -> None:
        self._inner.write(buffer, self._dialler.left(timeout, WriteTimeout))

    def close(self) -> None:
        self._inner.close()

    def start_tls(
        self, ssl_context: SSLContext, server_hostname: str | None = None, timeout: float | None = None
    ) -> NetworkStream:
        left = self._dialler.left(timeout, ConnectTimeout)
        return _Timed(self._inner.start_tls(ssl_context, server_hostname, left), self._dialler)

    def get_extra_info(self, info: str) -> Any:
        return self._inner.get_extra_info(info)
