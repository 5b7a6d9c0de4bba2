"""What is looked up is noted, and nothing else: the one place that says what a page depends on."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from dossier import shelf as shelves
from dossier.shelf import READS, Made, Shelf, note, noting
from tests.given import register


@pytest.fixture(autouse=True)
def nobody_listens() -> Iterator[None]:
    yield
    assert READS.noted is None
    assert READS.witness is None


def fruit() -> Shelf[str]:
    return Shelf("fruit", {"a": "apple", "b": "banana"}, by_id=True)


class Stock:
    """Where a shelf fetches from, and what was asked of it."""

    def __init__(self, **held: str) -> None:
        self.held = held
        self.asked: list[str] = []

    def fetch(self, key: str) -> str | None:
        self.asked.append(key)
        return self.held.get(key)

    def keys(self) -> list[str]:
        return sorted(self.held)

    def shelf(self, **held: str) -> Shelf[str]:
        return Shelf("fruit", held, self.fetch, self.keys, by_id=True)


# What is noted


def test_a_record_is_noted_by_its_id_and_a_way_back_with_its_shelf() -> None:
    with noting() as read:
        assert fruit()["a"] == "apple"
        assert Shelf("trees_of", {"a": ("oak",)})["a"] == ("oak",)
    assert read == {"a", "trees_of=a"}


def test_what_is_not_there_is_noted_too() -> None:
    """A page that found nothing changes once there is something."""
    with noting() as read:
        assert fruit().get("x") is None
        assert fruit().get("y", "none") == "none"
        assert "z" not in fruit()
        with pytest.raises(KeyError, match="w"):
            fruit()["w"]
    assert read == {"x", "y", "z", "w"}


@pytest.mark.parametrize(
    "look",
    [list, len, bool, lambda shelf: shelf.values(), lambda shelf: shelf.items(), lambda shelf: shelf == {}],
    ids=["iter", "len", "bool", "values", "items", "equal"],
)
@pytest.mark.parametrize("fetches", [False, True])
def test_a_look_at_all_is_noted_as_that(look: object, fetches: bool) -> None:
    shelf = Stock(a="apple", b="banana").shelf() if fetches else fruit()
    assert callable(look)
    with noting() as read:
        look(shelf)
    assert read == {"*fruit"}


def test_what_is_looked_up_while_nobody_listens_is_lost() -> None:
    fruit()["a"]
    with noting() as read:
        note("lines=counts")
    fruit()["b"]
    note("lines=home")
    assert read == {"lines=counts"}


def test_who_listens_inside_hears_for_himself() -> None:
    shelf = fruit()
    with noting() as outer:
        shelf["a"]
        with noting() as inner:
            shelf["b"]
        shelf.get("c")
    assert (outer, inner) == ({"a", "c"}, {"b"})


def test_listening_ends_with_an_error() -> None:
    with pytest.raises(ZeroDivisionError), noting():
        1 / 0  # noqa: B018
    assert READS.noted is None


# What is not at hand


def test_what_is_not_at_hand_is_fetched_once() -> None:
    stock = Stock(a="apple")
    shelf = stock.shelf(b="banana")
    assert [shelf["b"], shelf["a"], shelf["a"], shelf.get("x"), shelf.get("x")] == [
        "banana", "apple", "apple", None, None,
    ]  # fmt: skip
    assert stock.asked == ["a", "x"]


def test_all_there_is_comes_in_the_order_of_the_keys_and_once() -> None:
    stock = Stock(b="banana", a="apple", c="cherry")
    shelf = stock.shelf(c="cherry")
    assert list(shelf.items()) == [("a", "apple"), ("b", "banana"), ("c", "cherry")]
    assert list(shelf) == ["a", "b", "c"]
    assert (len(shelf), sorted(stock.asked)) == (3, ["a", "b"])


def test_a_key_that_leads_nowhere_is_not_passed_over() -> None:
    """A memory that does not hold together must not look like a smaller dossier."""
    with pytest.raises(KeyError, match="gone"):
        list(Shelf("fruit", {}, lambda key: None, lambda: ["gone"]))


def test_what_has_changed_is_fetched_anew_and_the_rest_is_not() -> None:
    before, after = Stock(a="apple", b="banana"), Stock(a="apricot", c="cherry")
    shelf = before.shelf()
    assert [shelf["a"], shelf["b"], shelf.get("c")] == ["apple", "banana", None]
    shelf.renew(["a"], after.fetch, after.keys)
    assert [shelf["a"], shelf["b"], shelf["c"]] == ["apricot", "banana", "cherry"]
    assert after.asked == ["a", "c"]
    assert list(shelf) == ["a", "c"]


# What is made of other things


def pies(shelf: Shelf[str], made: list[str]) -> Made[str]:
    def bake(key: str) -> str | None:
        made.append(key)
        found = shelf.get(key)
        return f"{found} pie" if found else None

    return Made("pies", bake, lambda: shelf)


def test_who_looks_up_what_is_made_has_read_what_it_was_made_of() -> None:
    made: list[str] = []
    shelf = pies(fruit(), made)
    for _ in range(2):
        with noting() as read:
            assert shelf["a"] == "apple pie"
        assert read == {"a"}
    with noting() as read:
        assert shelf.get("x", "no pie") == "no pie"
        assert shelf.get("x") is None
    assert read == {"x"}
    assert made == ["a", "x"]


def test_what_is_made_of_what_is_made_passes_on_both() -> None:
    whole = pies(fruit(), [])
    half: Made[str] = Made("halves", lambda key: f"half {whole[key]} {'b' in whole}", list)
    whole["a"]
    for _ in range(2):
        with noting() as read:
            assert half["a"] == "half apple pie True"
        assert read == {"a", "b"}


def test_all_that_is_made_is_made_of_all() -> None:
    shelf = pies(Shelf("fruit", {"b": "banana", "a": "apple", "c": ""}, by_id=True), [])
    with noting() as read:
        assert list(shelf.values()) == ["banana pie", "apple pie"]
    assert read >= {"*fruit", "a", "b", "c"}


def test_what_is_forgotten_is_made_anew() -> None:
    made: list[str] = []
    source = fruit()
    shelf = pies(source, made)
    assert shelf["a"] == "apple pie"
    source.renew(["a"], lambda key: "apricot", lambda: ["a"])
    assert shelf["a"] == "apple pie"
    shelf.forget()
    assert shelf["a"] == "apricot pie"
    assert made == ["a", "a"]


def test_no_more_is_kept_than_there_is_room_for(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(shelves, "MOST_MADE", 3)
    made: list[str] = []
    shelf = pies(Shelf("fruit", {key: key for key in "abcdef"}, by_id=True), made)
    for key in "abcdef" * 2:
        with noting() as read:
            assert shelf[key] == f"{key} pie"
        assert read == {key}
    assert shelf["f"] == "f pie"
    assert made == [*"abcdef" * 2]


# A witness


def test_a_witness_is_handed_what_is_found_and_its_answer_is_given() -> None:
    held, fetched = fruit(), Stock(c="cherry").shelf()
    READS.witness = str.upper
    try:
        assert [held["a"], held.get("x"), fetched["c"], *held.values()] == ["APPLE", None, "CHERRY", "APPLE", "BANANA"]
        assert dict(Stock(d="date").shelf()) == {"d": "DATE"}
        whole = Stock(e="elder").shelf()
        assert list(whole.items()) == [("e", "ELDER")]
    finally:
        READS.witness = None
    assert [held["a"], fetched["c"], whole["e"]] == ["apple", "cherry", "elder"], "nothing of it stays on a shelf"


# A register's own shelves

TEXT = """\
companies: [{id: crust, name: Crust}, {id: loaf, name: Loaf}]
publishers: [{id: gazette, name: Gazette, owner: mill}, {id: mill, name: The Mill}]
sources:
  - id: news
    type: article
    title: News
    publisher: gazette
    accessed: 2026-11-20
    url: https://gazette.example/
    language: en
    role: reporting
    derived_from: wire
  - {id: wire, type: article, title: Wire, publisher: mill, language: en, role: reporting, read: none}
claims:
  - id: rolls
    company: crust
    kind: order
    mode: reported
    statement: {en: Rolls., fr: Pains.}
    citations: [{source: news, quote: rolls, translation: {fr: pains}}]
    reply: silence
responses: [{id: silence, company: crust, status: none-found, date: 2026-11-20}]
"""


def test_a_label_is_made_of_the_claim_its_replies_its_sources_and_their_publishers() -> None:
    found = register(TEXT)
    with noting() as read:
        assert [origin.name for origin in found.standing["rolls"].origins] == ["The Mill"]
    assert {"rolls", "silence", "crust", "news", "wire", "mill"} <= read
    assert "loaf" not in read
    assert not [key for key in read if key.startswith("*")], "a look at everything makes every edit one of everything"


def test_what_falls_is_made_of_what_leads_back() -> None:
    found = register(TEXT)
    with noting() as read:
        assert [fall.claim for fall in found.falls["wire"]] == ["rolls"]
    assert {"derived=wire", "derived=news", "backlinks=wire", "backlinks=news", "rolls"} <= read
