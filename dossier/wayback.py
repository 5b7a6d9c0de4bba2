"""The Wayback Machine as programs may use it: ask for an existing copy, or to make one.

Interfaces: https://archive.org/help/wayback_api.php (the availability API), and a plain GET of `/save/<address>`, as
anybody without an account may do. What they say is a stranger's word: of their answers only the time of a capture is
taken, and the address of the copy is put together here.
"""

from __future__ import annotations

import json
import re
from datetime import date, datetime
from typing import Any
from urllib.parse import quote

from dossier.answers import Answer, Refusal
from dossier.fetch import Client
from dossier.frozen import dataclass
from dossier.patterns import regex

API = "https://archive.org"
WEB = "https://web.archive.org"
_FAULT = "x-archive-wayback-runtime-error"
_CAPTURE = regex(r"/web/(\d{14})(?:[a-z]{2}_)?/")
_MEMENTO = regex(r"<([^<>]*)>;\s*rel=\"?memento\"?(?=[;,]|\s*$)")
_LARGEST = 1_000_000


@dataclass(frozen=True, slots=True)
class Capture:
    """A copy in the archive, and the day it was made."""

    url: str
    captured: date


class Wayback:
    """The archive at these addresses, asked through one client and made to save through another, slower one."""

    def __init__(self, asking: Client, saving: Client, api: str = API, web: str = WEB) -> None:
        self._asking, self._saving = asking, saving
        self._api, self._web = api.rstrip("/"), web.rstrip("/")

    def existing(self, url: str, near: date) -> Capture | Refusal | None:
        """The copy made nearest to a day; None where the archive has none that came out well."""
        asked = f"{self._api}/wayback/available?url={quote(url, safe='')}&timestamp={near:%Y%m%d}"
        answer = self._asking.fetch(asked)
        if isinstance(answer, Refusal):
            return answer
        closest = _closest(answer.body)
        if not closest or closest.get("available") is not True or str(closest.get("status")) != "200":
            return None
        return self._capture(str(closest.get("timestamp")), url)

    def save(self, url: str) -> Capture | Refusal:
        """Have the archive make a copy now. Takes up to minutes."""
        answer = self._saving.fetch(f"{self._web}/save/{url}")
        if isinstance(answer, Refusal):
            return answer
        if why := next((each.header(_FAULT) for each in answer.exchanges if each.header(_FAULT)), ""):
            return Refusal("odd", f"the archive could not copy it: {why[:200]}", url, answer.status)
        return self._saved(answer, url) or Refusal(
            "odd", "the archive did not say where it put the copy", url, answer.status
        )

    def _saved(self, answer: Answer, url: str) -> Capture | None:
        """The capture that the archive names on the way: in `Content-Location`, as the address it sends on to, or in
        `Link` as a memento (RFC 7089)."""
        for exchange in reversed(answer.exchanges):
            links = _MEMENTO.findall(exchange.header("link"))
            for named in (exchange.header("content-location"), exchange.url, *links):
                if found := _CAPTURE.search(named):
                    return self._capture(found[1], url)
        return None

    def _capture(self, timestamp: str, url: str) -> Capture | None:
        if not re.fullmatch(r"[0-9]{14}", timestamp):
            return None
        try:
            day = datetime.strptime(timestamp, "%Y%m%d%H%M%S").date()
        except ValueError:
            return None
        return Capture(f"{self._web}/web/{timestamp}/{url}", day)


def _closest(body: bytes) -> dict[str, Any] | None:
    """`archived_snapshots.closest` of an answer, if that is what it holds."""
    if len(body) > _LARGEST:
        return None
    try:
        found = json.loads(body)
        for key in ("archived_snapshots", "closest"):
            found = found.get(key) if isinstance(found, dict) else None
    except (ValueError, RecursionError):
        return None
    return found if isinstance(found, dict) else None
