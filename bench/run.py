"""How long a site takes, ours and that of others: `make bench`, or `python bench/run.py --sizes 100,1000`.

An invented dossier is built in turn by this project, by Hugo, by Eleventy, and copied by `cp -r`. Ratios are taken
within a round, since a machine is now faster and now slower, and their median over the rounds is printed.
"""

from __future__ import annotations

import argparse
import json
import os
import platform
import re
import shutil
import sys
import tempfile
from collections.abc import Callable, Sequence
from dataclasses import asdict, dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from bench import tools
from bench.compare import compare
from bench.corpus import Corpus, edit, write_corpus
from bench.measure import Cost, Failed, middle, run, watch
from bench.tools import Missing, Tool

EDITS = 3
"""Saves that a watcher is timed for."""
COLD, EDITED, NOTHING = "cold", "one claim edited", "nothing changed"


@dataclass
class Bench:
    """One size: its folders, its tools, and what was measured."""

    size: int
    layout: str
    folder: Path
    tools: dict[str, Tool] = field(default_factory=dict)
    missing: dict[str, str] = field(default_factory=dict)
    runs: list[dict[str, Any]] = field(default_factory=list)
    watched: dict[str, tuple[list[float], list[float]]] = field(default_factory=dict)
    pages: dict[str, dict[str, Any]] = field(default_factory=dict)

    @property
    def corpus(self) -> Path:
        return self.folder / "corpus"

    def output(self, name: str) -> Path:
        """A folder of its own for each, so that what is kept beside an output is found and removed with it."""
        return self.folder / "outputs" / name.replace(" ", "") / "site"

    def say(self, words: str) -> None:
        print(f"[{self.size:,} companies] {words}", file=sys.stderr, flush=True)

    def set_up(self, wanted: Sequence[str], program: Path) -> None:
        """Write the corpus, build it once with our program, and see which tools can be had."""
        self.say("writing the corpus")
        write_corpus(self.size, self.corpus, self.layout)
        (self.folder / "styles").mkdir(exist_ok=True)
        makers: dict[str, Callable[[], Tool]] = {
            "ours": lambda: tools.ours(self.corpus, self.output("ours"), program),
            "hugo": lambda: tools.hugo(self.corpus, self.output("hugo"), self.folder),
            "eleventy": lambda: tools.eleventy(self.corpus, self.output("eleventy"), self.folder),
            "cp -r": lambda: tools.copy(self.output("ours"), self.output("cp -r")),
        }
        for name in wanted:
            try:
                self.tools[name] = makers[name]()
            except Missing as reason:
                self.missing[name] = str(reason)
                self.say(f"without {name}: {reason}")
        if "ours" in self.tools:
            self.say("building once, to warm up")
            self._empty("ours")
            try:
                self._run("ours")
            except Failed as error:
                self.say(f"ours: {error}")
                self.missing["ours"] = str(error)
                self.tools.pop("ours")
            # The others take the style sheet as we have made it.
            for sheet in (self.output("ours") / "assets").glob("*.css"):
                shutil.copyfile(sheet, self.folder / "styles" / "site.css")

    def _empty(self, name: str) -> None:
        shutil.rmtree(self.output(name).parent, ignore_errors=True)
        self.output(name).parent.mkdir(parents=True)

    def _run(self, name: str) -> Cost:
        tool = self.tools[name]
        return run(tool.build, tool.environment, tool.folder, self.folder / "last.log")

    def measure(self, name: str, what: str, round_: int) -> None:
        """One run, noted with how busy the machine was before it."""
        load = os.getloadavg()[0]
        try:
            cost = self._run(name)
        except Failed as error:
            self.say(f"{name}, {what}: {error}")
            self.missing.setdefault(name, str(error))
            self.tools.pop(name)
            return
        self.runs.append({"tool": name, "what": what, "round": round_, "load": round(load, 2), **asdict(cost)})
        peak = f"{cost.peak_mib or cost.largest_mib:.0f} MiB"
        self.say(f"round {round_}: {name}, {what}: {cost.wall:.2f} s, {cost.cpu:.2f} s of processor, {peak}")

    def round(self, number: int) -> None:
        """Every tool in turn, another one first each time."""
        names = [name for name in self.tools if name != "cp -r"]
        at = number % len(names) if names else 0
        for name in (*names[at:], *names[:at]):
            self._empty(name)
            self.measure(name, COLD, number)
        if "cp -r" in self.tools and "ours" in self.tools:
            self._empty("cp -r")
            self.measure("cp -r", COLD, number)
        for name in [name for name in names if name in self.tools]:
            if name == "ours":
                self.measure(name, NOTHING, number)
            edit(self.corpus, number % self.size)
            self.measure(name, EDITED, number)

    def compare(self) -> None:
        """How many of our pages the others have made as well, after the last edit."""
        for name in ("hugo", "eleventy"):
            if name in self.tools and "ours" in self.tools:
                for each in (name, "ours"):
                    self._empty(each)
                    self._run(each)
                # Reading pages takes longer than making them: of large sites a part is compared.
                found = compare(self.output("ours"), self.output(name), every=max(1, self.size // 2000))
                equal, pages = found.total
                self.pages[name] = {"equal": equal, "pages": pages, "kinds": found.pages, "equal_kinds": found.equal}
                self.say(f"{name}: {equal} of {pages} pages are equal to ours")

    def watch(self, name: str) -> None:
        """From a save to the company's page changed on disk, and to the last page, in a process that watches."""
        tool = self.tools[name]
        if not tool.watch:
            return
        self._empty(name)
        edits = [saving(self.corpus, self.size, number % self.size) for number in range(EDITS)]
        try:
            found = watch(tool.watch, tool.environment, tool.folder, self.folder / "last.log", self.output(name), edits)
        except Failed as error:
            self.say(f"{name}, watching: {error}")
            return
        self.watched[name] = found
        said = (f"{1000 * one:.0f} and {1000 * all_:.0f} ms" for one, all_ in zip(*found, strict=True))
        self.say(f"{name}, watching: {', '.join(said)}")

    def results(self) -> dict[str, Any]:
        """All that was measured, and where."""
        memory = {"measured": "largest sum of proportional set sizes over the processes of a run"}
        return {
            "date": datetime.now(UTC).isoformat(timespec="seconds"),
            "size": self.size,
            "layout": self.layout,
            "machine": {
                "system": platform.platform(),
                "processors": len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count(),
                "python": platform.python_version(),
            },
            "memory": memory,
            "versions": {name: tool.version for name, tool in self.tools.items()},
            "missing": self.missing,
            "pages": self.pages,
            "runs": self.runs,
            "watch_seconds": {name: page for name, (page, _) in self.watched.items()},
            "watch_seconds_all_pages": {name: pages for name, (_, pages) in self.watched.items()},
        }


def saving(corpus: Path, size: int, number: int) -> Callable[[], tuple[str, str]]:
    """The standard edit as a watcher is to show it: the page of the company, and its new amount."""
    identity = Corpus(size).company_id(number)

    def make() -> tuple[str, str]:
        text = edit(corpus, number).read_text("utf-8")
        start = text.index(f"  - id: {identity}-deal\n")
        value = re.compile(r"value: (\d+)").search(text, start)
        assert value
        return f"companies/{identity}/index.html", f"<b>C${int(value[1]):,}</b>"

    return make


def table(results: dict[str, Any]) -> str:
    """The results as Markdown. A ratio is ours divided by the other, in the same round."""
    runs = results["runs"]
    lines = [
        f"**{results['size']:,} companies** (layout {results['layout']}, {_rounds(runs)} rounds)",
        "",
        "| tool | what | wall s (min-max) | CPU s | peak MiB | wall, ours / it | CPU, ours / it |",
        "|---|---|---:|---:|---:|---:|---:|",
    ]
    for name, what in dict.fromkeys((each["tool"], each["what"]) for each in runs):
        mine = [each for each in runs if (each["tool"], each["what"]) == (name, what)]
        walls = [each["wall"] for each in mine]
        cells = [
            f"{name} {results['versions'].get(name, '')}".strip(),
            what,
            f"{middle(walls):.2f} ({min(walls):.2f}-{max(walls):.2f})",
            f"{middle([each['cpu'] for each in mine]):.2f}",
            f"{middle([each['peak_mib'] or each['largest_mib'] for each in mine]):.0f}",
            *(_ratio(runs, mine, key) if name != "ours" else "" for key in ("wall", "cpu")),
        ]
        lines.append(f"| {' | '.join(cells)} |")
    for what, key in (("the company's page", "watch_seconds"), ("all pages", "watch_seconds_all_pages")):
        for name, seconds in results[key].items():
            said = f"{1000 * (middle(seconds) or 0):.0f} ms ({1000 * min(seconds):.0f}-{1000 * max(seconds):.0f})"
            lines.append(f"\nWatching, from a save to {what} on disk, {name}: {said}.")
    for name, found in results["pages"].items():
        lines.append(f"\nPages of {name} equal to ours: {found['equal']} of {found['pages']}.")
    for name, reason in results["missing"].items():
        lines.append(f"\nWithout {name}: {reason}")
    return "\n".join(lines)


def _rounds(runs: list[dict[str, Any]]) -> int:
    return len({each["round"] for each in runs})


def _ratio(runs: list[dict[str, Any]], mine: list[dict[str, Any]], key: str) -> str:
    """Ours divided by it, the median over the rounds."""
    ours = {(each["round"], each["what"]): each[key] for each in runs if each["tool"] == "ours"}
    found = [ours[at] / each[key] for each in mine if (at := (each["round"], each["what"])) in ours and each[key]]
    return f"{middle(found):.2f}" if found else ""


def _sizes(text: str) -> list[int]:
    return [int(each) for each in text.split(",")]


def main(arguments: list[str]) -> int:
    parser = argparse.ArgumentParser(description="Time the builds of invented dossiers, ours and those of others.")
    parser.add_argument("--sizes", type=_sizes, default=[100, 1000], help="numbers of companies (default: 100,1000)")
    parser.add_argument("--rounds", type=int, default=3, help="how often all is run in turn (default: 3)")
    parser.add_argument("--layout", choices=("files", "single"), default="files", help="as bench/corpus.py has it")
    parser.add_argument("--only", default="ours,hugo,eleventy,cp -r", help="which tools (default: all)")
    parser.add_argument("--no-watch", action="store_true", help="do not time watchers")
    parser.add_argument("--no-compare", action="store_true", help="do not compare the pages that were made")
    parser.add_argument("--program", type=Path, default=tools.ROOT, help="another copy of this project to measure")
    parser.add_argument(
        "--scratch", type=Path, help="where corpora and outputs go, kept; else in a folder removed after"
    )
    parser.add_argument("--results", type=Path, default=tools.HERE / "results", help="default: bench/results/")
    given = parser.parse_args(arguments)
    for size in given.sizes:
        with tempfile.TemporaryDirectory(prefix="dossier-bench-") as temporary:
            folder = (given.scratch / str(size) if given.scratch else Path(temporary)).resolve()
            folder.mkdir(parents=True, exist_ok=True)
            bench = Bench(size, given.layout, folder)
            bench.set_up([name.strip() for name in given.only.split(",")], given.program.resolve())
            for number in range(1, given.rounds + 1):
                bench.round(number)
            if not given.no_watch:
                for name in [name for name in bench.tools if name != "cp -r"]:
                    bench.watch(name)
            if not given.no_compare:
                bench.compare()
            results = bench.results()
            given.results.mkdir(parents=True, exist_ok=True)
            layout = "" if given.layout == "files" else f"-{given.layout}"
            file = given.results / f"{results['date'][:10]}-{size}{layout}.json"
            file.write_text(json.dumps(results, indent=1) + "\n", "utf-8")
            print(f"{table(results)}\n", flush=True)
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
