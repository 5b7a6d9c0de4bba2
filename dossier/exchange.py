"""Put a staged folder in the place of the one that stands, in one system call where there is one. Part of `write`."""

from __future__ import annotations

import ctypes
import errno
import os
import sys
from pathlib import Path

_RENAME_EXCHANGE, _AT_FDCWD, _RENAME_SWAP = 2, -100, 2
_SYSCALL = {"x86_64": 316, "aarch64": 276, "riscv64": 276, "armv7l": 382, "ppc64le": 357, "s390x": 347}
"""Numbers of `renameat2`, for a C library that is older than the call."""
_CANNOT = {errno.ENOSYS, errno.EINVAL, errno.ENOTSUP, errno.EOPNOTSUPP, errno.EPERM}
_MOUNTED = {errno.EBUSY, errno.EXDEV}


class Mounted(Exception):
    """The folder cannot be renamed, since something is mounted there."""


def publish(stage: Path, output: Path) -> str:
    """Put `stage` in the place of `output`; what stood there is then at `stage`. Returns a note if not in one step.

    Raises `Mounted`, with both as they were, where `output` is a mount point.
    """
    try:
        if not output.exists() or not any(output.iterdir()):
            stage.rename(output)
            return ""
        failed = exchange(stage, output)
        if not failed:
            return ""
        if failed not in _CANNOT:
            raise OSError(failed, os.strerror(failed), str(output))
        _in_turn(stage, output)
    except OSError as error:
        if error.errno in _MOUNTED:
            raise Mounted from None
        raise
    return "Not published in one swap: this file system cannot exchange two folders. They were renamed in turn."


def _in_turn(stage: Path, output: Path) -> None:
    """Between the two renames there is no site: a build killed there leaves `.old-`, which the next one puts back."""
    old = stage.with_name(stage.name.replace(".new-", ".old-"))
    output.rename(old)
    try:
        stage.rename(output)
    except BaseException:
        old.rename(output)
        raise
    old.rename(stage)


def exchange(one: Path, other: Path) -> int:
    """Exchange two folders in one step. Returns 0, or the error number."""
    if sys.platform not in ("linux", "darwin"):
        return errno.ENOSYS
    libc = ctypes.CDLL(None, use_errno=True)
    first, second = os.fsencode(one), os.fsencode(other)
    if sys.platform == "darwin":
        result = libc.renamex_np(first, second, _RENAME_SWAP)
    elif hasattr(libc, "renameat2"):
        result = libc.renameat2(_AT_FDCWD, first, _AT_FDCWD, second, _RENAME_EXCHANGE)
    elif os.uname().machine in _SYSCALL:
        number = _SYSCALL[os.uname().machine]
        result = libc.syscall(number, _AT_FDCWD, first, _AT_FDCWD, second, _RENAME_EXCHANGE)
    else:
        return errno.ENOSYS
    return ctypes.get_errno() if result else 0
