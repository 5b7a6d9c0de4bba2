"""Random edits of a dossier, of every kind of record and file: what a season of pull requests does to one."""

from __future__ import annotations

import random
import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any

import yaml

SITES = Path(__file__).parent / "sites"
Records = dict[str, Any]


class Dossier:
    """A dossier in a folder, and the hand that edits it. The same seed makes the same edits."""

    def __init__(self, root: Path, site: str, seed: int) -> None:
        self.root = root
        self.random = random.Random(seed)
        for folder in ("data", "content", "templates"):
            if (SITES / site / folder).is_dir():
                shutil.copytree(SITES / site / folder, root / folder)
        self.made = 0

    def files(self) -> list[Path]:
        found = (path for path in (self.root / "data").rglob("*.yaml") if path.name != "site.yaml")
        return sorted(found)

    def read(self, file: Path) -> Records:
        found: Records = yaml.load(file.read_text("utf-8"), yaml.BaseLoader) or {}
        return found

    def write(self, file: Path, records: Records) -> None:
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(yaml.safe_dump(records, allow_unicode=True, sort_keys=False, width=10_000), "utf-8")

    def edit(self) -> str:
        """Make one edit, and say which."""
        edits: list[Callable[[], str]] = [
            self.change_text, self.change_text, self.change_text, self.change_value, self.change_value, self.add_record,
            self.remove_record, self.remove_key, self.move_record, self.rename_file, self.add_company, self.remove_file,
            self.change_prose, self.add_page, self.remove_page, self.change_site, self.change_template, self.reorder,
            self.touch, self.add_correction, self.withdraw,
        ]  # fmt: skip
        return self.random.choice(edits)()

    def _record(self) -> tuple[Path, Records, str, int] | None:
        file = self.random.choice(self.files())
        records = self.read(file)
        collections = [name for name, held in records.items() if isinstance(held, list) and held]
        if not collections:
            return None
        name = self.random.choice(collections)
        return file, records, name, self.random.randrange(len(records[name]))

    def _texts(self, value: Any) -> list[tuple[Any, Any]]:
        """Every text below a value: what holds it, and its key."""
        found: list[tuple[Any, Any]] = []
        pairs = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
        for key, item in pairs:
            found += [(value, key)] if isinstance(item, str) else self._texts(item)
        return found

    def change_text(self) -> str:
        """One word more in a text that is one."""
        if (found := self._record()) is None:
            return "nothing"
        file, records, name, index = found
        texts = [(held, key) for held, key in self._texts(records[name][index]) if " " in held[key]]
        if not texts:
            return "nothing"
        held, key = self.random.choice(texts)
        words = held[key].split(" ")
        words.insert(self.random.randrange(len(words)), self.random.choice(["indeed", "said", "Bread", "loaves"]))
        held[key] = " ".join(words)
        self.write(file, records)
        return f"a word in {name}[{index}] {key} of {file.name}"

    def change_value(self) -> str:
        """Another value of a key that some other record of the collection has."""
        if (found := self._record()) is None:
            return "nothing"
        file, records, name, index = found
        other = self.random.choice(records[name])
        keys = [key for key in other if key != "id"]
        if not keys:
            return "nothing"
        key = self.random.choice(keys)
        records[name][index][key] = other[key]
        self.write(file, records)
        return f"{key} of {name}[{index}] in {file.name}"

    def remove_key(self) -> str:
        if (found := self._record()) is None:
            return "nothing"
        file, records, name, index = found
        keys = [key for key in records[name][index] if key != "id"]
        if keys:
            del records[name][index][self.random.choice(keys)]
            self.write(file, records)
        return f"a key less in {name}[{index}] of {file.name}"

    def add_record(self) -> str:
        """A copy of a record under a new id."""
        if (found := self._record()) is None:
            return "nothing"
        file, records, name, index = found
        copy = yaml.load(yaml.safe_dump(records[name][index], allow_unicode=True), yaml.BaseLoader)
        if "id" not in copy:
            return "nothing"
        self.made += 1
        copy["id"] = f"{copy['id']}-{self.made}"
        for entity in copy.get("legal_entities", ()):
            entity["id"] = f"{entity['id']}-{self.made}"
        if "name" in copy and isinstance(copy["name"], str):
            copy["name"] = f"{copy['name']} the {self.made}th"
        records[name].insert(self.random.randrange(len(records[name]) + 1), copy)
        self.write(file, records)
        return f"a copy of {name}[{index}] in {file.name}"

    def remove_record(self) -> str:
        if (found := self._record()) is None:
            return "nothing"
        file, records, name, index = found
        del records[name][index]
        if not records[name]:
            del records[name]
        self.write(file, records) if records else file.unlink()
        return f"{name}[{index}] gone from {file.name}"

    def move_record(self) -> str:
        """A record to another file."""
        if (found := self._record()) is None:
            return "nothing"
        file, records, name, index = found
        target = self.random.choice(self.files())
        theirs = self.read(target)
        if target == file or "about" in records or "about" in theirs:
            return "nothing"
        theirs.setdefault(name, []).append(records[name].pop(index))
        if not records[name]:
            del records[name]
        self.write(target, theirs)
        self.write(file, records) if records else file.unlink()
        return f"{name}[{index}] from {file.name} to {target.name}"

    def reorder(self) -> str:
        if (found := self._record()) is None:
            return "nothing"
        file, records, name, _ = found
        self.random.shuffle(records[name])
        self.write(file, records)
        return f"{name} of {file.name} in another order"

    def rename_file(self) -> str:
        file = self.random.choice(self.files())
        self.made += 1
        target = self.root / "data" / self.random.choice(["", "deep", "deep/er"]) / f"file{self.made}.yaml"
        target.parent.mkdir(parents=True, exist_ok=True)
        file.rename(target)
        return f"{file.name} is now {target.relative_to(self.root)}"

    def remove_file(self) -> str:
        """A file gone that nothing much depends on."""
        files = [file for file in self.files() if len(file.read_bytes()) < 900]
        if not files:
            return "nothing"
        file = self.random.choice(files)
        file.unlink()
        return f"{file.name} is gone"

    def add_company(self) -> str:
        self.made += 1
        name = f"co-{self.made}"
        title = (
            self.random.choice(["Anvil", "Birch", "Comet", "Delta", "42 Suns", "Éclat"])
            + f" {chr(75 + self.made % 10)}{self.made}"
        )
        self.write(self.root / f"data/{name}.yaml", {"companies": [{"id": name, "name": title}]})
        return f"a company {title}"

    def change_prose(self) -> str:
        pages = sorted((self.root / "content").glob("*.md"))
        if not pages:
            return "nothing"
        page = self.random.choice(pages)
        page.write_text(page.read_text("utf-8") + "\nOne line more, about {claims} claims.\n", "utf-8")
        return f"a line in {page.name}"

    def add_page(self) -> str:
        self.made += 1
        folder = self.root / "content"
        folder.mkdir(exist_ok=True)
        menu = self.random.choice(["", "menu: Short\n"])
        (folder / f"page{self.made}.en.md").write_text(
            f"---\ntitle: Page {self.made}\n{menu}---\n\nSome words.\n", "utf-8"
        )
        return f"a page {self.made}"

    def remove_page(self) -> str:
        pages = sorted((self.root / "content").glob("page*.md"))
        if not pages:
            return "nothing"
        page = self.random.choice(pages)
        page.unlink()
        return f"{page.name} is gone"

    def change_site(self) -> str:
        file = self.root / "data/site.yaml"
        site = self.read(file)
        site["contact"] = f"desk{self.random.randrange(100)}@example.org"
        self.write(file, site)
        return "the site's contact"

    def change_template(self) -> str:
        folder = self.root / "templates/pages"
        folder.mkdir(parents=True, exist_ok=True)
        (folder / "gone.html").write_text(f"<!-- {self.random.random()} -->", "utf-8")
        return "a template"

    def touch(self) -> str:
        """A file written again as it was."""
        file = self.random.choice(self.files())
        file.write_bytes(file.read_bytes())
        return f"{file.name} touched"

    def add_correction(self) -> str:
        if (found := self._record()) is None:
            return "nothing"
        _, records, name, index = found
        target = records[name][index].get("id")
        if not target:
            return "nothing"
        self.made += 1
        text = {"en": "A word was wrong.", "fr": "Un mot était faux."}
        day = f"2026-11-0{1 + self.made % 9}"
        made = {"id": f"corr-{self.made}", "target": target, "date": day, "kind": "correction", "text": text}
        self.write(self.root / f"data/correction{self.made}.yaml", {"corrections": [made]})
        return f"a correction of {target}"

    def withdraw(self) -> str:
        for file in self.files():
            records = self.read(file)
            for claim in records.get("claims", ()):
                if "withdrawn" not in claim and self.random.random() < 0.3:
                    claim["withdrawn"] = {"date": "2026-11-01", "reason": "unverifiable"}
                    self.write(file, records)
                    return f"{claim['id']} withdrawn"
        return "nothing"
