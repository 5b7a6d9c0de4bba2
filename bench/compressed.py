"""Serve a built site on this machine as a host does that compresses: for Lighthouse, which counts what is sent.

python bench/compressed.py output 8470
"""

import gzip
import mimetypes
import sys
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from urllib.parse import unquote, urlsplit

_TEXT = ("text/", "application/javascript", "application/json", "application/xml", "image/svg+xml")


class Compressed(BaseHTTPRequestHandler):
    root = Path()
    protocol_version = "HTTP/1.1"

    def do_GET(self) -> None:
        path = (self.root / unquote(urlsplit(self.path).path).lstrip("/")).resolve()
        path = path / "index.html" if path.is_dir() else path
        is_found = path.is_file() and path.is_relative_to(self.root)
        path = path if is_found else self.root / "404.html"
        kind, body = mimetypes.guess_type(path.name)[0] or "application/octet-stream", path.read_bytes()
        self.send_response(200 if is_found else 404)
        if kind.startswith(_TEXT):
            body = gzip.compress(body, 9)
            self.send_header("Content-Encoding", "gzip")
            kind += "; charset=utf-8"
        self.send_header("Content-Type", kind)
        self.send_header("Content-Length", str(len(body)))
        self.send_header("Cache-Control", "max-age=600")
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, format: str, *args: object) -> None:
        """Nothing: Lighthouse says what matters."""


if __name__ == "__main__":
    Compressed.root = Path(sys.argv[1]).resolve()
    ThreadingHTTPServer(("127.0.0.1", int(sys.argv[2])), Compressed).serve_forever()
