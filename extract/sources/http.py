"""A client for one server that answers in JSON: address, key, timeouts, retries, and bounds of time and size."""

from collections.abc import Callable, Iterator, Mapping
from time import monotonic
from typing import Any

import requests
import stamina
import urllib3

from extract.errors import ApiError, UnreachableError
from extract.sources.background import begin
from extract.sources.connection_faults import explain_failure
from extract.sources.http_answer import RequestErrors, parse_answer
from extract.sources.masking import Masker
from extract.sources.retries import (
    ATTEMPTS,
    CONNECTION_ATTEMPTS,
    LONGEST_PAUSE_SECONDS,
    NoConnectionError,
    pause_before_retry,
)

CONNECT_TIMEOUT_SECONDS = 10.0
# Large libraries and long histories keep a home server busy for a while before it answers.
READ_TIMEOUT_SECONDS = 120.0
# An answer that still comes after so long never ends: a server that drips would hold the run for ever.
LONGEST_ANSWER_SECONDS = 300.0
# Of the body, unpacked. A page of the library or the history has a few megabytes.
LONGEST_BODY_BYTES = 64_000_000
PIECE_BYTES = 65_536

Params = Mapping[str, Any]
Explain = Callable[[int, str], str | None]
OnResponse = Callable[[requests.Response], None]


def ignore(_: requests.Response) -> None:
    """Do nothing with an answer."""


class HeaderAuth(requests.auth.AuthBase):
    """Put a secret into a header.

    An auth object, and not a session header, so that requests never reads a password for the host from ~/.netrc
    in its place, and so that the secret is in no object that a log or a traceback shows.
    """

    def __init__(self, header: str, secret: str) -> None:
        self.masker = Masker([secret, secret.rpartition(" ")[2]])
        self._header = header
        self._secret = secret

    def __call__(self, request: requests.PreparedRequest) -> requests.PreparedRequest:
        """Sign a request."""
        request.headers[self._header] = self._secret
        return request


class Client:
    """Asks one server, and returns its answers as parsed JSON.

    `service` names the server in messages. `explain` returns the likely cause of a status other than 200 at a path, or
    None. `verify`: as requests takes it. `timeouts`: to connect, and between two pieces of an answer, in seconds.
    `on_response` is called with every answer, whatever its status.
    """

    def __init__(
        self,
        service: str,
        base_url: str,
        auth: HeaderAuth,
        *,
        explain: Explain,
        verify: bool | str = True,
        timeouts: tuple[float, float] = (CONNECT_TIMEOUT_SECONDS, READ_TIMEOUT_SECONDS),
        on_response: OnResponse = ignore,
    ) -> None:
        self.service = service
        self.request_count = 0
        self._base_url = base_url.rstrip("/")
        self._explain = explain
        self._verify = verify
        if verify is False:
            # Whoever switched the check off knows; urllib3 would say so at every request.
            urllib3.disable_warnings(urllib3.exceptions.InsecureRequestWarning)
        self._timeouts = timeouts
        self._on_response = on_response
        self._auth = auth
        self._session = requests.Session()
        self._session.auth = auth
        self._session.headers["Accept"] = "application/json"

    def get_json(self, path: str, params: Params | None = None) -> Any:
        """Return the parsed answer of `GET path`; see `post_json`."""
        return self._ask("GET", path, params=params)

    def post_json(self, path: str, body: Mapping[str, Any]) -> Any:
        """Return the parsed answer of `POST path` with a JSON body. It may be sent more than once.

        Connection errors, timeouts, 429, 5xx and JSON that ends too early are tried again, with growing pauses or
        the one that `Retry-After` names, up to ten minutes.
        Raises: ApiError with the path, the status and the likely cause.
        """
        return self._ask("POST", path, json=body)

    def get_text(self, path: str) -> str:
        """Return the text of the answer to `GET path`, whatever its status. It is tried once.

        Raises: UnreachableError if no connection can be made, ApiError if no answer comes.
        """
        try:
            return self._send("GET", path).text
        except NoConnectionError as error:
            raise UnreachableError(str(error), self.service) from None

    def _ask(self, method: str, path: str, **what: Any) -> Any:
        for attempt in stamina.retry_context(
            on=pause_before_retry,
            attempts=ATTEMPTS,
            timeout=None,
            wait_initial=0.5,
            wait_max=LONGEST_PAUSE_SECONDS,
            wait_jitter=0.5,
        ):
            with attempt:
                try:
                    response = self._send(method, path, **what)
                except NoConnectionError as error:
                    if attempt.num >= CONNECTION_ATTEMPTS:
                        raise UnreachableError(str(error), self.service) from None
                    raise
                cause = self._explain(response.status_code, path)
                return parse_answer(response, cause, self._errors_of(method, path))
        raise AssertionError("a retry context either returns or raises")

    def _send(self, method: str, path: str, **what: Any) -> requests.Response:
        errors = self._errors_of(method, path)
        self.request_count += 1
        # In another thread, because no timeout of a socket bounds the whole of an answer.
        answer = begin(lambda: self._exchange(errors, method, path, **what))
        try:
            response = answer.result(LONGEST_ANSWER_SECONDS)
        except TimeoutError:
            raise errors.make(ApiError, self._too_slow()) from None
        self._on_response(response)
        return response

    def _exchange(self, errors: RequestErrors, method: str, path: str, **what: Any) -> requests.Response:
        """Send a request and read its answer, and turn every way in which that fails into an ApiError."""
        try:
            response = self._session.request(
                method,
                f"{self._base_url}/{path.lstrip('/')}",
                **what,
                timeout=self._timeouts,
                # Said on every call: requests lets REQUESTS_CA_BUNDLE win over what a session says.
                verify=self._verify,
                # A redirect may lead to another host, and the key must not follow it there.
                allow_redirects=False,
                stream=True,
            )
            body = b"".join(self._iter_body(errors, response))
        # Every error of requests is an OSError.
        except (urllib3.exceptions.HTTPError, OSError) as error:
            kind, why = explain_failure(error, self._base_url, self._timeouts)
            raise errors.make(kind, why) from None
        # requests has no other way to take a body that somebody else has read.
        response._content = self._auth.masker.in_body(body)  # noqa: SLF001
        return response

    def _iter_body(self, errors: RequestErrors, response: requests.Response) -> Iterator[bytes]:
        """Yield the unpacked body in small pieces, as they come, within bounds of time and memory."""
        ends, length = monotonic() + LONGEST_ANSWER_SECONDS, 0
        with response:
            while piece := response.raw.read1(PIECE_BYTES, decode_content=True):
                length += len(piece)
                if length > LONGEST_BODY_BYTES:
                    raise errors.make(
                        ApiError,
                        f"the answer is longer than {LONGEST_BODY_BYTES / 1e6:,.0f} MB. If it is a page of a "
                        "real library, ask for smaller ones with --page-size; else another server answers there.",
                    )
                if monotonic() > ends:
                    raise errors.make(ApiError, self._too_slow())
                yield piece

    def _too_slow(self) -> str:
        return (
            f"the answer was not complete after {LONGEST_ANSWER_SECONDS:g} s, though something still came. "
            f"Is {self._base_url} really the server, or is the network between in trouble?"
        )

    def _errors_of(self, method: str, path: str) -> RequestErrors:
        return RequestErrors(f"{self.service}: {method} {path}", self._base_url, self._auth.masker.in_text)
