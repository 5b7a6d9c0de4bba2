"""Pages to files: what templates may do, whose templates win, and what is left of a page as it was planned."""

from __future__ import annotations

from pathlib import Path

import jinja2
import pytest

from dossier.plan import plan
from dossier.render import Renderer, environment, render, styles
from tests.given import ENGLISH, TODAY, register

CODE = "---\ntitle: T\n---\n\n    one\n\n\n      two\n\nWords.\n"


def rendered(root: Path | None = None) -> dict[str, str]:
    pages = plan(register("companies: [{id: crust, name: Golden Crust}]", about_en=CODE), TODAY)
    return {file.path: file.content.decode() for file in render(pages, "en", root)}


def test_blank_lines_go_but_those_of_code() -> None:
    page = rendered()["about/index.html"]
    assert "<pre><code>one\n\n\n  two\n</code></pre>" in page
    assert "\n\n" not in page.replace("one\n\n\n", "")


def test_a_root_s_own_templates_win_over_ours(tmp_path: Path) -> None:
    (tmp_path / "templates/pages").mkdir(parents=True)
    (tmp_path / "templates/pages/content.html").write_text("<p>{{ page.title }} & {{ page.frame.site_title }}</p>")
    files = rendered(tmp_path)
    assert files["about/index.html"] == "<p>T & A dossier</p>"
    assert files["index.html"] == rendered()["index.html"]


def test_a_root_s_own_templates_may_use_all_of_jinja(tmp_path: Path) -> None:
    (tmp_path / "templates/pages").mkdir(parents=True)
    (tmp_path / "templates/more.html").write_text("<i>{{ page.title }}</i>{{ page.none is defined }}")
    (tmp_path / "templates/pages/content.html").write_text("{{ page.title|lower }}{% include 'more.html' %}")
    files = rendered(tmp_path)
    assert files["about/index.html"] == "t<i>T</i>False"
    assert files["index.html"] == rendered()["index.html"]
    (tmp_path / "templates/more.html").write_text("<b>{{ page.title }}</b>")
    assert rendered(tmp_path)["about/index.html"] == "t<b>T</b>"


def test_pages_are_made_one_at_a_time_as_all_at_once() -> None:
    pages = plan(register("companies: [{id: crust, name: Golden Crust}]"), TODAY)
    renderer = Renderer("en")
    assert renderer.stylesheet
    assert (*renderer.assets, *map(renderer.file, pages)) == render(pages, "en")


def test_a_root_s_own_style_sheet_changes_its_name(tmp_path: Path) -> None:
    (tmp_path / "templates/styles").mkdir(parents=True)
    (tmp_path / "templates/styles/tokens.css").write_text(":root { --ink: red }")
    (theirs,) = [path for path in rendered(tmp_path) if path.endswith(".css")]
    (ours,) = [path for path in rendered() if path.endswith(".css")]
    assert theirs != ours
    assert f'href="{theirs}"' in rendered(tmp_path)["index.html"]
    assert "--ink: red" in rendered(tmp_path)[theirs]


def test_an_unknown_name_in_a_template_is_an_error(tmp_path: Path) -> None:
    (tmp_path / "templates/pages").mkdir(parents=True)
    (tmp_path / "templates/pages/content.html").write_text("{{ page.titel }}")
    with pytest.raises(jinja2.UndefinedError, match="titel"):
        rendered(tmp_path)


def test_what_is_typed_is_never_a_template() -> None:
    made = environment(ENGLISH, [], "").from_string("{{ words }}|{{ _('Hi %(name)s', name=words) }}")
    assert made.render(words="{{ 7*7 }}<b>%(x)s") == "{{ 7*7 }}&lt;b&gt;%(x)s|Hi {{ 7*7 }}&lt;b&gt;%(x)s"


def test_style_sheets_are_one_file_in_the_order_of_their_layers(tmp_path: Path) -> None:
    folder = tmp_path / "styles"
    folder.mkdir()
    (folder / "site.css").write_text('@import url("base.css") layer(base);\n@import url("print.css") layer(print);\n')
    (folder / "base.css").write_text("/* why */\np { margin: 0 }\n")
    (folder / "print.css").write_text("p { color: black }\n")
    sheet = styles([tmp_path])
    assert sheet is not None
    assert sheet.content.decode() == (
        "@layer base, print;\n@layer base {\np { margin: 0 }\n}\n@layer print {\np { color: black }\n}\n"
    )
    assert styles([tmp_path / "nowhere"]) is None
