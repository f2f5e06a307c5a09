"""The page on this computer alone: nothing in an address leads to the disk, and who has not its token sees nothing."""

from __future__ import annotations

import json
import secrets
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from http import HTTPStatus
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import PurePosixPath
from urllib.parse import urlsplit

from finsam.run.bevaka.foljer import med_skript
from finsam.run.bevaka.tavla import Tavla

HÄR = "127.0.0.1"
NYTT = "nytt"
"""What the page asks to know what is new."""
VÄNTAR = 20.0
"""Seconds that such a question waits for its answer."""
_TYPER = {".html": "text/html; charset=utf-8", ".pdf": "application/pdf", ".json": "application/json"}
Hämta = Callable[[str], bytes | None]


class Sidserver(ThreadingHTTPServer):
    """Serves the files of a `Tavla`, and those that `hämta` has by name, under an address that only this run knows."""

    daemon_threads = True

    def __init__(self, tavla: Tavla, sida: str, hämta: Hämta = lambda _: None) -> None:
        super().__init__((HÄR, 0), _Svarare)
        self.tavla, self.sida, self.hämta = tavla, sida, hämta
        self.nyckel = secrets.token_urlsafe(18)

    @property
    def adress(self) -> str:
        """Where the page is."""
        return f"http://{HÄR}:{self.server_port}/{self.nyckel}/{self.sida}"

    @contextmanager
    def igång(self) -> Iterator[None]:
        """Serve in a thread of its own."""
        tråd = threading.Thread(target=self.serve_forever, kwargs={"poll_interval": 0.05}, daemon=True)
        tråd.start()
        try:
            yield
        finally:
            self.shutdown()
            self.server_close()


class _Svarare(BaseHTTPRequestHandler):
    server: Sidserver
    protocol_version = "HTTP/1.1"
    server_version, sys_version = "finsam", ""

    def do_GET(self) -> None:
        """Answer what is asked for by name, when it is asked by who has the address."""
        delar = urlsplit(self.path)
        värdar = {f"{namn}:{self.server.server_port}" for namn in (HÄR, "localhost")}
        _, nyckel, namn = (*delar.path.split("/", 2), "", "")[:3]
        if self.headers.get("Host") not in värdar or not secrets.compare_digest(
            nyckel.encode(), self.server.nyckel.encode()
        ):
            self._svara(HTTPStatus.NOT_FOUND, b"", "text/plain")
        elif namn == NYTT:
            efter = int(delar.query) if delar.query.isascii() and delar.query.isdecimal() else -1
            läge = self.server.tavla.vänta(efter, VÄNTAR)
            self._svara(HTTPStatus.OK, json.dumps(läge.json()).encode(), _TYPER[".json"])
        else:
            self._svara_fil(namn or self.server.sida)

    def _svara_fil(self, namn: str) -> None:
        data = self.server.tavla.läge.filer.get(namn)
        if data is None:
            data = self.server.hämta(namn)
        typ = _TYPER.get(PurePosixPath(namn).suffix, "")
        if namn == self.server.sida:
            nyckel = secrets.token_urlsafe(12)
            data = med_skript((data or b"").decode(), self.server.tavla.läge, nyckel).encode()
            self._svara(HTTPStatus.OK, data, typ, skript=f"'nonce-{nyckel}'")
        elif data is None or not typ:
            self._svara(HTTPStatus.NOT_FOUND, b"", "text/plain")
        else:
            self._svara(HTTPStatus.OK, data, typ)

    def _svara(self, kod: HTTPStatus, data: bytes, typ: str, skript: str = "'none'") -> None:
        får = f"default-src 'none'; style-src 'unsafe-inline'; img-src data:; connect-src 'self'; script-src {skript}"
        self.send_response(kod)
        for namn, värde in {
            "Content-Type": typ,
            "Content-Length": str(len(data)),
            "Content-Security-Policy": f"{får}; frame-ancestors 'none'; base-uri 'none'; form-action 'none'",
            "Cache-Control": "no-store",
            "Referrer-Policy": "no-referrer",
            "X-Content-Type-Options": "nosniff",
            "Cross-Origin-Resource-Policy": "same-origin",
        }.items():
            self.send_header(namn, värde)
        self.end_headers()
        if self.command != "HEAD":
            self.wfile.write(data)

    do_HEAD = do_GET

    def log_message(self, format: str, *args: object) -> None:
        """Say nothing of what is asked for."""

    def handle_one_request(self) -> None:
        """One question; who has gone away is nothing to tell of."""
        try:
            super().handle_one_request()
        except (ConnectionError, TimeoutError):
            self.close_connection = True
