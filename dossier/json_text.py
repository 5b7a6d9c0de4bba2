"""Values as JSON text, many small ones after each other.

`json` makes its encoder in C anew for every value, which costs more than most values do. Here it is made once.
"""

from __future__ import annotations

from collections.abc import Callable
from json import JSONEncoder
from json import encoder as parts
from typing import Any


def encoder(spaced: bool = True, plain: Callable[[Any], Any] | None = None) -> Callable[[Any], str]:
    """What writes values as `json.dumps` does: with a space after commas and colons or without. No sign is escaped that
    need not be. `plain` gives the form of what JSON has no word for. Raises `ValueError` for what it has no number for.
    """
    comma, colon = (", ", ": ") if spaced else (",", ":")
    common = JSONEncoder(
        ensure_ascii=False, allow_nan=False, check_circular=False, separators=(comma, colon), default=plain
    )
    make = getattr(parts, "c_make_encoder", None)
    if make is None:
        return common.encode
    chunks = make(None, common.default, parts.encode_basestring, None, colon, comma, False, False, False)
    return lambda value: "".join(chunks(value, 0))
