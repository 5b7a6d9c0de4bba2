"""What a host asks of programs: `robots.txt`, RFC 9309."""

from __future__ import annotations

from protego import Protego

AGENT = "dossier"
"""The product token that groups of `robots.txt` name."""
LARGEST = 500_000
"""Bytes that are read of one (RFC 9309 section 2.5 asks for at least 500 KiB; the rest counts as absent)."""
LONGEST_DELAY = 120.0
"""Seconds: a longer `Crawl-delay` counts as this."""


class Robots:
    """The rules of one host. `reachable` is false where it could not say what it wants: then nothing is allowed."""

    def __init__(self, text: str = "", reachable: bool = True) -> None:
        self.reachable = reachable
        self._rules = Protego.parse(text)

    @classmethod
    def of(cls, status: int, body: bytes) -> Robots:
        """The rules from an answer: 2xx are read, 4xx mean none, all else that the host cannot say (section 2.3.1)."""
        if 200 <= status < 300:
            return cls(body[:LARGEST].decode("utf-8-sig", "replace"))
        return cls(reachable=400 <= status < 500)

    def allows(self, url: str) -> bool:
        return self.reachable and self._rules.can_fetch(url, AGENT)

    @property
    def delay(self) -> float:
        """Seconds that the host wants between two requests; 0 where it does not say."""
        return min(max(self._rules.crawl_delay(AGENT) or 0.0, 0.0), LONGEST_DELAY)
