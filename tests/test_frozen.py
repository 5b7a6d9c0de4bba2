"""Our dataclasses beside Python's: what can be seen of them is the same."""

from __future__ import annotations

import copy
import dataclasses
import pickle
from collections.abc import Iterator
from typing import Any, get_type_hints

import pytest

from dossier import frozen, model


@frozen.dataclass(frozen=True, slots=True)
class Base:
    """A class with all kinds of fields, and one that hides."""

    name: str
    number: int = frozen.field(default=3, metadata={"doc": "a number"})
    place: str = frozen.field(default="", compare=False, repr=False)
    parts: tuple[Any, ...] = ()


@frozen.dataclass(frozen=True, slots=True, kw_only=True)
class Longer(Base):
    kind: str
    number: int = 4
    many: list[str] = frozen.field(default_factory=list, compare=False)


@frozen.dataclass(slots=True)
class Loose:
    count: int = 0
    seen: dict[str, int] = frozen.field(default_factory=dict, init=False, repr=False)
    left: int = frozen.field(default=7, init=False)


@frozen.dataclass(frozen=True, slots=True, eq=False)
class Itself:
    name: str


@frozen.dataclass(frozen=True)
class Told:
    name: str = "none"

    def __eq__(self, other: object) -> bool:
        return True

    def __repr__(self) -> str:
        return "told"


def theirs(cls: type) -> Any:
    """The class as `dataclasses` would have made it."""
    said: dict[str, Any] = {}
    for each in frozen.fields(cls):
        given = {name: getattr(each, name) for name in ("init", "repr", "compare", "metadata", "kw_only")}
        for name in ("default", "default_factory"):
            if getattr(each, name) is not frozen.MISSING:
                given[name] = getattr(each, name)
        said[each.name] = dataclasses.field(**given)
    made = type(
        cls.__name__, (), {"__annotations__": dict.fromkeys(said, "Any"), "__qualname__": cls.__qualname__, **said}
    )
    return dataclasses.dataclass(slots=True, unsafe_hash=True)(made)


GIVEN: list[tuple[type, tuple[Any, ...], dict[str, Any]]] = [
    (Base, ("a",), {}),
    (Base, ("a", 5, "here", ((1,),)), {}),
    (Base, (), {"name": "b", "parts": (1,)}),
    (Longer, ("a",), {"kind": "k"}),
    (Longer, ("a", "p"), {"kind": "k", "many": ["x"], "number": 1}),
    (Loose, (), {}),
    (Loose, (2,), {}),
]


@pytest.mark.parametrize(("cls", "values", "named"), GIVEN)
def test_objects_look_and_compare_as_those_of_dataclasses(cls: Any, values: Any, named: Any) -> None:
    ours, other = cls(*values, **named), theirs(cls)(*values, **named)
    names = [each.name for each in frozen.fields(ours)]
    assert names == [each.name for each in dataclasses.fields(other)]
    assert [getattr(ours, name) for name in names] == [getattr(other, name) for name in names]
    assert repr(ours) == repr(other)
    assert frozen.asdict(ours) == dataclasses.asdict(other)
    assert ours == cls(*values, **named)
    assert ours != other
    if cls is not Loose:
        assert hash(ours) == hash(other)
        assert ours != frozen.replace(ours, name="another")
        assert ours == frozen.replace(ours, place="elsewhere")
        assert hash(ours) == hash(frozen.replace(ours, place="elsewhere"))
    assert copy.deepcopy(ours) == pickle.loads(pickle.dumps(ours)) == ours
    assert not hasattr(ours, "__dict__")


def test_a_field_that_is_inherited_keeps_its_place_and_its_slot() -> None:
    assert [each.name for each in frozen.fields(Longer)] == ["name", "number", "place", "parts", "kind", "many"]
    assert [each.name for each in frozen.fields(Longer) if each.kw_only] == ["number", "kind", "many"]
    assert vars(Longer)["__slots__"] == ("kind", "many")
    assert frozen.fields(Base)[1].metadata == {"doc": "a number"}
    assert frozen.fields(Base)[0].default is frozen.MISSING
    assert frozen.fields(Base)[1].type == "int"


@pytest.mark.parametrize(("values", "named"), [((), {}), (("a", 1, "", (), 2), {}), (("a",), {"other": 1})])
def test_what_dataclasses_refuse_is_refused(values: Any, named: Any) -> None:
    messages = []
    for cls in (Base, theirs(Base)):
        with pytest.raises(TypeError) as refused:
            cls(*values, **named)
        messages.append(str(refused.value))
    assert messages[0] == messages[1]


def test_each_object_has_a_list_of_its_own() -> None:
    one, other = Longer("a", kind="k"), Longer("a", kind="k")
    one.many.append("x")
    assert other.many == []
    assert Loose().seen is not Loose().seen


def test_who_is_equal_to_itself_alone_and_who_cannot_be_hashed() -> None:
    assert Itself("a") != Itself("a")
    assert hash(Itself("a")) != hash(Itself("b"))
    with pytest.raises(TypeError):
        hash(Loose())


def test_methods_of_a_class_are_its_own() -> None:
    assert repr(Told()) == "told"
    assert Told("a") == Told("b") == 1
    assert Told("a").name == "a"
    assert frozen.is_dataclass(Told)
    assert frozen.is_dataclass(Told())
    assert not frozen.is_dataclass("Told")


def parts(cls: Any) -> Iterator[Any]:
    yield cls
    for each in cls.__subclasses__():
        yield from parts(each)


@pytest.mark.parametrize("cls", sorted(parts(model.Part), key=str))
def test_what_keys_are_annotated_with(cls: Any) -> None:
    assert frozen.annotated(cls) == get_type_hints(cls, include_extras=True)
    assert frozen.annotated(cls).keys() == {each.name for each in frozen.fields(cls)}
