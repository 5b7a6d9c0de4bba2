"""Values as JSON text: as `json` writes them, with its encoder in C and without."""

from __future__ import annotations

import json
from json import encoder as parts

import pytest

from dossier.json_text import encoder

VALUES = [
    '“é” \u2028 \\ "quoted" \n\t\x00 😀',
    ["a", 1, -2.5, True, False, None, [], {}, ("b", ("c",))],
    {"one": {"two": [1, {"three": "é"}]}, "": ""},
    10**30,
]


@pytest.mark.parametrize("in_c", [True, False])
@pytest.mark.parametrize("spaced", [True, False])
def test_writes_as_json_does(monkeypatch: pytest.MonkeyPatch, in_c: bool, spaced: bool) -> None:
    if not in_c:
        monkeypatch.setattr(parts, "c_make_encoder", None)
    write = encoder(spaced)
    for value in VALUES * 2:
        separators = None if spaced else (",", ":")
        assert write(value) == json.dumps(value, ensure_ascii=False, separators=separators)


@pytest.mark.parametrize("in_c", [True, False])
def test_refuses_what_json_cannot_say(monkeypatch: pytest.MonkeyPatch, in_c: bool) -> None:
    if not in_c:
        monkeypatch.setattr(parts, "c_make_encoder", None)
    write = encoder()
    with pytest.raises(ValueError, match="JSON compliant"):
        write([float("nan")])
    with pytest.raises(TypeError, match="not JSON serializable"):
        write([object()])
    assert write(["after"]) == '["after"]'


@pytest.mark.parametrize("in_c", [True, False])
def test_what_json_has_no_word_for_is_put_plainly(monkeypatch: pytest.MonkeyPatch, in_c: bool) -> None:
    if not in_c:
        monkeypatch.setattr(parts, "c_make_encoder", None)
    write = encoder(spaced=False, plain=lambda value: {"real": value.real} if isinstance(value, complex) else None)
    assert write([1j, (complex(2, 1),)]) == '[{"real":0.0},[{"real":2.0}]]'
