"""Texts, one after the other, as the bytes of a file: never all at once. Part of `export`."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from itertools import islice

Text = str | bytes
"""A text, or its bytes in UTF-8: who stores these need not decode what is encoded again at once."""

Lines = Callable[[str], Iterator[Text]]
"""The texts of one list, in order, by its name. May be asked again for the same list."""

_TOGETHER = 64
"""Texts that become one piece: some ten kilobytes to some hundred, which the processor keeps at hand."""


def joined(texts: Iterable[Text], between: bytes = b"") -> Iterator[bytes]:
    left, before = iter(texts), b""
    while batch := list(islice(left, _TOGETHER)):
        # One by one: most texts are ASCII, whose bytes are at hand; a single one that is not would widen all others.
        yield before + between.join([text if isinstance(text, bytes) else text.encode() for text in batch])
        before = between
