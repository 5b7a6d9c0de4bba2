"""This machine and nobody else: where a preview listens, and under which names it answers."""

from __future__ import annotations

import errno
import ipaddress
import re
import socket


def is_local(host: str) -> bool:
    """Whether a Host header, with or without a port, names this machine and nothing else."""
    match = re.fullmatch(r"(localhost|127(?:\.\d{1,3}){3}|\[::1\])(?::\d{1,5})?", host, re.ASCII | re.IGNORECASE)
    return match is not None


def listen(host: str, port: int) -> socket.socket:
    """A socket on this machine only. Raises `OSError`, in words, where that cannot be had."""
    address = "127.0.0.1" if host == "localhost" else host.strip("[]")
    try:
        local = ipaddress.ip_address(address)
    except ValueError:
        local = None
    if local is None or not local.is_loopback:
        raise OSError(f"a preview is for this machine only: --host is 127.0.0.1, ::1 or localhost, not {host}")
    listener = socket.socket(socket.AF_INET6 if local.version == 6 else socket.AF_INET)
    listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    try:
        listener.bind((address, port))
        listener.listen(128)
    except OSError as error:
        listener.close()
        reason = "it is in use already" if error.errno == errno.EADDRINUSE else error.strerror
        raise OSError(f"port {port} cannot be had ({reason}): name another with --port") from None
    return listener
