"""What a preview adds to the pages it serves, and never to built files: the script that reloads, and findings.

The script and its style are `live.js` and `live.css` beside this module.
"""

from __future__ import annotations

import json
import re
from dataclasses import asdict
from html import escape, unescape

from dossier.report import Finding

MOST = 50
"""Findings sent to a browser; a terminal shows all."""
_META = re.compile(r"""<meta\b(?:[^>"']|"[^"]*"|'[^']*')*>""", re.IGNORECASE)
_CONTENT = re.compile(r"""(\bcontent\s*=\s*)("[^"]*"|'[^']*')""", re.IGNORECASE)
_HEAD_ENDS = re.compile("</head>", re.IGNORECASE)


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


def message(version: str, findings: tuple[Finding, ...]) -> str:
    """What the script is told: the version of the site, and what keeps a newer one from being built."""
    shown = [asdict(finding) for finding in findings[:MOST]]
    return json.dumps({"version": version, "findings": shown, "more": max(0, len(findings) - MOST)})


def problem_page(version: str, findings: tuple[Finding, ...]) -> bytes:
    """The page shown while there is no site to show: it works without script, and goes as soon as there is one."""
    items = "".join(map(_item, findings[:MOST]))
    more = f"<p>And {len(findings) - MOST} more: the terminal shows all.</p>" if len(findings) > MOST else ""
    body = f"<main><h1>The site cannot be built yet</h1><ol>{items}</ol>{more}</main>"
    return (
        '<!DOCTYPE html><html lang="en"><head><meta charset="utf-8"><title>Cannot be built yet</title>'
        '<meta name="viewport" content="width=device-width">'
        "<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; script-src 'self'; "
        "style-src 'self'; connect-src 'self'\">"
        '<noscript><meta http-equiv="refresh" content="2"></noscript><link rel="stylesheet" href="/_dossier/live.css">'
        f'<script src="/_dossier/live.js" data-version="{escape(version)}" data-whole defer></script>'
        f"</head><body>{body}</body></html>"
    ).encode("utf-8", "backslashreplace")


def _item(finding: Finding) -> str:
    parts = [f"<code>{escape(finding.place)}</code> <strong>{finding.severity} {escape(finding.code)}</strong>"]
    parts.append(f"<p>{escape(finding.message)}</p>")
    if line := finding.quoted:
        margin = f"{line.number:>5} | "
        caret = f"{'| ':>{len(margin)}}{' ' * line.caret}^"
        parts.append(f"<pre>{escape(margin + line.text)}\n{caret}</pre>")
    if finding.remedy:
        parts.append(f"<p>{escape(finding.remedy)}</p>")
    parts += [f"<p>also <code>{escape(place)}</code>: {escape(words)}</p>" for place, words in finding.also]
    return f"<li>{''.join(parts)}</li>"
