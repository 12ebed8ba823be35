"""Run a call in another thread, to prefetch the next page or to give up on an answer that does not end."""

import threading
from collections.abc import Callable
from concurrent.futures import Future
from typing import TypeVar

Result = TypeVar("Result")


def begin(call: Callable[[], Result]) -> "Future[Result]":
    """Begin a call in another thread; the future has its result, or raises its error."""
    future: Future[Result] = Future()

    def work() -> None:
        try:
            future.set_result(call())
        except BaseException as error:  # noqa: BLE001 - raised where the result is asked for
            future.set_exception(error)

    # A daemon: who interrupts the run waits for no answer.
    threading.Thread(target=work, daemon=True).start()
    return future
