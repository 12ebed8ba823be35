import threading
from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime

import pytest
import stamina
from stamina.instrumentation import RetryDetails, get_on_retry_hooks, set_on_retry_hooks

from extract.demo.loopback import Request, Response, serve
from extract.errors import ApiError
from extract.sources.http import Client, HeaderAuth
from extract.sources.retries import ATTEMPTS, RetryableError, pause_before_retry
from tests.servers import Script, json_response, plain_client

CUT_SHORT = Response(body=b'{"Items": [{"Id"')
HANG_UP = Response(headers={"Content-Length": "100", "Connection": "close"}, body=b"[1,")


def well(_: Request) -> Response:
    return json_response([1])


@pytest.fixture
def pauses() -> Iterator[list[float]]:
    """Collect the pauses that retries ask for."""
    asked: list[float] = []

    def note(details: RetryDetails) -> None:
        asked.append(details.wait_for)

    before = get_on_retry_hooks()
    set_on_retry_hooks([note])
    yield asked
    set_on_retry_hooks(before)


@pytest.mark.parametrize(
    "fault",
    [
        *(
            pytest.param(Response(status, b"busy", "text/plain"), id=str(status))
            for status in (429, 500, 502, 503, 504)
        ),
        pytest.param(CUT_SHORT, id="truncated JSON"),
        pytest.param(HANG_UP, id="reset"),
    ],
)
def test_a_fault_that_passes_leaves_no_trace(fault: Response) -> None:
    script = Script(well, *[fault] * (ATTEMPTS - 1))
    with plain_client(script) as client:
        assert client.get_json("/list") == [1]
    assert len(script.requests) == client.request_count == ATTEMPTS


@pytest.mark.parametrize(
    ("fault", "said"),
    [
        (Response(500, b"", "text/plain"), "status 500"),
        (Response(429, b"", "text/plain"), "status 429"),
        (CUT_SHORT, "JSON is broken"),
        (HANG_UP, "connection failed"),
    ],
)
def test_a_fault_that_stays_is_told_with_path_and_cause(fault: Response, said: str) -> None:
    script = Script(well, *[fault] * ATTEMPTS)
    with plain_client(script) as client, pytest.raises(ApiError, match=said) as caught:
        client.get_json("/list")
    assert "/list" in str(caught.value)
    assert len(script.requests) == ATTEMPTS


def test_a_server_that_does_not_answer_is_given_up_in_time() -> None:
    released = threading.Event()

    def silent(_: Request) -> Response:
        released.wait(30)
        return json_response([])

    with plain_client(silent, timeouts=(5, 0.05)) as client:
        with pytest.raises(ApiError, match="no answer in time"):
            client.get_json("/list")
        released.set()
    assert client.request_count == ATTEMPTS


def test_nobody_at_the_address() -> None:
    with plain_client(well) as client:
        pass
    with pytest.raises(ApiError, match=r"connection failed.*Is http://127\.0\.0\.1:\d+ the right address"):
        client.get_json("/list")


def test_pauses_grow(pauses: list[float]) -> None:
    with stamina.set_testing(False), plain_client(Script(well, *[Response(503)] * 2)) as client:
        client.get_json("/list")
    assert len(pauses) == 2
    assert 0.5 <= pauses[0] <= 1.0 <= pauses[1] <= 1.5


@pytest.mark.parametrize(
    ("header", "wanted"),
    [
        pytest.param(lambda: "0", 0.0, id="no time"),
        pytest.param(lambda: "1", 1.0, id="seconds"),
        pytest.param(lambda: format_datetime(datetime.now(UTC) - timedelta(hours=1)), 0.0, id="date"),
    ],
)
def test_the_server_may_name_the_pause(pauses: list[float], header: Callable[[], str], wanted: float) -> None:
    busy = Response(429, headers={"Retry-After": header()})
    with stamina.set_testing(False), plain_client(Script(well, busy)) as client:
        client.get_json("/list")
    assert pauses == [wanted]


@pytest.mark.parametrize("header", ["soon", "-3"])
def test_a_pause_that_cannot_be_read_is_ours(pauses: list[float], header: str) -> None:
    busy = Response(429, headers={"Retry-After": header})
    with stamina.set_testing(False), plain_client(Script(well, busy)) as client:
        client.get_json("/list")
    assert pauses[0] >= 0.5


@pytest.mark.parametrize(
    ("response", "said"),
    [
        (Response(body=b"<html>Welcome</html>", content_type="text/html"), r"text/html instead of JSON.*Welcome"),
        (Response(404, b"nothing here", "text/plain"), "status 404.*nothing here"),
        (Response(302, headers={"Location": "http://elsewhere/"}), "redirect to http://elsewhere/"),
    ],
)
def test_what_will_not_pass_is_told_at_once(response: Response, said: str) -> None:
    script = Script(well, response)
    with plain_client(script) as client, pytest.raises(ApiError, match=said):
        client.get_json("/list")
    assert len(script.requests) == 1


def test_the_key_travels_in_a_header_and_nowhere_else() -> None:
    script = Script(well, Response(403, b"no", "text/plain"))
    with plain_client(script) as client:
        with pytest.raises(ApiError) as caught:
            client.get_json("/list", {"a": 1})
        assert "secret" not in str(caught.value)
    assert script.requests[0].headers["X-Test"] == "secret"
    assert "secret" not in f"{script.requests[0].path} {script.requests[0].query}"


def test_a_sub_path_is_kept_and_slashes_are_not_doubled() -> None:
    script = Script(well)
    with serve(script) as address:
        for url in (f"{address}/media/emby", f"{address}/media/emby/"):
            Client("Test", url, HeaderAuth("X", "y"), explain=lambda _status, _path: None).get_json("/Items")
    assert [request.path for request in script.requests] == ["/media/emby/Items"] * 2


@pytest.mark.parametrize(("asked", "granted"), [(300.0, 300.0), (6000.0, 600.0)])
def test_a_pause_that_is_asked_for_is_granted_up_to_ten_minutes(asked: float, granted: float) -> None:
    assert pause_before_retry(RetryableError("busy", asked)) == granted
