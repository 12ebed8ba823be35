"""A certificate of the server's own making, as is common at home. The one here is for 127.0.0.1 and no secret."""

import ssl
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Thread

import pytest

from extract.demo.loopback import Response, serve
from extract.errors import ApiError
from extract.settings import EmbySettings
from extract.sources import emby

FILES = Path(__file__).parent / "tls"


class Handler(BaseHTTPRequestHandler):
    def do_GET(self) -> None:
        self.send_response(200)
        self.send_header("Content-Type", "application/json")
        self.end_headers()
        self.wfile.write(b"[]")

    def log_message(self, *_: object) -> None:
        pass


@pytest.fixture
def address() -> Iterator[str]:
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(FILES / "certificate.pem", FILES / "key.pem")
    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    server.socket = context.wrap_socket(server.socket, server_side=True)
    thread = Thread(target=server.serve_forever, daemon=True)
    thread.start()
    yield f"https://127.0.0.1:{server.server_port}"
    server.shutdown()
    server.server_close()
    thread.join()


def test_an_unknown_certificate_is_refused_at_once_with_the_cure(address: str) -> None:
    client = emby.connect(EmbySettings(address, "key"))
    with pytest.raises(ApiError, match="certificate is not trusted.*EMBY_CA_FILE"):
        client.get_json("/Items")
    assert client.request_count == 1


@pytest.mark.parametrize("verify", [str(FILES / "certificate.pem"), False], ids=["known", "unchecked"])
def test_a_certificate_that_is_known_or_not_checked_is_taken(
    address: str, monkeypatch: pytest.MonkeyPatch, *, verify: str | bool
) -> None:
    # What the system says of certificates must not win over the settings.
    monkeypatch.setenv("REQUESTS_CA_BUNDLE", "/etc/hostname")
    assert emby.connect(EmbySettings(address, "key", verify)).get_json("/Items") == []


def test_a_plain_server_is_not_taken_for_one_with_an_unknown_certificate() -> None:
    with serve(lambda _: Response(body=b"[]")) as plain:
        address = plain.replace("http://", "https://")
        client = emby.connect(EmbySettings(address, "key"))
        with pytest.raises(ApiError, match=f"does not use TLS on this port.*Write {plain} instead") as caught:
            client.get_json("/Items")
    assert "certificate" not in str(caught.value)
    assert client.request_count == 1


def test_a_plain_request_to_a_secure_port_is_told_what_may_be_wrong(address: str) -> None:
    client = emby.connect(EmbySettings(address.replace("https://", "http://"), "key"))
    with pytest.raises(ApiError, match="the address begins with https://"):
        client.get_json("/Items")


def test_a_certificate_for_another_name_is_told_from_an_unknown_one(address: str) -> None:
    elsewhere = address.replace("127.0.0.1", "localhost")
    client = emby.connect(EmbySettings(elsewhere, "key", str(FILES / "certificate.pem")))
    with pytest.raises(ApiError, match="is for another name"):
        client.get_json("/Items")
