"""Fetch and parse what the extractor fetched, and nothing else: the least that any extractor takes.

`python -m tests.bench.fetch ADDRESS FILE` asks what the file says was asked.
"""

import json
import sys
from pathlib import Path

import requests

from extract.demo.servers import API_KEY


def main() -> None:
    """Ask, parse, and forget."""
    address, file = sys.argv[1], Path(sys.argv[2])
    asked = [json.loads(line) for line in file.read_text(encoding="utf-8").splitlines()]
    with requests.Session() as session:
        session.headers.update({"X-Emby-Token": API_KEY, "Content-Type": "application/json"})
        for request in asked:
            method, path = request.pop("method"), request.pop("path")
            session.request(method, address + path, **request, timeout=600).json()


if __name__ == "__main__":
    main()
