"""The text of pages: what is read of HTML, PDF and plain text, and that no page does harm."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path
from time import process_time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from dossier import page_pdf
from dossier.page_text import LEAST_TEXT, MOST_BYTES, MOST_TEXT, PageText, Unreadable, looks_empty, text_of
from tests.pages.made import REPORT, pdf_of

PAGES = Path(__file__).parent / "pages"


def html(markup: str) -> str:
    return text_of(markup.encode(), "text/html; charset=utf-8").text


def refusal(body: bytes, content_type: str) -> str:
    with pytest.raises(Unreadable) as raised:
        text_of(body, content_type)
    return str(raised.value)


@pytest.mark.parametrize(
    ("markup", "text"),
    [
        ("<p>micro<b>soft</b></p>", "microsoft"),
        ("<p>one</p><p>two", "one\ntwo"),
        ("one<br>two<br/>three", "one\ntwo\nthree"),
        ("<div>one<div>two</div>three</div>", "one\ntwo\nthree"),
        ("<ul><li>one<li>two</ul>", "one\ntwo"),
        ("<table><tr><td>1<td>500<tr><td>2</table>", "1\n500\n2"),
        ("<p>a \n\t b</p>", "a b"),
        ("<p>a&nbsp;b &amp; &lt;c&gt; &#8217;&eacute;", "a\xa0b & <c> ’é"),
        ("<pre>a\n  b</pre>c", "a\nb\nc"),
        ("<p>long<wbr>word co&shy;op", "longword co\xadop"),
        ("<p>1<img src=x alt=9>500", "1 500"),
        ("<p>10<sup>6</sup> 500<sup>-2</sup> CO<sub>2</sub> 1<sup>er</sup>", "10⁶ 500⁻² CO₂ 1er"),
        ('<p>said<sup><a href="#n">3</a></sup> it<sup>[<a href="#n4">4</a>]</sup>', "said\u2060 it\u2060"),
        ('<p>x<sup role="doc-noteref">3</sup> y<sup><span><a href="#z">1</a></span></sup>.', "x\u2060 y\u2060."),
        ('<p>m<sup><a href="https://a.example/">2</a></sup>', "m²"),
        ("<p>was <del>500</del> <s>600</s> <strike>700</strike> 900", "was 900"),
        ("<script>a()</script><style>b{}</style><template>c</template><noscript>d</noscript>e", "e"),
        ("<p hidden>a<p style='color:red; Display : none'>b<p style=visibility:hidden>c<p>d", "d"),
        ("<dialog>a</dialog><dialog open>b</dialog>", "b"),
        ("<details><summary>a</summary>b</details>", "a\nb"),
        ("<select><option>a</select><textarea>b</textarea><input value=c><button>d</button>e", "e"),
        ("<svg><text>a</text><title>b</title></svg><math><mi>x</mi></math>", "x"),
        ("<title>t</title>only this", "only this"),
        ("<p>a<!-- b -->c", "ac"),
        ("<p style='display:nonesuch'>a", "a"),
    ],
)
def test_html_as_a_reader_sees_it(markup: str, text: str) -> None:
    assert html(markup) == text


def test_what_is_known_of_a_page() -> None:
    page = text_of((PAGES / "news.html").read_bytes(), "text/html; charset=ISO-8859-1")
    assert (page.kind, page.charset) == ("html", "utf-8")
    assert page.title == "Harbour Vehicles wins $7.2 million order — The Quay Times"
    assert "“We don’t comment on cus\xadtomers,” a spokesperson said\u2060 on Monday." in page.text


CAFE = "<p>« Café » coûte 5 €, dit l’œuvre. "


@pytest.mark.parametrize(
    ("body", "content_type", "charset"),
    [
        (CAFE.encode(), "text/html; charset=utf-8", "utf-8"),
        (CAFE.encode(), "text/html", "utf-8"),
        (CAFE.encode(), "text/html; charset=iso-8859-1", "utf-8"),
        (b"<meta charset=latin1>" + CAFE.encode(), "text/html; charset=windows-1252", "utf-8"),
        (CAFE.encode("cp1252"), "text/html; charset=windows-1252", "cp1252"),
        (CAFE.encode("cp1252"), "text/html; charset=ISO-8859-1", "cp1252"),
        (CAFE.encode("cp1252"), "text/html; charset=utf-8", "cp1252"),
        (CAFE.encode("cp1252"), "text/html", "cp1252"),
        (b"<meta charset='iso-8859-15'>" + CAFE.replace("’", "'").encode("iso8859-15"), "text/html", "iso8859-15"),
        (b"\xef\xbb\xbf" + CAFE.encode(), "text/html; charset=windows-1252", "utf-8"),
        (b"\xff\xfe" + CAFE.encode("utf-16-le"), "text/html", "utf-16"),
        (b"\xfe\xff" + CAFE.encode("utf-16-be"), "text/html; charset=utf-8", "utf-16"),
        (CAFE.encode("utf-16-le"), "text/html; charset=utf-16", "utf-16-le"),
        (CAFE.encode() * 9 + b"\xff\xe2\x80", "text/html; charset=utf-8", "utf-8"),
        (CAFE.encode("cp1252"), "text/html; charset=zip", "cp1252"),
        (CAFE.encode("cp1252"), "text/html; charset=rot13", "cp1252"),
        (b"<meta charset=utf-16>" + CAFE.encode(), "text/html", "utf-8"),
    ],
)
def test_a_wrong_charset_is_survived(body: bytes, content_type: str, charset: str) -> None:
    page = text_of(body, content_type)
    assert page.charset == charset
    assert "« Café » coûte 5 €, dit l" in page.text
    assert "œuvre." in page.text


@pytest.mark.parametrize(
    ("label", "codec", "words"),
    [("shift_jis", "cp932", "東京の車両"), ("windows-1251", "cp1251", "Бронемашина"), ("big5", "big5", "裝甲車輛")],
)
def test_other_charsets(label: str, codec: str, words: str) -> None:
    assert text_of(words.encode(codec), f"text/plain; charset={label}").text == words
    assert text_of(f'<meta charset="{label}"><p>{words}'.encode(codec), "text/html").text == words


def test_plain_text() -> None:
    page = text_of((PAGES / "notice.txt").read_bytes(), "text/plain")
    assert (page.kind, page.charset, page.title) == ("text", "utf-8", "")
    assert 'The   "Department" purchased 43 acres --\nfor $7.6 million' in page.text


def test_a_pdf() -> None:
    page = text_of(pdf_of(REPORT), "application/pdf")
    assert (page.kind, page.charset, page.title) == ("pdf", "", "A report")
    assert "to the govern-\nment of the region" in page.text
    assert "Sales of 500³" in page.text
    assert "Annex 7 of 9 is here." in page.text
    assert "L’étude « finale » coûte 26" in page.text
    assert text_of(pdf_of(REPORT), "text/html") == page


@pytest.mark.parametrize(
    ("body", "why"),
    [
        (pdf_of([]), "the PDF holds pictures, no text"),
        (pdf_of(["— ."]), "the PDF holds pictures, no text"),
        (pdf_of(REPORT, locked=True), "the PDF is locked by a password"),
        (b"%PDF-1.4 nothing", "the PDF is damaged"),
        (b"%PDF-1.7\n" + b"1 0 obj\n<<" * 200_000, "the PDF is damaged"),
        (pdf_of(["x"]).replace(b"/Count 1 ", b"/Count 3000"), "the PDF has more than 2,000 pages"),
    ],
)
def test_a_pdf_without_text(body: bytes, why: str) -> None:
    assert refusal(body, "application/pdf") == why


def test_a_pdf_that_takes_too_long_is_stopped(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(page_pdf, "MOST_SECONDS", 0.001)
    assert "could not be read in" in refusal(pdf_of(REPORT), "application/pdf")


@pytest.mark.skipif(sys.platform != "linux", reason="other systems do not bound memory so")
def test_the_reader_of_a_pdf_cannot_take_all_memory() -> None:
    greedy = "from dossier import page_pdf\npage_pdf._bounded()\nbytearray(page_pdf.MOST_MEMORY)"
    done = subprocess.run([sys.executable, "-c", greedy], cwd=PAGES.parents[1], capture_output=True, check=False)
    assert b"MemoryError" in done.stderr


@pytest.mark.parametrize(
    ("body", "content_type", "why"),
    [
        (b"", "text/html", "the page is empty"),
        (b" \n", "text/html", "the page is empty"),
        (b"<p> </p>", "text/html", "the page holds no text"),
        (b"<script>x</script>", "text/html", "the page holds no text"),
        (b"GIF89a", "image/gif", "the page is of a kind that holds no text to read: image/gif"),
        (b"abc", "", "the page is of a kind that holds no text to read: unknown"),
        (b"{}", "application/json", "the page is of a kind that holds no text to read: application/json"),
        (b"a\0b", "text/plain", "the server calls the page plain text, and it is none"),
        (b"<p>x", "application/pdf", "the server calls the page a PDF, and it is none"),
        (b"x" * (MOST_BYTES + 1), "text/plain", "the page is larger than 30 MB"),
        (b"x" * (MOST_TEXT + 1), "text/plain", "the page holds more than 5 million characters of text"),
        (b"<br>" * 2_100_000, "text/html", "the page holds more text or markup than any article does"),
    ],
)
def test_what_is_not_read(body: bytes, content_type: str, why: str) -> None:
    assert refusal(body, content_type) == why


def test_what_has_no_content_type_is_told_by_its_bytes() -> None:
    assert text_of(b" <!doctype html><p>x", "").kind == "html"
    assert text_of(b"<html>x", "application/octet-stream").text == "x"


@pytest.mark.parametrize(
    ("text", "empty"), [("x" * (LEAST_TEXT - 1), True), ("x" * LEAST_TEXT, False), (" " * 999, True)]
)
def test_a_text_that_says_next_to_nothing(text: str, empty: bool) -> None:
    assert looks_empty(text) is empty


HOSTILE = {
    "deep": b"<div>" * 200_000 + b"x",
    "deep and misnested": b"<b>" * 20_000 + b"<p>" * 20_000 + b"x",
    "deep raised": b"<sup>" * 100_000 + b"x",
    "many attributes": b"<p " + b" ".join(b"a%d=1" % n for n in range(100_000)) + b">x",
    "a long attribute": b'<p title="' + b"y" * 20_000_000 + b'">x',
    "a long style": b'<p style="' + b";display:" * 2_000_000 + b'">x',
    "tables in tables": b"<table>" * 20_000 + b"x",
    "formatting": b"<p><font><b><i><a>" * 5_000 + b"x",
    "blanks": b"<p>x" + b" \xc2\xa0" * 2_000_000,
    "lines": b"<pre>x" + b"\n \n" * 1_500_000,
    "declarations": b"<meta " * 100_000 + b"><p>x",
    "not ended": b"<p>x<!--" + b"<!--" * 1_000_000,
}


@pytest.mark.parametrize("name", HOSTILE)
def test_no_page_makes_it_slow(name: str) -> None:
    """Ten seconds on a slow machine that does other work; each takes under two."""
    start = process_time()
    assert text_of(HOSTILE[name], "text/html").text.strip("\xa0 ") == "x"
    assert process_time() - start < 10


@settings(deadline=None, derandomize=True)
@given(st.binary(max_size=200), st.sampled_from(["text/html", "text/plain", "", "text/html; charset=shift_jis"]))
def test_any_bytes_are_read_or_refused(body: bytes, content_type: str) -> None:
    try:
        page = text_of(body, content_type)
    except Unreadable:
        return
    assert isinstance(page, PageText)
    assert page.text == page.text.strip(" \n")
