"""Markdown to passages: the markup is ours, citations and figures stand where they were typed."""

from __future__ import annotations

import random
import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from dossier import prose
from dossier.frozen import fields
from dossier.load import load
from dossier.markdown import marked_up
from dossier.model import COLLECTIONS
from dossier.prose import paragraphs, parse_prose, slips
from dossier.validate import validate
from dossier.values import Figure, Html, Mark, Passage, Prose
from tests.site_tests.published import Page
from tests.site_tests.tools import ROOT


def shown(passage: Passage) -> str:
    """The markup, with ‹source|locator› for a citation and ‹figure› for a figure."""
    return "".join(
        f"‹{part.source}|{part.locator}›" if isinstance(part, Mark) else
        f"‹{part.name}›" if isinstance(part, Figure) else part
        for part in passage.parts
    ).strip()  # fmt: skip


MARKDOWN = [
    ("Some *words* and **more**.", "<p>Some <em>words</em> and <strong>more</strong>.</p>"),
    ("One\ntwo\n\nthree", "<p>One\ntwo</p>\n<p>three</p>"),
    ("- a\n- b", "<ul>\n<li>a</li>\n<li>b</li>\n</ul>"),
    ("> quoted", "<blockquote>\n<p>quoted</p>\n</blockquote>"),
    ("# Head\n\n## Next", "<h3>Head</h3>\n<h4>Next</h4>"),
    ("###### Deep", "<h6>Deep</h6>"),
    ("a|b\n-|-\nc|d", "<table>\n<thead>\n<tr>\n<th>a</th>\n<th>b</th>\n</tr>\n</thead>\n<tbody>\n<tr>\n<td>c</td>\n"
                      "<td>d</td>\n</tr>\n</tbody>\n</table>"),
    ("a|b|c\n:-|:-:|-:", '<table>\n<thead>\n<tr>\n<th class="align-left">a</th>\n<th class="align-center">b</th>\n'
     '<th class="align-right">c</th>\n</tr>\n</thead>\n</table>'),
    ("`code`", "<p><code>code</code></p>"),
    # Citations, as Pandoc writes them. The blank before one goes: nothing may part it from its words.
    ("Words [@alpha].", "<p>Words‹alpha|›.</p>"),
    ("Words [@alpha, para. 4].", "<p>Words‹alpha|para. 4›.</p>"),
    ("Words [@alpha, pp. 4, 5; @beta].", "<p>Words‹alpha|pp. 4, 5›‹beta|›.</p>"),
    ("Words [@alpha;@beta;  gamma ].", "<p>Words‹alpha|›‹beta|›‹gamma|›.</p>"),
    ("Words [@alpha,\npara. 4;\n@beta] go on.", "<p>Words‹alpha|para. 4›‹beta|› go on.</p>"),
    ("*Words [@alpha]*", "<p><em>Words‹alpha|›</em></p>"),
    ("- a [@alpha]\n- b [@beta]", "<ul>\n<li>a‹alpha|›</li>\n<li>b‹beta|›</li>\n</ul>"),
    ("a [@alpha] | b\n-|-\nc | d [@beta]", "<table>\n<thead>\n<tr>\n<th>a‹alpha|›</th>\n<th>b</th>\n</tr>\n</thead>\n"
     "<tbody>\n<tr>\n<td>c</td>\n<td>d‹beta|›</td>\n</tr>\n</tbody>\n</table>"),
    ("Words [@alpha](https://x.example).", "<p>Words‹alpha|›(https://x.example).</p>"),
    ("[@alpha]: https://x.example", "<p>‹alpha|›: https://x.example</p>"),
    ("Words [@] [@ ].", "<p>Words [@]‹|›.</p>"),
    (r"Words \[@alpha].", "<p>Words [@alpha].</p>"),
    ("`[@alpha]`", "<p><code>[@alpha]</code></p>"),
    ("    [@alpha]", "<pre><code>[@alpha]\n</code></pre>"),
    ("Write to @alpha or [alpha].", "<p>Write to @alpha or [alpha].</p>"),
    ("Words [@al\n\npha].", "<p>Words [@al</p>\n<p>pha].</p>"),
    ("Words [@" + "x" * 401 + "].", "<p>Words [@" + "x" * 401 + "].</p>"),
    # Figures.
    ("We hold {claims} of {companies}.", "<p>We hold ‹claims› of ‹companies›.</p>"),
    ("{clams} {Claims} { claims } {c} {{ 7*7 }} {% x %}", "<p>‹clams› {Claims} { claims } {c} {{ 7*7 }} {% x %}</p>"),
    (r"\{claims} `{claims}`", "<p>{claims} <code>{claims}</code></p>"),
    # What is not prose is the text it is.
    ("<b>bold</b> <script>x</script>", "<p>&lt;b&gt;bold&lt;/b&gt; &lt;script&gt;x&lt;/script&gt;</p>"),
    ("<div>\nx\n</div>", "<p>&lt;div&gt;\nx\n&lt;/div&gt;</p>"),
    ("<!-- remark -->", "<p>&lt;!-- remark --&gt;</p>"),
    ("![alt](picture.png)", "<p>![alt](picture.png)</p>"),
    ("[a]: https://x.example\n\n[a]", "<p>[a]: https://x.example</p>\n<p>[a]</p>"),
    ("a & b &amp; &lt; \"c\"", "<p>a &amp; b &amp; &lt; &quot;c&quot;</p>"),
    ("&#0; &#x110000;", "<p>� �</p>"),
    ("]]> --> 'x'", "<p>]]&gt; --&gt; 'x'</p>"),
    # Links lead to the web, to mail, or within the site.
    ("[a](https://x.example/?b=c&d)", '<p><a href="https://x.example/?b=c&amp;d">a</a></p>'),
    ("<https://x.example>", '<p><a href="https://x.example">https://x.example</a></p>'),
    ("[a](mailto:b@x.example)", '<p><a href="mailto:b@x.example">a</a></p>'),
    ("[a](about/index.html) [b](../x.html) [c](#d)",
     '<p><a href="about/index.html">a</a> <a href="../x.html">b</a> <a href="#d">c</a></p>'),
    ("[a](javascript:alert(1))", "<p>[a](javascript:alert(1))</p>"),
    ("[a](&#106;avascript:alert(1)) [b](java&#10;script:x)", "<p>[a](javascript:alert(1)) [b](java\nscript:x)</p>"),
    ("[a](data:text/html,x) [b](vbscript:x) [c](file:///x) [d](//x.example) [e](/x)",
     "<p>[a](data:text/html,x) [b](vbscript:x) [c](file:///x) [d](//x.example) [e](/x)</p>"),
    ("<javascript:alert(1)>", "<p>&lt;javascript:alert(1)&gt;</p>"),
    ('[a](https://x.example "b\\" onclick=\\"c")',
     '<p><a href="https://x.example" title="b&quot; onclick=&quot;c">a</a></p>'),
]  # fmt: skip


@pytest.mark.parametrize(("markdown", "html"), MARKDOWN, ids=[markdown[:50] for markdown, _ in MARKDOWN])
def test_markdown_makes_this_markup(markdown: str, html: str) -> None:
    passage = parse_prose(markdown)
    assert shown(passage) == html
    assert passage.markdown == markdown
    assert all(isinstance(part, Html | Mark | Figure) for part in passage.parts)


@pytest.mark.parametrize(("headings_from", "levels"), [(2, ["h2", "h3"]), (3, ["h3", "h4"]), (5, ["h5", "h6"])])
def test_headings_begin_below_those_of_the_page(headings_from: int, levels: list[str]) -> None:
    html = shown(parse_prose("# a\n\n## b", headings_from=headings_from))
    assert html == "\n".join(f"<{level}>{text}</{level}>" for level, text in zip(levels, "ab", strict=True))


def test_a_mark_knows_what_was_typed() -> None:
    (one, other) = parse_prose("a [@alpha; @beta, p. 2] b").marks
    assert (one, other) == (
        Mark("alpha", "", "[@alpha; @beta, p. 2]"),
        Mark("beta", "p. 2", "[@alpha; @beta, p. 2]"),
    )


def test_a_sentence_alone_has_no_paragraph() -> None:
    assert shown(parse_prose("Some *words* [@alpha].", inline=True)) == "Some <em>words</em>‹alpha|›."


def test_blank_lines_part_paragraphs() -> None:
    assert paragraphs("\none\ntwo\n\n \n\nthree\n") == ["one\ntwo", "three"]
    assert paragraphs(" \n ") == []


_ALPHABET = st.sampled_from(
    [*"ab \n*_`[]()<>!#-|\\&;\"'{}@:/", "[@", "](", "javascript:", "<script>", "&#106;", "http://"]
)


@settings(max_examples=400, deadline=None, derandomize=True)
@given(st.lists(_ALPHABET, max_size=40).map("".join))
def test_no_words_make_markup_that_is_not_ours(markdown: str) -> None:
    html = "".join(part if isinstance(part, Html) else "" for part in parse_prose(markdown).parts)
    for element in Page("", f"<main>{html}</main>").elements:
        assert element.tag in OURS
        assert {*element.attrs} <= {"href", "title", "class", "start"}
        assert not (element.attr("href") or "").lower().lstrip().startswith(("javascript:", "data:", "vbscript:"))


_TABLES = "table thead tbody tr th td"
OURS = frozenset(f"html head body main p em strong code pre ul ol li blockquote br hr a h3 h4 h5 h6 {_TABLES}".split())


@pytest.mark.parametrize(
    ("typed", "kind", "words"),
    [
        ("see [see @one] there", "citation", "[see @one]"),
        ("two [@one, @two]", "citation", "[@one, @two]"),
        ("bare @one-two", "citation", "@one-two"),
        ("minus [-@one]", "citation", "[-@one]"),
        ("open [@one", "citation", "[@one"),
        ("[x](javascript:alert)", "link", "javascript:alert"),
        ("[x](//host.example/y)", "link", "//host.example/y"),
        ("[x](FTP://host.example/y)", "link", "FTP://host.example/y"),
    ],
)
def test_what_was_meant_as_a_citation_or_a_link(typed: str, kind: str, words: str) -> None:
    assert list(slips(parse_prose(typed))) == [(kind, words)]


@pytest.mark.parametrize(
    "typed",
    ["[@one]", "[@one; @two, p. 3].", "([@one])", "write to a@b-c.example", "`[@` and `@one-two`", "[x](../y/)"],
)
def test_what_is_none(typed: str) -> None:
    assert not list(slips(parse_prose(typed)))


BITS = [
    *" \n()[]{}*_`&<>\"'\\#-+=|:~!@.,5é²\u0301\u00a0\u202f—“”%", "words", "Élan", "1.", "2) ", "  ", "\n\n", "\n- ",
    "\n> ", "\n1. ", "\n---\n", "\n===\n", "**", "& ", "&amp;", "&#x41;", "<b>", "[@alpha]", "[@alpha, para. 4]",
    "[@a; @b, p. 2]", "{claims}", "*em*", "**strong**", "*two words*", "https://a.example/b_c", "[a](https://b.example/c)",
    "[its\nsite](https://b.example)", "[a](http://b.example/x//../y_z)", "[_a](https://b.example)",
    "[a](https://B.example)", "*[a](https://b.example)*", "[a](https://-)", "[1.](https://b..c/)",
    "[a](b/c.html)", "[a](b.html)", "[a](b//)", "[a](-/)", "{no figure}", "{a}", "\n# ", "\n\n## ",
    "\n\n###### words\n\n",
]  # fmt: skip
PLAIN = [
    "{sources}",
    "\n\n# Words\n\n",
    "[a](b/c.html)",
    "words",
    "more",
    " ",
    " ",
    " ",
    ". ",
    ", ",
    "[@alpha]",
    "[@a; @b]",
    "*em*",
    "*two words*",
    '"q"',
    "\n\n",
    "\n",
]


def differs(markdown: str) -> bool | None:
    """Whether the short way with plain paragraphs makes other markup than markdown-it; None where it is not taken."""
    plain = prose._plain(markdown, 3)
    return None if plain is None else plain != marked_up(markdown, 3, False)


@settings(max_examples=400, deadline=None, derandomize=True)
@given(st.lists(st.sampled_from([*BITS, *PLAIN * 3]), max_size=12).map("".join))
def test_plain_paragraphs_are_read_as_markdown_it_reads_them(markdown: str) -> None:
    assert not differs(markdown)


@pytest.mark.parametrize("bits", [BITS, [*BITS, *PLAIN * 5]], ids=["odd", "plain"])
def test_so_are_many_thousands_of_them(bits: list[str]) -> None:
    chance = random.Random(1)
    read = [differs("".join(chance.choices(bits, k=chance.randint(1, 12)))) for _ in range(15_000)]
    assert not any(read)
    assert read.count(False) > 500


def test_most_prose_is_plain() -> None:
    """So that the comparisons above do not pass because markdown-it reads everything."""
    records, _ = validate(load(ROOT)[0])
    read = [
        differs(passage.markdown)
        for name in COLLECTIONS
        for record in getattr(records, name)
        for part in (record, *getattr(record, "facts", ()), *getattr(record, "history", ()))
        for value in (getattr(part, each.name) for each in fields(part))
        if isinstance(value, Prose)
        for _, passage in value
    ]
    assert not any(read)
    assert len(read) > 300
    assert read.count(False) > 0.9 * len(read)


@pytest.mark.parametrize("name", ["_INLINE", "_BLOCK"])
def test_the_comparison_with_markdown_it_finds_a_defect(name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(prose, name, re.compile("(?!)"))
    chance = random.Random(1)
    assert any(differs("".join(chance.choices(BITS, k=6))) for _ in range(1000))


@pytest.mark.parametrize(
    "markdown", ["a" + " " * 50_000 + "b", "*a " * 20_000, "[a" * 20_000, "*" * 20_000, "[@" * 9000]
)
def test_no_prose_takes_long_to_be_found_plain_or_not(markdown: str) -> None:
    """With a pattern that tries again and again, these take hours."""
    prose._plain(markdown, 3)
