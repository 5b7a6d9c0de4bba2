"""Share images: what they say, and how they are drawn."""

from __future__ import annotations

import hashlib
import io
import struct
import subprocess
import sys
from datetime import date
from functools import cache
from pathlib import Path

import pytest
from fontTools.ttLib import TTFont  # type: ignore[import-untyped]
from PIL import Image, ImageChops

from dossier.built import held
from dossier.drawing import FONTS, Measure, as_png, laid_out, measure_by
from dossier.illustrate import fonts_of
from dossier.language import language
from dossier.picture import DRAWN, HEIGHT, WIDTH, Picture
from dossier.pipeline import build
from dossier.plan import addresses_of
from dossier.plan.edition import Edition
from dossier.plan.pictures import Pictures
from dossier.render import Renderer
from tests.given import SITE, TODAY, register

ROOT = Path(__file__).parents[1]
SMALL = ROOT / "tests/sites/french-first"
DAY = date(2026, 11, 22)
MOST = 60_000
DATA = """\
companies: [{id: crust, name: Crème & <Croûte>}]
agencies: [{id: weather, name: {en: Ministry of Weather, fr: ministère de la Météo}}]
sources:
- {id: alpha, type: book, title: Alpha, publisher: A Press, language: en, role: reporting, issued: 2025,
   accessed: 2026-01-01, url: https://alpha.example/}
claims:
- {id: rolls, company: crust, kind: order, mode: reported, date: 2025-03-04, counterparty: weather,
   statement: {en: Crust sold rolls., fr: Crust a vendu des petits pains.},
   citations: [{source: alpha, quote: rolls}], reply: crust-on-rolls}
- {id: cakes, company: crust, kind: order, mode: reported, date: 2025-03-05, counterparty: weather,
   statement: {en: Crust sold cakes., fr: Crust a vendu des gâteaux.}, citations: [{source: alpha, quote: cakes}]}
- {id: tarts, company: crust, kind: order, mode: reported, date: 2025-03-06,
   statement: {en: Crust sold tarts., fr: Crust a vendu des tartes.}, citations: [{source: alpha, quote: tarts}],
   withdrawn: {date: 2026-07-01, reason: wrong}}
responses:
- {id: crust-on-rolls, company: crust, status: responded, date: 2026-06-01, position: disputes,
   citations: [{source: alpha, quote: no rolls}]}
demands:
- {id: more-rain, by: {name: Ana Rain}, addressed_to: weather, date: 2026-01-28, status: open,
   title: {en: More rain, fr: Plus de pluie}, text: {en: We ask for rain., fr: Nous voulons de la pluie.},
   citations: [{source: alpha, quote: rain}]}
"""


def pictures(text: str = DATA, code: str = "en", site: str = SITE) -> Pictures:
    held = register(text, site)
    return Pictures(Edition(held, language(code, "en"), addresses_of(held), TODAY, carried=frozenset({"images"})))


@cache
def desk() -> tuple[Renderer, Measure]:
    renderer = Renderer("en")
    return renderer, measure_by(fonts_of(renderer))


def drawn(name: str, says: str = "2 claims") -> bytes:
    renderer, measure = desk()
    sheet = laid_out(Picture("x", "en", "A dossier", "Company", name, says, "dossier.example"), measure)
    return as_png(renderer.text(sheet, "en"), fonts_of(renderer))


def differs(one: bytes, other: bytes) -> bool:
    first, second = (Image.open(io.BytesIO(each)).convert("RGB") for each in (one, other))
    return ImageChops.difference(first, second).getbbox() is not None


def test_a_company_is_pictured_by_name_and_counts() -> None:
    (made,) = pictures().of("company", "crust")
    assert made.texts == (
        "A dossier",
        "Company",
        "Crème & <Croûte>",
        "2 claims by named sources · 1 agency · its replies beside 1 of 2",
        "dossier.example",
    )
    assert (
        made.words == "Crème & <Croûte>. 2 claims by named sources · 1 agency · its replies beside 1 of 2. A dossier."
    )
    (french,) = pictures(code="fr").of("company", "crust")
    assert french.says == "2 affirmations de sources nommées · 1 organisme · sa réponse dans 1 cas sur 2"


def test_agencies_demands_and_the_site() -> None:
    made = pictures()
    assert [each.says for each in made.of("agency", "weather")] == ["2 claims"]
    assert [(each.name, each.says) for each in made.of("demands", "")] == [
        ("What was asked, and what came of it", "1 demand"),
        ("More rain", "Ana Rain · Open, asked 28 January 2026"),
    ]
    for kind, name in (("home", ""), ("source", "alpha"), ("sources", "A")):
        assert [each.says for each in made.of(kind, name)] == ["1 company · 2 claims · 1 source"]
    assert [each.id for each in made.all()] == ["site", "demands", "more-rain", "crust", "weather"]


def test_what_the_fonts_cannot_say_has_the_picture_of_the_site() -> None:
    named = DATA.replace("Crème & <Croûte>", "ᐃᓄᒃᑎᑐᑦ")
    assert [each.id for each in pictures(named).of("company", "crust")] == ["site"]
    assert pictures(named, site=SITE.replace("A dossier", "Досье")).images("company", "crust") == ()


def test_a_picture_is_named_by_what_it_says() -> None:
    (before,), (after,) = (
        pictures(text).of("company", "crust") for text in (DATA, DATA.replace(", reply: crust-on-rolls", ""))
    )
    assert before.path != after.path
    assert before.path.startswith("assets/share/en/crust.")
    ((address, _),) = pictures().images("company", "crust")
    assert address == f"https://dossier.example/{before.path}"


@pytest.mark.parametrize(
    "name",
    [
        "Crust",
        "Ç",
        "é " * 200,
        "W" * 100_000,
        "</text><script>alert(1)</script> & \"'",
        "A very long name of a ministry " * 4,
    ],
    ids=["short", "one letter", "many words", "one word", "markup", "long"],
)
def test_any_name_fits_and_stays_small(name: str) -> None:
    _, measure = desk()
    sheet = laid_out(Picture("x", "en", name, "Company", name + ".", name, name), measure)
    for line in sheet.lines:
        font = next(each for each in FONTS if line.family.replace(" ", "") in each)
        assert line.x + measure(font, line.text) * line.size <= WIDTH - 60
        assert 60 <= line.y <= HEIGHT - 30
    feet = [line.y for line in sheet.lines]
    assert feet == sorted(feet)
    png = drawn(name, name)
    assert len(png) < MOST
    assert png[:8] == b"\x89PNG\r\n\x1a\n"
    assert struct.unpack(">II", png[16:24]) == (WIDTH, HEIGHT)


def test_accents_are_drawn() -> None:
    plain, accented = drawn("Creme Genereuse"), drawn("Crème Généreuse")
    assert differs(plain, accented)
    assert differs(drawn("É"), drawn("□")), "no box stands for a letter"
    assert differs(drawn("Œuvre «\u00a0ça\u00a0»"), drawn("OEuvre ca"))
    image = Image.open(io.BytesIO(accented)).convert("RGB")
    assert image.getpixel((600, 600)) == (0xFC, 0xFB, 0xF8)
    assert image.getpixel((600, 5)) == (0x1C, 0x1B, 0x19)


def test_the_fonts_have_what_is_said_to_be_drawn() -> None:
    every = {code for code in range(0x20, 0x3000) if DRAWN.fullmatch(chr(code))}
    found = sorted((ROOT / "templates/fonts").glob("*.ttf"))
    assert {path.stem for path in found} >= set(FONTS)
    for path in found:
        with TTFont(path) as font:
            assert set(font.getBestCmap()) == every, path.name
    assert sum(path.stat().st_size for path in found) < 160_000
    assert "SIL OPEN FONT LICENSE Version 1.1" in (ROOT / "templates/fonts/OFL.txt").read_text("utf-8")


def test_markup_in_a_name_is_text() -> None:
    renderer, measure = desk()
    sheet = laid_out(Picture("x", "en", "S", "", "<b>&\"'", "", ""), measure)
    svg = renderer.text(sheet, "en")
    assert "&lt;b&gt;&amp;" in svg
    assert "<b>" not in svg


def test_pages_show_pictures_where_these_are_made() -> None:
    plain = {file.path: file for file in map(held, build(SMALL, DAY).files or ())}
    illustrated = {file.path: file for file in map(held, build(SMALL, DAY, carried=frozenset({"images"})).files or ())}
    made = {path for path in illustrated if path.startswith("assets/share/")}
    assert made
    assert not any(path.startswith("assets/share/") for path in plain)
    shown: set[str] = set()
    for path, file in illustrated.items():
        if not path.endswith(".html") or path.endswith(("404.html", "/card/index.html", "/fiche/index.html")):
            continue
        text = file.content.decode()
        assert b"og:image" not in plain[path].content
        assert 'name="twitter:card" content="summary_large_image"' in text, path
        assert f'property="og:image:width" content="{WIDTH}"' in text
        assert f'property="og:image:height" content="{HEIGHT}"' in text
        shown |= {each for each in made if f'/{each}"' in text}
    assert shown == made, "every picture is some page's"
    assert max(len(illustrated[path].content) for path in made) < MOST


def run(code: str) -> str:
    """What a program prints in a process of its own, in another place of the world."""
    settings = {"PYTHONHASHSEED": "7", "LC_ALL": "C", "TZ": "Asia/Tokyo", "PATH": ""}
    done = subprocess.run(
        [sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, check=True, env=settings
    )
    return done.stdout.strip()


def test_another_process_draws_the_same_bytes() -> None:
    code = "import hashlib, tests.test_pictures as t; print(hashlib.sha256(t.drawn('Cr\\xe8me')).hexdigest())"
    assert run(code) == hashlib.sha256(drawn("Crème")).hexdigest()


def test_a_machine_that_cannot_draw_says_what_it_takes() -> None:
    code = "import sys; sys.modules['resvg_py'] = None; from dossier.carry import lacking; print(lacking({'images'}))"
    assert run(code) == "--with images takes resvg-py, fonttools and Pillow ('make desk')"
    assert run(code.replace("= None", "= sys")) == ""
