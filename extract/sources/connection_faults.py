"""Explain why a request got no answer: which error to raise, and a message that says what to do."""

import ssl
from collections.abc import Iterator
from urllib.parse import urlsplit

import requests
import urllib3

from extract.errors import ApiError
from extract.sources.retries import NoConnectionError, RetryableError


def explain_failure(error: Exception, base_url: str, timeouts: tuple[float, float]) -> tuple[type[ApiError], str]:
    """Return the class and the message of the error to raise for an error of requests, urllib3 or the system.

    `timeouts`: to connect and to answer, in seconds. The message may hold secrets: the caller masks it.
    """
    if isinstance(error, requests.exceptions.SSLError):
        return ApiError, _explain_tls(error, base_url)
    if isinstance(error, requests.exceptions.Timeout | urllib3.exceptions.ReadTimeoutError):
        kind = NoConnectionError if isinstance(error, requests.exceptions.ConnectTimeout) else RetryableError
        return kind, (
            f"no answer in time from {base_url} ({timeouts[0]:g} s to connect, "
            f"{timeouts[1]:g} s to answer). Is the server up, and not overloaded?"
        )
    if isinstance(error, requests.exceptions.RequestException) and not isinstance(
        error, requests.exceptions.ConnectionError | requests.exceptions.ChunkedEncodingError
    ):
        return ApiError, f"the request could not be made ({_innermost(error)})."
    is_new = any(isinstance(cause, urllib3.exceptions.NewConnectionError) for cause in _chain(error))
    return NoConnectionError if is_new else RetryableError, (
        f"the connection failed ({_innermost(error)}). "
        f"Is {base_url} the right address, and the server up?{_maybe_tls(error, base_url)}"
    )


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
        return f"the server does not use TLS on this port ({root}). Write {plain} instead."
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
