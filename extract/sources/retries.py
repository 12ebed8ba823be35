"""Which failures of a request are temporary, and how long to wait before it is sent again."""

import email.utils
from datetime import UTC, datetime

import requests

from extract.errors import ApiError

ATTEMPTS = 6
# Where nothing answers at all, more tries are in vain.
CONNECTION_ATTEMPTS = 3
LONGEST_PAUSE_SECONDS = 60.0
LONGEST_PAUSE_ASKED_FOR_SECONDS = 600.0


class RetryableError(ApiError):
    """A failure that may be temporary. `retry_after`: the pause that the server asked for, in seconds, or None."""

    def __init__(self, message: str, retry_after: float | None = None) -> None:
        super().__init__(message)
        self.retry_after = retry_after


class NoConnectionError(RetryableError):
    """No connection could be made at all."""


def pause_before_retry(error: Exception) -> bool | float:
    """Return, for the retry library, whether to try again, or the pause in seconds if the server asked for one."""
    if not isinstance(error, RetryableError):
        return False
    if error.retry_after is None:
        return True
    return min(error.retry_after, LONGEST_PAUSE_ASKED_FOR_SECONDS)


def retry_after_seconds(response: requests.Response) -> float | None:
    """Return the pause of an answer's `Retry-After`, in seconds; None if there is none or it cannot be read."""
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
