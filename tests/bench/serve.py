"""Serve a long history, and the same one a night later, from a process of their own.

`python -m tests.bench.serve EVENT_COUNT FOLDER` prints two addresses, a line each, and serves until its input ends.
What it was asked is written to FOLDER, a file an address, so that it can be asked again.
"""

import json
import sys
from contextlib import ExitStack
from pathlib import Path

from extract.demo.loopback import Request, Response, serve
from extract.demo.servers import Emby
from tests.bench.history import make_households


class Recorded:
    """An Emby that remembers what it was asked."""

    def __init__(self, emby: Emby, file: Path) -> None:
        self._emby = emby
        self._file = file

    def __call__(self, request: Request) -> Response:
        """Answer a request."""
        with self._file.open("a", encoding="utf-8") as file:
            asked = {"method": request.method, "path": request.path, "params": dict(request.query)}
            print(json.dumps(asked | {"data": request.body.decode()}), file=file)
        return self._emby(request)


def main() -> None:
    """Serve until standard input ends."""
    event_count, folder = int(sys.argv[1]), Path(sys.argv[2])
    with ExitStack() as stack:
        for name, household in zip(("history", "night"), make_households(event_count), strict=True):
            recorded = Recorded(Emby(household), folder / f"{name}.jsonl")
            print(stack.enter_context(serve(recorded)), flush=True)
        sys.stdin.read()


if __name__ == "__main__":
    main()
