"""Templates as Python functions: the same text as from Jinja, or none at all."""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from dossier.compiled import NAMES, compiled, page_function
from dossier.expressions import NotPlain, told
from dossier.language import Language
from dossier.pipeline import examine
from dossier.plan import plan
from dossier.render import OURS, Renderer, environment
from dossier.values import Html
from tests.given import ENGLISH, FRENCH, TODAY

ROOT = Path(__file__).parents[1]
SITES = ["bakeries", "french-first", "one-language", "minimal"]
TEMPLATES = sorted(path.relative_to(OURS).as_posix() for path in OURS.resolve().rglob("*.html"))


BOLD = Html("<b>")


@dataclass
class Thing:
    """What a template is given. `no` and `none` are false in two ways, `tag` is the build's own markup."""

    name: str = "<Ann & 'Bo'>"
    tag: Html = BOLD
    number: int = 12
    no: str = ""
    none: None = None
    all: tuple[Any, ...] = ("x", "<y>", "z")
    pairs: tuple[tuple[str, int], ...] = (("a", 1), ("b", 2))
    empty: tuple[str, ...] = ()
    below: tuple[Thing, ...] = field(default_factory=tuple)


PAGE = Thing(below=(Thing(name="one"), Thing(name="two", below=(Thing(name="three"),))))


def by_functions(files: dict[str, str], words: Language = ENGLISH) -> str:
    """The page `page.html` of these templates, without Jinja."""
    names: dict[str, Any] = {**NAMES, "stylesheet": "site.css"}
    for name, source in files.items():
        made = compiled(name, source)
        assert {*made.needs} <= {*files}
        names |= {told(message): words.gettext(message) for message in made.messages}
        exec(made.code, names)
    text = names[page_function("page.html")](PAGE, {})
    assert type(text) is str
    return text


def by_jinja(files: dict[str, str], folder: Path, words: Language = ENGLISH) -> str:
    for name, source in files.items():
        (folder / name).write_text(source, "utf-8", newline="")
    return environment(words, [folder], "site.css").get_template("page.html").render(page=PAGE)


PLAIN = [
    "",
    "\n",
    "a\r\nb\rc\n\n",
    "{{ page.name }} {{ page.tag }} {{ page.number }} {{ page.none }} {{ stylesheet }}",
    "{{ '<' }} {{ 1 }} {{ true }} {{ none }} {{ page.no or page.name }} {{ page.name and page.tag }}",
    "{{ page.number - 2 }} {{ page.number + 2 }} {{ page.number * 2 }}",
    "{{ page.number == 12 }} {{ 3 < page.number < 9 }} {{ page.number not in page.all }}",
    "{% for a, b in page.pairs %}{{ page.all[b] }}{% endfor %}",
    "{{ page.all[1] }} {{ page.name if page.no else page.tag }} {{ not page.no }} {{ 'x' in page.all }}",
    "{% if page.no %}a{% elif page.name %}b{% else %}c{% endif %}",
    "{% if page.no %}a{% elif page.none %}b{% endif %}|{% if page.no %}a{% else %}c{% endif %}",
    "{% for each in page.all %}{{ each }},{% endfor %}",
    "{% for a, b in page.pairs %}{{ a }}{{ b }}{% else %}none{% endfor %}",
    "{% for each in page.empty %}{{ each }}{% else %}none{% endfor %}",
    "{% for each in page.all %}{% else %}none{% endfor %}",
    "{% for each in page.all %}{% if not loop.first %}; {% endif %}{{ loop.index }}{{ loop.index0 }}{% endfor %}",
    "{% for a in page.below %}{% for b in page.all %}{{ loop.index }}{{ b }}{% endfor %}{{ loop.index }}{% endfor %}",
    "{% for each in page.all %}{% for each in page.pairs %}{{ each[0] }}{% endfor %}{{ each }}{% endfor %}",
    "{% set name = page.tag %}{{ name }}",
    "{{ _('Companies') }} {{ gettext('Claims') }} {{ _('Not known') }}",
    "{{ _('Published by %(publisher)s.', publisher=page.name) }} {{ _('Licence: %(licence)s.', licence=page.tag) }}",
    "{{ _('100%%') }} {{ _('%(n)s%%', n=page.number) }} {{ _('a & b') }}",
    "{% macro m(each, more='-') %}[{{ each }}{{ more }}]{% endmacro %}"
    "{{ m(page.name) }}{{ m('a', more=page.tag) }}{{ m(1, 2) }}",
    "{% macro tree(each) %}<li>{{ each.name }}{% for one in each.below %}{{ tree(one) }}{% endfor %}</li>{% endmacro %}"
    "{{ tree(page) }}",
    "{% macro m(each) %}{{ each }}{% endmacro %}"
    "{{ m(m(page.name)) }}{{ m(_('Companies')) }}{{ m([_('Claims'), page.name][1]) }}",
    "{% macro m(a) %}{% set b = a.name %}{{ b }}{% endmacro %}{{ m(page) }}",
    "a\n  {% if page.name %}\n    b\n  {% endif %}\n  c {% if page.no %}\n  {% endif %}\nd\n",
    "a\n  {%- if page.name -%}\n    b\n  {%- endif %}\n\n {{- page.number -}} \n c",
    "a\n  {%+ if page.name +%}\n    b\n  {%+ endif %}\nc",
    "a\n  {# {% if %} {{ #}\nb {#- c -#} \n d{#+ e +#}\n f",
    "{% if page.name\n  and page.tag %}\nx{% endif %}{{ page.all[0] if\npage.no else 'y' }}",
    "{{ '{' }} }} %} { {",
    '<a href="#{{ page.number }}">{{ "#" }}</a>',
]  # fmt: skip


@pytest.mark.parametrize("words", [ENGLISH, FRENCH], ids=["en", "fr"])
@pytest.mark.parametrize("source", PLAIN)
def test_a_plain_template_prints_what_jinja_prints(source: str, words: Language, tmp_path: Path) -> None:
    files = {"page.html": source}
    assert by_functions(files, words) == by_jinja(files, tmp_path, words)


BASE = (
    "<{% set name = page.number %}{{ name }}{% block first required %}{% endblock %}|{% block last %}own{% endblock %}>"
)


@pytest.mark.parametrize(
    "files",
    [
        {"page.html": "{% extends 'base.html' %}\n{% block first %}{{ page.name }}{% endblock %}\n", "base.html": BASE},
        {"page.html": "{% extends 'base.html' %}{% block last %}L{% endblock %}{% block first %}F{% endblock %}",
         "base.html": BASE},
        {"page.html": "{% extends 'mid.html' %}{% block first %}F{% endblock %}",
         "mid.html": "{% extends 'base.html' %}{% block first %}M{% endblock %}{% block last %}N{% endblock %}",
         "base.html": BASE},
        {"page.html": "{% from 'a.html' import one, two as three %}{{ one(page.name) }}{{ three() }}",
         "a.html": "{% macro one(each) %}1{{ each }}{% endmacro %}{% macro two() %}2{{ one(2) }}{% endmacro %}"},
        {"page.html": "{% if page.name %}\n{% from 'a.html' import one %}\n{{ one(1) }}{% endif %}",
         "a.html": "{% macro one(each) -%}\n1{{ each }}\n{%- endmacro %}"},
        {"page.html": "{% block a %}{% for each in page.all %}{{ each }}{% endfor %}{% endblock %}"},
    ],
)  # fmt: skip
def test_templates_that_need_others_print_what_jinja_prints(files: dict[str, str], tmp_path: Path) -> None:
    assert by_functions(files) == by_jinja(files, tmp_path)


@pytest.mark.parametrize(
    "source",
    [
        "{{ page.name|upper }}", "{{ page.name is defined }}", "{{ page.name ~ 'a' }}", "{{ page.all[1:] }}",
        "{{ page.name.upper() }}", "{{ unknown }}", "{{ loop.first }}", "{{ range(3) }}", "{{ {'a': 1} }}",
        "{{ -page.number }}",
        "{{ page.name # a }}", r"{{ '\\' }}", "{{ _(page.name) }}", "{{ ngettext('%(n)s claim', '%(n)s claims', 2) }}",
        "{% for each in page.all %}{{ loop.last }}{% endfor %}", "{% for each in page.all if each %}a{% endfor %}",
        "{% for each in page.below recursive %}{{ each.name }}{% endfor %}", "{% include 'page.html' ignore missing %}",
        "{% raw %}{{ a }}{% endraw %}", "{% filter upper %}a{% endfilter %}", "{% trans %}a{% endtrans %}",
        "{% set name %}a{% endset %}", "{{ page.name }}{% set name = 1 %}",
        "{% if page.name %}{% set a = 1 %}{% endif %}", "{% macro m() %}{{ page.name }}{% endmacro %}",
        "{% macro m() %}{{ caller() }}{% endmacro %}{% call m() %}a{% endcall %}",
        "{% from 'a.html' import b with context %}", "{% import 'a.html' as a %}", "{% if page.name %}", "{% endif %}",
        "{% if %}{% endif %}", "{{ page. }}", "{{ }}", "{% %}", "{% do a %}",
        "{% extends 'base.html' %}text", "{% extends 'base.html' %}{{ page.name }}", "{% extends page.name %}",
    ],
)  # fmt: skip
def test_what_is_not_plain_is_refused(source: str) -> None:
    with pytest.raises(NotPlain):
        compiled("page.html", source)


TEXTS = st.lists(
    st.sampled_from(
        ["\n", "\n\n", "  ", " \n", "\t", "a", "<", "\r\n", "\u00a0", *(
            f"{{%{left} if page.name {right}%}}b{{%{right} endif {left}%}}"
            for left in ("", "-", "+") for right in ("", "-", "+")
        ), "{% if page.no %}", "{% endif %}", "{{ page.tag }}", "{{- page.tag -}}", "{# c #}", "{#- c -#}", "{#+ c +#}"]
    ),
    max_size=9,
).map("".join)  # fmt: skip


@settings(max_examples=150, derandomize=True)
@given(TEXTS)
def test_white_space_goes_where_jinja_has_it_go(source: str) -> None:
    try:
        text = by_functions({"page.html": source})
    except NotPlain:
        return  # what is opened is not closed
    assert text == environment(ENGLISH, [], "").from_string(source).render(page=PAGE)


@pytest.mark.parametrize("name", TEMPLATES)
def test_our_templates_are_plain(name: str) -> None:
    """After a change that needs more of Jinja, pages are right but take six times as long: say it more plainly."""
    assert compiled(name, (OURS / name).read_text("utf-8"))


@pytest.mark.parametrize("site", SITES)
def test_every_page_is_what_jinja_makes_of_it(site: str, monkeypatch: pytest.MonkeyPatch) -> None:
    root = ROOT / "tests/sites" / site
    register = examine(root, TODAY).register
    assert register
    pages = plan(register, TODAY)
    renderer = Renderer(register.languages[0], root)
    with monkeypatch.context() as without_jinja:
        without_jinja.setattr("dossier.render._kept_environment", None)
        by_function = [renderer.file(page) for page in pages]

    def refuse(name: str, source: str) -> None:
        raise NotPlain(name)

    monkeypatch.setattr("dossier.render.compiled", refuse)
    renderer = Renderer(register.languages[0], root)
    assert by_function == [renderer.file(page) for page in pages]
