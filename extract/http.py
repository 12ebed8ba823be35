"""One session per server: address, key, timeouts, retries, and errors that say what to do.

Knows HTTP, and neither Emby nor TMDB nor any table.
"""

import email.utils
from collections.abc import Callable, Mapping
from datetime import UTC, datetime
from http import HTTPStatus
from typing import Any

import requests
import stamina
import urllib3

from extract.errors import ApiError

CONNECT_TIMEOUT_SECONDS = 10.0
# Large libraries and long histories keep a home server busy for a while before it answers.
READ_TIMEOUT_SECONDS = 120.0
ATTEMPTS = 6
LONGEST_PAUSE_SECONDS = 60.0
LONGEST_PAUSE_ASKED_FOR_SECONDS = 600.0
EXCERPT_LENGTH = 200
# What a server cannot do now it cannot do in a minute either.
LASTING_STATUSES = frozenset({HTTPStatus.NOT_IMPLEMENTED, HTTPStatus.HTTP_VERSION_NOT_SUPPORTED})

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
        self._header = header
        self._secret = secret

    def hide_in(self, text: str) -> str:
        """Return the text without the secret."""
        return text.replace(self._secret, "***")

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
        return self._send("GET", path).text

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
                return self._parse(f"{self.service}: {method} {path}", path, self._send(method, path, **what))
        raise AssertionError("a retry context either returns or raises")

    def _send(self, method: str, path: str, **what: Any) -> requests.Response:
        where = f"{self.service}: {method} {path}"
        self.request_count += 1
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
            )
        except requests.exceptions.SSLError as error:
            raise ApiError(
                f"{where}: the server's certificate is not trusted ({_innermost(error)}). "
                "Put the certificate that signed it into EMBY_CA_FILE."
            ) from None
        except requests.exceptions.Timeout:
            raise RetryableError(
                f"{where}: no answer in time ({self._timeouts[0]:g} s to connect, "
                f"{self._timeouts[1]:g} s to answer). Is the server up, and not overloaded?"
            ) from None
        except (
            requests.exceptions.ConnectionError,
            requests.exceptions.ChunkedEncodingError,
            requests.exceptions.ContentDecodingError,
        ) as error:
            raise RetryableError(
                f"{where}: the connection failed ({_innermost(error)}). "
                f"Is {self._base_url} the right address, and the server up?"
            ) from None
        except requests.exceptions.RequestException as error:
            raise ApiError(f"{where}: the request could not be made ({_innermost(error)}).") from None
        self._on_response(response)
        return response

    def _parse(self, where: str, path: str, response: requests.Response) -> Any:
        status = response.status_code
        if status == HTTPStatus.TOO_MANY_REQUESTS or (
            status >= HTTPStatus.INTERNAL_SERVER_ERROR and status not in LASTING_STATUSES
        ):
            raise RetryableError(
                f"{where}: status {status} {response.reason}. If that lasts, the server's own log says why.",
                _retry_after_seconds(response),
            )
        if response.is_redirect:
            raise ApiError(
                f"{where}: status {status}, a redirect to {self._auth.hide_in(response.headers['location'])}. "
                "Redirects are not followed with a key in hand: put the address they lead to into the settings."
            )
        if status != HTTPStatus.OK:
            cause = self._explain(status, path) or f"It said: {self._excerpt(response)!r}"
            raise StatusError(f"{where}: status {status} {response.reason}. {cause}", status)
        content_type = response.headers.get("content-type", "")
        if "json" not in content_type:
            raise ApiError(
                f"{where}: status 200, but {content_type or 'something unnamed'} instead of JSON: "
                f"{self._excerpt(response)!r}. Another server, or a reverse proxy, answers at "
                f"{self._base_url}: check the address, and the path behind the host name."
            )
        try:
            return response.json()
        except requests.exceptions.JSONDecodeError as error:
            raise RetryableError(
                f"{where}: status 200, but the JSON is broken at character {error.pos} of "
                f"{len(response.text)}: the answer was cut short, or is none."
            ) from None

    def _excerpt(self, response: requests.Response) -> str:
        # A server that repeats the request in its error page repeats the key.
        return " ".join(self._auth.hide_in(response.text)[:EXCERPT_LENGTH].split())


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


def _innermost(error: BaseException) -> str:
    """Name the root of a chain of exceptions; the outer ones repeat the whole address."""
    root = error
    while root.__context__ is not None:
        root = root.__context__
    return f"{type(root).__name__}: {root}"
