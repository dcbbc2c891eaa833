"""A small real web server on loopback for tests: whoever plays somebody else's service inherits from it."""

import json
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import parse_qs, urlsplit


class Service:
    """Answers by methods named after paths; `asked` keeps what came. An int or (status, body, headers) is an answer."""

    def __init__(self) -> None:
        self.asked: list[tuple[str, str, dict[str, str], dict[str, str]]] = []  # method, path, fields, headers
        self.bodies: list[str] = []  # as they came
        self.url = ""
        self.over = threading.Event()  # ends every slow answer

    def answer(self, method: str, path: str, fields: dict[str, str], headers: dict[str, str]) -> Any:
        raise NotImplementedError


def drip(service: Service, pieces: int = 600) -> Iterator[bytes]:
    """A body that comes a byte at a time, for longer than anybody should wait."""
    for _ in range(pieces):
        if service.over.wait(0.05):
            return
        yield b" "


class _Handler(BaseHTTPRequestHandler):
    service: Service  # given by a subclass for each server

    def do_GET(self) -> None:
        parts = urlsplit(self.path)
        body = self.rfile.read(int(self.headers.get("Content-Length") or 0)).decode()
        fields = {name: values[0] for name, values in {**parse_qs(parts.query), **parse_qs(body)}.items()}
        headers = {name.lower(): value for name, value in self.headers.items()}
        self.service.bodies.append(body)
        self.service.asked.append((self.command, parts.path, fields, headers))
        found = self.service.answer(self.command, parts.path, fields, headers)
        self._send(*(found if isinstance(found, tuple) else (200, found, {})))

    do_POST = do_GET

    def _send(self, status: int, content: Any, more: dict[str, str]) -> None:
        self.send_response(status)
        for name, value in {"Content-Type": "application/json", **more}.items():
            self.send_header(name, value)
        self.end_headers()
        try:
            for piece in _pieces(content):
                self.wfile.write(piece)
                self.wfile.flush()
        except OSError:
            pass  # who asked has gone

    def log_message(self, *args: Any) -> None:
        pass


@contextmanager
def serving(service: Service) -> Iterator[Service]:
    server = ThreadingHTTPServer(("127.0.0.1", 0), type("Handler", (_Handler,), {"service": service}))
    server.daemon_threads = True
    service.url = f"http://127.0.0.1:{server.server_port}"
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True)
    thread.start()
    try:
        yield service
    finally:
        service.over.set()
        server.shutdown()
        server.server_close()
        thread.join(timeout=5)


def _pieces(content: Any) -> Iterator[bytes]:
    if isinstance(content, bytes):
        yield content
    elif isinstance(content, Iterator):
        yield from content
    else:
        yield json.dumps(content).encode()
