"""What a preview adds to the pages it serves, and never to built files: the script that reloads, and findings.

The script and its style are `live.js` and `live.css` beside this module.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from html import escape, unescape
from typing import Any

from dossier.frozen import asdict
from dossier.patterns import regex
from dossier.report import Finding
from dossier.showing import Showing

MOST = 50
"""Findings sent to a browser; a terminal shows all."""
_MEANT = regex(r"Did you mean (?:'([^']+)'|(\S+))\?")
_META = regex(r"""<meta\b(?:[^>"']|"[^"]*"|'[^']*')*>""", re.IGNORECASE)
_CONTENT = regex(r"""(\bcontent\s*=\s*)("[^"]*"|'[^']*')""", re.IGNORECASE)
_HEAD_ENDS = regex("</head>", re.IGNORECASE)


def relaxed(policy: str) -> str:
    """A Content-Security-Policy that lets the page load the preview's script and style, and listen to it."""
    directives: dict[str, list[str]] = {}
    for part in policy.split(";"):
        if words := part.split():
            directives.setdefault(words[0].lower(), words[1:])
    # Meant for the published site: here it would send the page's own files to https, where nobody listens.
    directives.pop("upgrade-insecure-requests", None)
    for name in ("script-src", "style-src", "connect-src"):
        values = directives.get(name, directives.get("default-src"))
        if values is not None:
            directives[name] = [*(value for value in values if value not in ("'none'", "'self'")), "'self'"]
    return "; ".join(" ".join((name, *values)) for name, values in directives.items())


def injected(page: bytes, version: str) -> bytes:
    """The page with the preview's script in its head. `version` is what the page shows; the script reloads another."""

    def relax(match: re.Match[str]) -> str:
        tag = match[0]
        if "content-security-policy" not in tag.lower():
            return tag
        return _CONTENT.sub(lambda found: f'{found[1]}"{escape(relaxed(unescape(found[2][1:-1])))}"', tag)

    text = _META.sub(relax, page.decode("utf-8", "surrogateescape"))
    script = f'<script src="/_dossier/live.js" data-version="{escape(version)}" defer></script>'
    head = _HEAD_ENDS.search(text)
    at = head.start() if head else len(text)
    return (text[:at] + script + text[at:]).encode("utf-8", "surrogateescape")


def message(showing: Showing, link: Callable[[str], str]) -> str:
    """What the script is told of the site that is shown, as JSON. `link` gives the address that opens a place."""
    return json.dumps(
        {
            "version": showing.version,
            "findings": [_told(finding, link) for finding in showing.findings[:MOST]],
            "more": max(0, len(showing.findings) - MOST),
            "warnings": [_told(finding, link) for finding in showing.warnings],
            "warned": showing.warned,
            "changed": [asdict(page) for page in showing.changed],
        }
    )


def _told(finding: Finding, link: Callable[[str], str]) -> dict[str, Any]:
    says, paste = parted(finding.remedy)
    also = [(place, words, link(place)) for place, words in finding.also]
    return {**asdict(finding), "link": link(finding.place), "remedy": says, "paste": paste, "also": also}


def parted(remedy: str) -> tuple[str, str]:
    """What a remedy says, and what of it can be pasted: the lines below the first, or the word that was meant."""
    says, _, lines = remedy.partition("\n")
    meant = None if lines else _MEANT.fullmatch(remedy)
    return says, meant[1] or meant[2] if meant else lines


def problem_page(showing: Showing, link: Callable[[str], str]) -> bytes:
    """The page shown while there is no site to show: it works without script, and goes as soon as there is one."""
    found = showing.findings
    items = "".join(_item(_told(finding, link)) for finding in found[:MOST])
    more = f"<p>And {len(found) - MOST} more: the terminal shows all.</p>" if len(found) > MOST else ""
    body = f"<main><h1>The site cannot be built yet</h1><ol>{items}</ol>{more}</main>"
    return (
        '<!DOCTYPE html><html lang="en"><head><meta charset="utf-8"><title>Cannot be built yet</title>'
        '<meta name="viewport" content="width=device-width">'
        "<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; script-src 'self'; "
        "style-src 'self'; connect-src 'self'\">"
        '<noscript><meta http-equiv="refresh" content="2"></noscript><link rel="stylesheet" href="/_dossier/live.css">'
        f'<script src="/_dossier/live.js" data-version="{escape(showing.version)}" data-whole defer></script>'
        f"</head><body>{body}</body></html>"
    ).encode("utf-8", "backslashreplace")


def _item(told: dict[str, Any]) -> str:
    parts = [f"<strong>{told['severity']} {escape(told['code'])}</strong> {_place(told['place'], told['link'])}"]
    parts.append(f"<p>{escape(told['message'])}</p>")
    if line := told["quoted"]:
        margin = f"{line['number']:>5} | "
        caret = f"{'| ':>{len(margin)}}{' ' * line['caret']}^"
        parts.append(f'<pre tabindex="0">{escape(margin + line["text"])}\n{caret}</pre>')
    if told["remedy"]:
        parts.append(f"<p>{escape(told['remedy'])}</p>")
    if told["paste"]:
        parts.append(f'<pre class="paste" tabindex="0">{escape(told["paste"])}</pre>')
    parts += [f"<p>also {_place(place, link)}: {escape(words)}</p>" for place, words, link in told["also"]]
    return f"<li>{''.join(parts)}</li>"


def _place(place: str, link: str) -> str:
    code = f"<code>{escape(place)}</code>"
    return f'<a href="{escape(link)}">{code}</a>' if link else code
