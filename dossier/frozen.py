"""Dataclasses that are frozen for whoever writes code, and cost no more than others when they are made.

A frozen class takes twice to three times as long to make, since each field goes around its own ban on assignment; that
was a fifth of the time that reading took. So mypy, which reads every line, holds them frozen, and Python is not asked.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from dataclasses import dataclass as dataclass
else:
    import dataclasses

    def dataclass(*, frozen: bool, **options: bool) -> Any:
        """The class as it would be, equal and hashed by its fields, without the ban on assignment."""
        assert frozen
        return dataclasses.dataclass(unsafe_hash=True, **options)
