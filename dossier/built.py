"""What a build comes to."""

from __future__ import annotations

from collections.abc import Iterable

from dossier.frozen import dataclass, field
from dossier.pages import File, Stream
from dossier.problems import Problem


@dataclass(slots=True)
class Built:
    """A site, being made as its files are taken; `files` is None where an error stands in its way.

    `anew` says that these are all its files. Otherwise they are those that an edit touched, and `gone` names those that
    are no more. `notes` are for people, at every run.
    """

    files: Iterable[File | Stream] | None
    problems: tuple[Problem, ...]
    notes: tuple[str, ...]
    anew: bool = True
    gone: tuple[str, ...] = field(default=())


def held(file: File | Stream) -> File:
    """A file with its bytes."""
    return file if isinstance(file, File) else File(file.path, b"".join(file.chunks()))
