"""One session per server: address, key, timeouts, retries, and errors that say what to do.

Knows HTTP, and neither Emby nor TMDB nor any table.
"""

import email.utils
import json
import ssl
from collections.abc import Callable, Iterator, Mapping
from datetime import UTC, datetime
from http import HTTPStatus
from time import monotonic
from typing import Any, TypeVar
from urllib.parse import urlsplit

import requests
import stamina
import urllib3

from extract.errors import ApiError, UnreachableError
from extract.sources.background import begin
from extract.sources.json_answer import parse_json
from extract.sources.masking import Masker

CONNECT_TIMEOUT_SECONDS = 10.0
# Large libraries and long histories keep a home server busy for a while before it answers.
READ_TIMEOUT_SECONDS = 120.0
# An answer that still comes after so long never ends: a server that drips would hold the run for ever.
LONGEST_ANSWER_SECONDS = 300.0
# Of the body, unpacked. A page of the library or the history has a few megabytes.
LONGEST_BODY_BYTES = 64_000_000
PIECE_BYTES = 65_536
ATTEMPTS = 6
# Where nothing answers at all, more tries are in vain.
CONNECTION_ATTEMPTS = 3
LONGEST_PAUSE_SECONDS = 60.0
LONGEST_PAUSE_ASKED_FOR_SECONDS = 600.0
EXCERPT_LENGTH = 200
# What a server cannot do now it cannot do in a minute either.
LASTING_STATUSES = frozenset({HTTPStatus.NOT_IMPLEMENTED, HTTPStatus.HTTP_VERSION_NOT_SUPPORTED})

Failure = TypeVar("Failure", bound=ApiError)
Params = Mapping[str, Any]
Explain = Callable[[int, str], str | None]
OnResponse = Callable[[requests.Response], None]


def ignore(_: requests.Response) -> None:
    """Hear of an answer, and do nothing."""


class RetryableError(ApiError):
    """A failure that may pass. `retry_after` is the pause in seconds the server asked for, if it did."""

    def __init__(self, message: str, retry_after: float | None = None) -> None:
        super().__init__(message)
        self.retry_after = retry_after


class NoConnectionError(RetryableError):
    """No connection could be made at all."""


class StatusError(ApiError):
    """A status other than 200 that will not pass by itself. `status`: which."""

    def __init__(self, message: str, status: int) -> None:
        super().__init__(message)
        self.status = status


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
    """JSON from one server.

    `service` names it in messages. `explain` may turn a status and a path into the likely cause. `on_response` hears
    of every answer, whatever it is.
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
        self._mask = auth.masker.in_text

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
        """Return the answer of `GET path` as it is, after a single try."""
        try:
            return self._send("GET", path).text
        except NoConnectionError as error:
            raise UnreachableError(str(error), self.service) from None

    def _ask(self, method: str, path: str, **what: Any) -> Any:
        for attempt in stamina.retry_context(
            on=_pause_before_retry,
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
                return self._parse(f"{self.service}: {method} {path}", path, response)
        raise AssertionError("a retry context either returns or raises")

    def _send(self, method: str, path: str, **what: Any) -> requests.Response:
        where = f"{self.service}: {method} {path}"
        self.request_count += 1
        # In another thread, because no timeout of a socket bounds the whole of an answer.
        answer = begin(lambda: self._exchange(where, method, path, **what))
        try:
            response = answer.result(LONGEST_ANSWER_SECONDS)
        except TimeoutError:
            raise self._error(ApiError, f"{where}: {self._too_slow()}") from None
        self._on_response(response)
        return response

    def _exchange(self, where: str, method: str, path: str, **what: Any) -> requests.Response:
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
            body = b"".join(self._iter_body(where, response))
        except requests.exceptions.SSLError as error:
            raise self._error(ApiError, f"{where}: {_explain_tls(error, self._base_url)}") from None
        except (requests.exceptions.Timeout, urllib3.exceptions.ReadTimeoutError) as error:
            kind = NoConnectionError if isinstance(error, requests.exceptions.ConnectTimeout) else RetryableError
            raise self._error(
                kind,
                f"{where}: no answer in time from {self._base_url} ({self._timeouts[0]:g} s to connect, "
                f"{self._timeouts[1]:g} s to answer). Is the server up, and not overloaded?",
            ) from None
        except (requests.exceptions.ConnectionError, urllib3.exceptions.HTTPError, OSError) as error:
            if isinstance(error, requests.exceptions.RequestException) and not isinstance(
                error, requests.exceptions.ConnectionError | requests.exceptions.ChunkedEncodingError
            ):
                raise self._error(ApiError, f"{where}: the request could not be made ({_innermost(error)}).") from None
            is_new = any(isinstance(cause, urllib3.exceptions.NewConnectionError) for cause in _chain(error))
            raise self._error(
                NoConnectionError if is_new else RetryableError,
                f"{where}: the connection failed ({_innermost(error)}). "
                f"Is {self._base_url} the right address, and the server up?{_maybe_tls(error, self._base_url)}",
            ) from None
        # requests has no other way to take a body that somebody else has read.
        response._content = self._auth.masker.in_body(body)  # noqa: SLF001
        return response

    def _iter_body(self, where: str, response: requests.Response) -> Iterator[bytes]:
        """Yield the unpacked body in small pieces, as they come, within bounds of time and memory."""
        ends, length = monotonic() + LONGEST_ANSWER_SECONDS, 0
        with response:
            while piece := response.raw.read1(PIECE_BYTES, decode_content=True):
                length += len(piece)
                if length > LONGEST_BODY_BYTES:
                    raise self._error(
                        ApiError,
                        f"{where}: the answer is longer than {LONGEST_BODY_BYTES / 1e6:,.0f} MB. If it is a page of a "
                        "real library, ask for smaller ones with --page-size; else another server answers there.",
                    )
                if monotonic() > ends:
                    raise self._error(ApiError, f"{where}: {self._too_slow()}")
                yield piece

    def _too_slow(self) -> str:
        return (
            f"the answer was not complete after {LONGEST_ANSWER_SECONDS:g} s, though something still came. "
            f"Is {self._base_url} really the server, or is the network between in trouble?"
        )

    def _parse(self, where: str, path: str, response: requests.Response) -> Any:
        status = response.status_code
        if status == HTTPStatus.TOO_MANY_REQUESTS or (
            status >= HTTPStatus.INTERNAL_SERVER_ERROR and status not in LASTING_STATUSES
        ):
            error = self._error(
                RetryableError, f"{where}: status {status} {response.reason}. If that lasts, the server's log says why."
            )
            error.retry_after = _retry_after_seconds(response)
            raise error
        if response.is_redirect:
            target, *_ = response.headers["location"].partition("?")
            raise self._error(
                ApiError,
                f"{where}: status {status}, a redirect to {target}. "
                "Redirects are not followed with a key in hand: put the address they lead to into the settings.",
            )
        if status != HTTPStatus.OK:
            cause = self._explain(status, path) or f"It said: {self._excerpt(response)!r}"
            failure = self._error(StatusError, f"{where}: status {status} {response.reason}. {cause}", status)
            raise failure
        content_type = response.headers.get("content-type", "")
        if "json" not in content_type:
            raise self._error(
                ApiError,
                f"{where}: status 200, but {content_type or 'something unnamed'} instead of JSON: "
                f"{self._excerpt(response)!r}. Another server, or a reverse proxy, answers at "
                f"{self._base_url}: check the address, and the path behind the host name.",
            )
        # JSON is UTF-8, whatever a header says; a byte that is none must not lose the page.
        text = response.content.decode("utf-8-sig", errors="replace")
        try:
            return parse_json(text)
        except json.JSONDecodeError as error:
            raise self._error(
                RetryableError,
                f"{where}: status 200, but the JSON is broken at character {error.pos} of "
                f"{len(text)}: the answer was cut short, or is none.",
            ) from None

    def _error(self, kind: type[Failure], message: str, *details: Any) -> Failure:
        """Return an error whose message holds no secret: every message of this module is made here."""
        return kind(self._mask(message), *details)

    def _excerpt(self, response: requests.Response) -> str:
        # Masked before it is cut: half a key is half a secret.
        return " ".join(self._mask(response.text[: 50 * EXCERPT_LENGTH])[:EXCERPT_LENGTH].split())


def _pause_before_retry(error: Exception) -> bool | float:
    """Tell the retry library whether to go on, and for how long to wait if the server said so."""
    if not isinstance(error, RetryableError):
        return False
    if error.retry_after is None:
        return True
    return min(error.retry_after, LONGEST_PAUSE_ASKED_FOR_SECONDS)


def _retry_after_seconds(response: requests.Response) -> float | None:
    value = response.headers.get("retry-after")
    if value is None:
        return None
    if value.strip().isdecimal():
        return float(value)
    try:
        at = email.utils.parsedate_to_datetime(value)
    except ValueError:
        return None
    if at.tzinfo is None:
        at = at.replace(tzinfo=UTC)
    return max(0.0, (at - datetime.now(UTC)).total_seconds())


def _chain(error: BaseException) -> Iterator[BaseException]:
    """Yield an exception and what it came from."""
    cause: BaseException | None = error
    while cause is not None:
        yield cause
        # urllib3 keeps the reason of a failed connection apart.
        cause = cause.__cause__ or cause.__context__ or getattr(cause, "reason", None)


def _explain_tls(error: Exception, base_url: str) -> str:
    """Return why no trusted connection came about: another protocol, or which fault of the certificate."""
    root = _innermost(error)
    plain = base_url.replace("https://", "http://", 1)
    if any(
        word in root.upper() for word in ("WRONG_VERSION_NUMBER", "RECORD LAYER", "HTTP_REQUEST", "UNKNOWN_PROTOCOL")
    ):
        return f"the server speaks no TLS at this port ({root}). Write {plain} instead."
    verification = next((e for e in _chain(error) if isinstance(e, ssl.SSLCertVerificationError)), None)
    if verification is None:
        return f"no secure connection came about ({root}). Is {base_url} the right address and port?"
    said = verification.verify_message
    if "expired" in said:
        return f"the server's certificate has expired ({said}). Renew it on the server."
    if "match" in said.lower():
        return f"the server's certificate is for another name ({said}). Use the name that it is for in the address."
    return (
        f"the server's certificate is not trusted ({said}). Put the certificate that signed it into EMBY_CA_FILE, "
        "or, on a network that you trust, set EMBY_VERIFY_TLS=false."
    )


def _maybe_tls(error: Exception, base_url: str) -> str:
    """Return a hint where a plain request may have met a port that speaks TLS."""
    is_cut = any(isinstance(cause, urllib3.exceptions.ProtocolError) for cause in _chain(error))
    if urlsplit(base_url).scheme == "http" and is_cut:
        return " If that port is the server's secure one, the address begins with https://"
    return ""


def _innermost(error: BaseException) -> str:
    """Name the root of a chain of exceptions; the outer ones repeat the whole address."""
    root = error
    while root.__context__ is not None:
        root = root.__context__
    return f"{type(root).__name__}: {root}"
