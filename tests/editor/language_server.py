"""yaml-language-server as an editor talks to it: JSON-RPC over its standard input and output (microsoft.github.io,
Language Server Protocol 3.17), by hand, with the settings of this repository."""

from __future__ import annotations

import json
import queue
import subprocess
import threading
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path, PurePosixPath
from typing import Any

SETTINGS = Path(__file__).parents[2] / ".vscode/settings.json"
PATIENCE = 60.0
"""Seconds until a server that says nothing is taken to be stuck."""
HERE = "‸"
"""Where the cursor stands in a text given to `Editor.type`."""

Said = dict[str, Any]


def settings() -> Said:
    """What `.vscode/settings.json` says, as VS Code hands it to the server: keys with points, as objects in objects."""
    found: Said = {}
    for name, value in json.loads(SETTINGS.read_text("utf-8")).items():
        section, _, rest = name.partition(".")
        inner = found.setdefault(section, {})
        *between, last = rest.split(".")
        for each in between:
            inner = inner.setdefault(each, {})
        inner[last] = value
    return found


class Editor:
    """One folder open in an editor. `heard` is all that was said, both ways, in order."""

    def __init__(self, process: subprocess.Popen[bytes], root: Path) -> None:
        self.root = root
        self.heard: list[tuple[str, Said]] = []
        self._shown = 0
        self._process = process
        self._number = 0
        self._answers: queue.Queue[Said] = queue.Queue()
        self._diagnostics: queue.Queue[Said] = queue.Queue()
        self._settings = settings()
        threading.Thread(target=self._listen, daemon=True).start()
        capabilities = {
            "textDocument": {
                "completion": {"completionItem": {"snippetSupport": True, "documentationFormat": ["markdown"]}},
                "hover": {"contentFormat": ["markdown"]},
                "publishDiagnostics": {},
            },
            "workspace": {"configuration": True, "workspaceFolders": True},
        }
        folders = [{"uri": root.as_uri(), "name": "dossier"}]
        self.ask(
            "initialize",
            {"processId": None, "rootUri": root.as_uri(), "workspaceFolders": folders, "capabilities": capabilities},
        )
        self._tell("initialized", {})
        self._tell("workspace/didChangeConfiguration", {"settings": self._settings})
        self._wait_for_schemas()

    def open(self, path: str, text: str) -> list[Said]:
        """Open a file that holds this text. Gives what the server finds wrong with it."""
        uri = self._show(path, text)
        while True:
            found = self._diagnostics.get(timeout=PATIENCE)
            if found["uri"] == uri:
                wrong: list[Said] = found["diagnostics"]
                return wrong

    def _wait_for_schemas(self) -> None:
        """Until the settings have arrived nothing is marked; then what is open is looked at again."""
        uri = self._show("data/empty.yaml", "no-collection: []\n")
        while True:
            found = self._diagnostics.get(timeout=PATIENCE)
            if found["uri"] == uri and found["diagnostics"]:
                return

    def completion(self, path: str, text: str) -> dict[str, Said]:
        """What is offered at `HERE`, by what it is called."""
        at = self._placed(path, text)
        answer = self.ask("textDocument/completion", at) or {"items": []}
        items = answer if isinstance(answer, list) else answer["items"]
        return {item["label"]: item for item in items}

    def hover(self, path: str, text: str) -> str:
        """What is shown of the word at `HERE`, as Markdown."""
        answer = self.ask("textDocument/hover", self._placed(path, text))
        shown: str = answer["contents"]["value"] if answer else ""
        return shown

    def ask(self, method: str, given: Said) -> Any:
        self._number += 1
        self._send({"id": self._number, "method": method, "params": given})
        while True:
            answer = self._answers.get(timeout=PATIENCE)
            if answer.get("id") == self._number:
                assert "error" not in answer, answer
                return answer.get("result")

    def _placed(self, path: str, text: str) -> Said:
        before, mark, after = text.partition(HERE)
        assert mark, "the text says where the cursor stands"
        uri = self._show(path, before + after)
        position = {"line": before.count("\n"), "character": len(before.rpartition("\n")[2])}
        return {"textDocument": {"uri": uri}, "position": position}

    def _show(self, path: str, text: str) -> str:
        """Each text is a file of its own, so that what is said of one is never taken for what is said of another."""
        self._shown += 1
        is_site = path == "data/site.yaml"
        name = f"{self._shown}/{path}" if is_site else PurePosixPath(path).with_suffix(f".{self._shown}.yaml")
        uri = (self.root / name).as_uri()
        about = {"uri": uri, "languageId": "yaml", "version": 1, "text": text}
        self._tell("textDocument/didOpen", {"textDocument": about})
        return uri

    def _tell(self, method: str, given: Said) -> None:
        self._send({"method": method, "params": given})

    def _send(self, message: Said) -> None:
        self.heard.append(("editor", message))
        content = json.dumps({"jsonrpc": "2.0", **message}).encode()
        assert self._process.stdin
        self._process.stdin.write(b"Content-Length: %d\r\n\r\n%s" % (len(content), content))
        self._process.stdin.flush()

    def _listen(self) -> None:
        assert self._process.stdout
        while header := self._process.stdout.readline():
            length = 0
            while header.strip():
                name, _, value = header.decode().partition(":")
                length = int(value) if name.lower() == "content-length" else length
                header = self._process.stdout.readline()
            message = json.loads(self._process.stdout.read(length))
            self.heard.append(("server", message))
            if "method" not in message:
                self._answers.put(message)
            elif message["method"] == "textDocument/publishDiagnostics":
                self._diagnostics.put(message["params"])
            elif "id" in message:
                self._send({"id": message["id"], "result": self._answer(message)})

    def _answer(self, message: Said) -> Any:
        """The server asks for settings by section; of all else it only wants to hear that it was heard."""
        if message["method"] == "workspace/configuration":
            return [self._settings.get(item["section"]) for item in message["params"]["items"]]
        return None


@contextmanager
def editor(command: Sequence[str], root: Path) -> Iterator[Editor]:
    """A folder open in an editor with this server."""
    process = subprocess.Popen(
        [*command, "--stdio"], cwd=root, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL
    )
    try:
        yield Editor(process, root)
    finally:
        process.kill()
        process.communicate()
