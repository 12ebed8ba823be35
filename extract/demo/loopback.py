"""An HTTP server on 127.0.0.1 whose answers a function gives."""

import re
import threading
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from http import HTTPStatus
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import parse_qsl, urlsplit


@dataclass(frozen=True)
class Request:
    """A request to the server. `path` is without a leading `/emby`."""

    method: str
    path: str
    query: Mapping[str, str]
    headers: Mapping[str, str]
    body: bytes = b""


@dataclass(frozen=True)
class Response:
    """The answer to a request."""

    status: int = HTTPStatus.OK
    body: bytes = b""
    content_type: str = "application/json; charset=utf-8"
    headers: Mapping[str, str] = field(default_factory=dict)
    reason: str | None = None


Answer = Callable[[Request], Response]


@contextmanager
def serve(answer: Answer, port: int = 0) -> Iterator[str]:
    """Serve on 127.0.0.1, by default on a free port, until the block ends. Yields the address."""

    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"
        wbufsize = -1  # head and body in one packet: two of them wait 40 ms for each other

        def do_GET(self) -> None:
            self._answer()

        def do_POST(self) -> None:
            self._answer()

        def _answer(self) -> None:
            parts = urlsplit(self.path)
            request = Request(
                method=self.command,
                path=re.sub(r"^/emby(?=/)", "", parts.path),
                query=dict(parse_qsl(parts.query, keep_blank_values=True)),
                headers=dict(self.headers),
                body=self.rfile.read(int(self.headers.get("content-length", 0))),
            )
            response = answer(request)
            self.send_response(response.status, response.reason)
            headers = {"Content-Type": response.content_type, "Content-Length": str(len(response.body))}
            for name, value in (headers | dict(response.headers)).items():
                self.send_header(name, value)
            self.end_headers()
            self.wfile.write(response.body)
            if "Connection" in response.headers:
                self.close_connection = True

        def log_message(self, *_: Any) -> None:
            """Keep the terminal for the one who watches the extractor."""

    server = ThreadingHTTPServer(("127.0.0.1", port), Handler)
    server.daemon_threads = True
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.05}, daemon=True)
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.server_port}"
    finally:
        server.shutdown()
        server.server_close()
        thread.join()
