"""Dataclasses that are quick to make, and frozen for the type checker.

A frozen class takes twice to three times as long to make an object, since each field goes around its own ban on
assignment. So mypy, which reads every line, holds them frozen, and Python is not asked. And the classes themselves took
a fifth of a start: `dataclasses` writes and compiles four methods of each, most of which nobody calls. Here a method is
written when it is first called, and so is the table of fields. For mypy all of this is `dataclasses`.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import cache
from sys import modules
from typing import TYPE_CHECKING, Any

_MISSING: Any = type("MISSING", (), {})()


class _Field:
    """What is said of a field. Its type is what stands in the source."""

    __slots__ = ("compare", "default", "default_factory", "init", "kw_only", "metadata", "name", "repr", "type")

    def __init__(
        self,
        default: Any = _MISSING,
        default_factory: Any = _MISSING,
        init: bool = True,
        repr: bool = True,
        compare: bool = True,
        metadata: Mapping[str, Any] | None = None,
        kw_only: bool = False,
    ) -> None:
        self.name = self.type = ""
        self.default = default
        self.default_factory = default_factory
        self.init = init
        self.repr = repr
        self.compare = compare
        self.metadata = metadata or {}
        self.kw_only = kw_only


def _dataclass(
    *, frozen: bool = False, slots: bool = False, eq: bool = True, repr: bool = True, kw_only: bool = False
) -> Callable[[type], type]:
    """The class with the methods that its fields ask for; equal and, if frozen, hashed by them."""
    written = {"__init__": _init}
    if repr:
        written["__repr__"] = _repr
    if eq:
        written["__eq__"] = _eq
    if eq and frozen:
        written["__hash__"] = _hash

    def made(cls: type) -> type:
        own = {name: vars(cls).get(name, _MISSING) for name in vars(cls).get("__annotations__", ())}
        cls.__fields_said__ = (own, kw_only)  # type: ignore[attr-defined]
        held = dict(vars(cls))
        if slots:
            cls = _slotted(cls, held, own)
        for name, write in written.items():
            if held.get(name) is None:  # a class that has its own __eq__ has None for __hash__
                setattr(cls, name, _Unwritten(cls, name, write))
        if eq and not frozen and "__hash__" not in held:
            cls.__hash__ = None  # type: ignore[assignment]  # what is equal and may change is no key
        return cls

    return made


def _slotted(cls: type, held: dict[str, Any], own: Mapping[str, Any]) -> type:
    taken = {name for base in cls.__mro__[1:-1] for name in vars(base).get("__slots__", ())}
    for name in (*own, "__dict__", "__weakref__"):
        held.pop(name, None)
    held["__slots__"] = tuple([name for name in own if name not in taken])
    held["__qualname__"] = cls.__qualname__
    made: type = type(cls)(cls.__name__, cls.__bases__, held)
    return made


class _Unwritten:
    """A method that puts the written one into its place when it is first asked for."""

    __slots__ = ("cls", "name", "write")

    def __init__(self, cls: type, name: str, write: Callable[[type], Any]) -> None:
        self.cls = cls
        self.name = name
        self.write = write

    def __get__(self, one: Any, cls: type) -> Any:
        method = self.write(self.cls)
        method.__name__, method.__qualname__ = self.name, f"{self.cls.__qualname__}.{self.name}"
        setattr(self.cls, self.name, method)
        return method.__get__(one, cls)


@cache
def _table(cls: type) -> tuple[_Field, ...]:
    found: dict[str, _Field] = {}
    for base in reversed(cls.__mro__):
        own, kw_only = vars(base).get("__fields_said__", ({}, False))
        for name, default in own.items():
            each = found[name] = default if isinstance(default, _Field) else _Field(default)
            each.name, each.type = name, vars(base)["__annotations__"][name]
            each.kw_only = each.kw_only or kw_only
    return tuple(found.values())


def annotated(cls: Any) -> dict[str, Any]:
    """What each key of a class is annotated with, as `typing.get_type_hints` has it with all extras."""
    found = {}
    for base in reversed(cls.__mro__):
        for name, words in vars(base).get("__annotations__", {}).items():
            found[name] = _meant(words, base.__module__)
    return found


@cache
def _meant(words: str, module: str) -> Any:
    # Once for all fields that say the same, and not by `get_type_hints`, which would take longer than the rules do.
    return eval(words, vars(modules[module]))


def _fields(of: Any) -> tuple[_Field, ...]:
    return _table(of if isinstance(of, type) else type(of))


def _is_dataclass(one: Any) -> bool:
    return hasattr(one, "__fields_said__")


def _replace(one: Any, **changes: Any) -> Any:
    for each in _fields(one):
        if each.init and each.name not in changes:
            changes[each.name] = getattr(one, each.name)
    return type(one)(**changes)


def _asdict(one: Any) -> Any:
    if _is_dataclass(one):
        return {each.name: _asdict(getattr(one, each.name)) for each in _fields(one)}
    if isinstance(one, dict):
        return {key: _asdict(value) for key, value in one.items()}
    return type(one)(map(_asdict, one)) if type(one) in (list, tuple) else one


# The methods, written from the fields.


def _written(line: str, **around: Any) -> Any:
    """The function `_` that a line of Python defines."""
    exec(line, around)
    return around["_"]


def _init(cls: type) -> Any:
    around = {"_missing": _MISSING}
    lines = []
    parameters: dict[bool, list[str]] = {False: ["self"], True: ["*"]}
    for each in _table(cls):
        name = value = each.name
        if each.default_factory is not _MISSING:
            around[f"_make_{name}"] = each.default_factory
            value = f"_make_{name}() if {name} is _missing else {name}" if each.init else f"_make_{name}()"
        elif each.default is not _MISSING:
            around[f"_default_{name}"] = each.default
        if each.init:
            default = f"=_default_{name}" if each.default is not _MISSING else ""
            default = "=_missing" if each.default_factory is not _MISSING else default
            parameters[each.kw_only].append(f"{name}{default}")
        elif each.default is not _MISSING:
            value = f"_default_{name}"
        lines.append(f"self.{name}={value}")
    named = parameters[True] if len(parameters[True]) > 1 else []
    return _written(f"def _({','.join([*parameters[False], *named])}): {';'.join(lines) or 'pass'}", **around)


def _compared(cls: type, of: str) -> str:
    return "".join([f"{of}.{each.name}," for each in _table(cls) if each.compare])


def _eq(cls: type) -> Any:
    same = f"({_compared(cls, 'self')}) == ({_compared(cls, 'other')})"
    return _written(f"def _(self, other): return {same} if other.__class__ is self.__class__ else NotImplemented")


def _hash(cls: type) -> Any:
    return _written(f"def _(self): return hash(({_compared(cls, 'self')}))")


def _repr(cls: type) -> Any:
    names = [each.name for each in _table(cls) if each.repr]
    return lambda self: f"{cls.__qualname__}({', '.join([f'{name}={getattr(self, name)!r}' for name in names])})"


if TYPE_CHECKING:
    from dataclasses import MISSING as MISSING
    from dataclasses import Field as Field
    from dataclasses import asdict as asdict
    from dataclasses import dataclass as dataclass
    from dataclasses import field as field
    from dataclasses import fields as fields
    from dataclasses import is_dataclass as is_dataclass
    from dataclasses import replace as replace
else:
    MISSING = _MISSING
    Field = field = _Field
    asdict, dataclass, fields, is_dataclass, replace = _asdict, _dataclass, _fields, _is_dataclass, _replace
