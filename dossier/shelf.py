"""Records on shelves: what is looked up is noted, and what is not at hand is fetched.

A page or a finding depends on just what was looked up while it was made. That is noted here, in one place, so that no
stage has to say what it reads: the keys are record ids, `<shelf>=<key>` for a way back, `*<shelf>` for all of a shelf.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager
from typing import Any, Generic, TypeVar

V = TypeVar("V")
MOST_MADE = 20_000
"""Values made on demand that one shelf keeps before it begins anew."""


class _Reads:
    """What has been looked up since someone began to listen; None while no one does. A `witness` is handed all that is
    looked up, and what it gives is what is found: for the question which fields were read."""

    __slots__ = ("noted", "witness")

    def __init__(self) -> None:
        self.noted: set[str] | None = None
        self.witness: Callable[[Any], Any] | None = None


READS = _Reads()


@contextmanager
def noting() -> Iterator[set[str]]:
    """Listen: the set fills with the key of everything that is looked up inside the block, and of nothing else."""
    before, READS.noted = READS.noted, set()
    try:
        yield READS.noted
    finally:
        READS.noted = before


def note(key: str) -> None:
    """Note a key that no shelf holds, such as a list of lines."""
    if READS.noted is not None:
        READS.noted.add(key)


class Shelf(Mapping[str, V], Generic[V]):
    """A mapping of a register. `fetch` finds what is not held, or gives None; `keys` names all there is, in order.

    Records are noted by their id alone, whichever shelf they were looked for on: an id belongs to one record.
    """

    __slots__ = ("_absent", "_fetch", "_held", "_keys", "_prefix", "name")

    def __init__(
        self,
        name: str,
        held: dict[str, V],
        fetch: Callable[[str], V | None] | None = None,
        keys: Callable[[], Iterable[str]] | None = None,
        by_id: bool = False,
    ) -> None:
        self.name = name
        self._held = held
        self._absent: set[str] = set()
        self._fetch = fetch
        self._keys = keys
        self._prefix = "" if by_id else name + "="

    def get(self, key: str, default: Any = None) -> Any:
        # Pages are made of hundreds of thousands of these: what is at hand takes no further call.
        if (noted := READS.noted) is not None:
            noted.add(self._prefix + key)
        found = self._held.get(key)
        if found is None or READS.witness is not None:
            found = self._sought(key)
            return default if found is None else found
        return found

    def __getitem__(self, key: str) -> V:
        if (noted := READS.noted) is not None:
            noted.add(self._prefix + key)
        found = self._held.get(key)
        if found is None or READS.witness is not None:
            found = self._sought(key)
            if found is None:
                raise KeyError(key)
        return found

    def _sought(self, key: str) -> V | None:
        """What stands there, fetched if need be and shown to the witness; None where nothing does."""
        found = self._held.get(key)
        if found is None:
            if self._fetch is None or key in self._absent:
                return None
            found = self._fetch(key)
            if found is None:
                self._absent.add(key)
                return None
            self._held[key] = found
        return found if READS.witness is None else READS.witness(found)

    def __contains__(self, key: object) -> bool:
        return isinstance(key, str) and self.get(key) is not None

    def _whole(self) -> dict[str, V]:
        """All there is, in order: fetched now where it is not held."""
        note("*" + self.name)
        if self._keys is not None:
            self._held, self._keys = {key: self._at(key) for key in self._keys()}, None
        if READS.witness is not None:
            return {key: READS.witness(found) for key, found in self._held.items()}
        return self._held

    def _at(self, key: str) -> V:
        """What stands there, for nobody's ears. Raises `KeyError` where nothing does."""
        found = self._held.get(key)
        if found is None and self._fetch is not None:
            found = self._fetch(key)
        if found is None:
            raise KeyError(key)
        return found

    def __iter__(self) -> Iterator[str]:
        return iter(self._whole())

    def __len__(self) -> int:
        return len(self._whole())

    def __bool__(self) -> bool:
        return bool(self._whole())

    def values(self) -> Any:
        return self._whole().values()

    def items(self) -> Any:
        return self._whole().items()

    def renew(self, stale: Iterable[str], fetch: Callable[[str], V | None], keys: Callable[[], Iterable[str]]) -> None:
        """Let go of what has changed: it is fetched when next looked up."""
        for key in stale:
            self._held.pop(key, None)
        self._absent.clear()
        self._fetch, self._keys = fetch, keys


def heard(make: Callable[..., V], *given: Any) -> tuple[V, tuple[str, ...]]:
    """What `make` gives, and what was looked up for it, which is noted for nobody yet."""
    before, READS.noted = READS.noted, set()
    try:
        return make(*given), tuple(READS.noted)
    finally:
        READS.noted = before


class Kept(Generic[V]):
    """What several pages say of a record: made once, by its id. Who asks for it has read all it was made of."""

    __slots__ = ("_held", "_make")

    def __init__(self, make: Callable[..., V]) -> None:
        self._make = make
        self._held: dict[str, tuple[V, tuple[str, ...]]] = {}

    def of(self, name: str, *given: Any) -> V:
        """What is made of `given`, which is the record called `name`."""
        held = self._held.get(name)
        if held is None:
            if len(self._held) >= MOST_MADE:
                self._held.clear()
            held = self._held[name] = heard(self._make, *given)
        if held[1] and READS.noted is not None:
            READS.noted.update(held[1])
        return held[0]


class Made(Shelf[V]):
    """Values made of other records when they are first asked for. Who looks one up has read all it was made of."""

    __slots__ = ("_reads",)

    def __init__(self, name: str, make: Callable[[str], V | None], keys: Callable[[], Iterable[str]]) -> None:
        super().__init__(name, {}, make, keys)
        self._reads: dict[str, tuple[str, ...]] = {}

    def get(self, key: str, default: Any = None) -> Any:
        read = self._reads.get(key)
        if read is None:
            assert self._fetch is not None
            if len(self._reads) >= MOST_MADE:
                self.forget()
            found, read = heard(self._fetch, key)
            self._reads[key] = read
            if found is not None:
                self._held[key] = found
        if (noted := READS.noted) is not None:
            noted.update(read)
        return self._held.get(key, default)

    def __getitem__(self, key: str) -> V:
        found: V | None = self.get(key)
        if found is None:
            raise KeyError(key)
        return found

    def _whole(self) -> dict[str, V]:
        assert self._keys is not None
        return {key: found for key in self._keys() if (found := self.get(key)) is not None}

    def forget(self) -> None:
        """Make everything anew when it is next asked for."""
        self._held.clear()
        self._reads.clear()
