"""One file beside the data or the site, put in place whole: as it was or as it is to be, never half of it."""

from __future__ import annotations

import os
from contextlib import suppress
from pathlib import Path
from secrets import token_hex


def replace_text(path: Path, text: str) -> None:
    """Let a file hold this text, in UTF-8 with line feeds, as `replace_bytes` does."""
    replace_bytes(path, text.encode("utf-8"))


def replace_bytes(path: Path, content: bytes) -> None:
    """Let a file hold these bytes; its folder is made where there is none. A link in its place is replaced, not
    followed.

    Raises `OSError` where the machine refuses; then the file is as it was.
    """
    path.parent.mkdir(parents=True, exist_ok=True)
    # Hidden, so that no build takes it for data; in the same folder, since a rename stays in one file system.
    beside = path.with_name(f".{path.name}.{token_hex(4)}")
    try:
        with os.fdopen(os.open(beside, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o666), "wb") as opened:
            opened.write(content)
            opened.flush()
            os.fsync(opened.fileno())
        beside.replace(path)
    except BaseException:
        with suppress(OSError):
            beside.unlink()
        raise
