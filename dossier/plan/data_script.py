"""Data that a script of a page reads: itself a script, since a page from disk may read nothing else."""

from __future__ import annotations

import hashlib
import json
from typing import Any

from dossier.pages import File


def data_script(variable: str, name: str, told: Any) -> File:
    """The file, named by its content. Scripts find what is told, as JSON, under `globalThis.<variable>`.

    In ASCII: the form tells ranges of characters, and halves of surrogate pairs among these have no bytes of their own.
    """
    data = json.dumps(told, separators=(",", ":"))
    content = f"globalThis.{variable}={data};\n".encode()
    return File(f"assets/{name}.{hashlib.sha256(content).hexdigest()[:10]}.js", content)
