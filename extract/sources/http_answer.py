"""What is expected of an answer: status 200 and JSON. Anything else becomes an error that says what to do."""

import json
from collections.abc import Callable
from dataclasses import dataclass
from http import HTTPStatus
from typing import Any, TypeVar

import requests

from extract.errors import ApiError
from extract.sources.json_answer import parse_json
from extract.sources.retries import RetryableError, retry_after_seconds

EXCERPT_LENGTH = 200
# What a server cannot do now it cannot do in a minute either.
LASTING_STATUSES = frozenset({HTTPStatus.NOT_IMPLEMENTED, HTTPStatus.HTTP_VERSION_NOT_SUPPORTED})

Failure = TypeVar("Failure", bound=ApiError)


class StatusError(ApiError):
    """A status other than 200 that will not pass by itself. `status`: which."""

    def __init__(self, message: str, status: int) -> None:
        super().__init__(message)
        self.status = status


@dataclass(frozen=True)
class RequestErrors:
    """Makes the errors of one request. No message of theirs holds a secret.

    `where`: service, method and path, with which every message begins. `mask` takes secrets out of a text.
    """

    where: str
    base_url: str
    mask: Callable[[str], str]

    def make(self, kind: type[Failure], message: str, *details: Any) -> Failure:
        """Return an error, to be raised."""
        return kind(self.mask(f"{self.where}: {message}"), *details)

    def excerpt(self, response: requests.Response) -> str:
        """Return the beginning of an answer, for a message."""
        # Masked before it is cut: half a key is half a secret.
        return " ".join(self.mask(response.text[: 50 * EXCERPT_LENGTH])[:EXCERPT_LENGTH].split())


def parse_answer(response: requests.Response, cause: str | None, errors: RequestErrors) -> Any:
    """Return the JSON of a complete answer. `cause`: what its status probably comes from, where that is known.

    Raises: RetryableError for 429, for 5xx that may pass, and for JSON that is broken; StatusError for any other status
    but 200; ApiError for a redirect, and for what is not JSON.
    """
    status = response.status_code
    if status == HTTPStatus.TOO_MANY_REQUESTS or (
        status >= HTTPStatus.INTERNAL_SERVER_ERROR and status not in LASTING_STATUSES
    ):
        error = errors.make(
            RetryableError, f"status {status} {response.reason}. If that lasts, the server's log says why."
        )
        error.retry_after = retry_after_seconds(response)
        raise error
    if response.is_redirect:
        target, *_ = response.headers["location"].partition("?")
        raise errors.make(
            ApiError,
            f"status {status}, a redirect to {target}. "
            "Redirects are not followed with a key in hand: put the address they lead to into the settings.",
        )
    if status != HTTPStatus.OK:
        cause = cause or f"It said: {errors.excerpt(response)!r}"
        failure = errors.make(StatusError, f"status {status} {response.reason}. {cause}", status)
        raise failure
    content_type = response.headers.get("content-type", "")
    if "json" not in content_type:
        raise errors.make(
            ApiError,
            f"status 200, but {content_type or 'something unnamed'} instead of JSON: "
            f"{errors.excerpt(response)!r}. Another server, or a reverse proxy, answers at "
            f"{errors.base_url}: check the address, and the path behind the host name.",
        )
    # JSON is UTF-8, whatever a header says; a byte that is none must not lose the page.
    text = response.content.decode("utf-8-sig", errors="replace")
    try:
        return parse_json(text)
    except json.JSONDecodeError as error:
        raise errors.make(
            RetryableError,
            f"status 200, but the JSON is broken at character {error.pos} of "
            f"{len(text)}: the answer was cut short, or is none.",
        ) from None
