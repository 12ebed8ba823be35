"""Chromium without a window: what it makes of a page, what it complains of, and whom it asked."""

import json
import os
import re
import shutil
import subprocess
import tempfile
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlsplit

import pytest

CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
# Where Chromium calls by itself, whatever page it shows.
OWN_HOSTS = re.compile(r"(^|\.)(google|googleapis|gstatic|gvt1)\.com$")
OPTIONS = (
    "--headless",
    "--no-sandbox",
    "--disable-background-networking",
    "--no-first-run",
    "--virtual-time-budget=15000",
    "--enable-logging=stderr",
    "--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1",
)


@dataclass(frozen=True)
class Seen:
    """A page as it was shown. `complaints`: errors of the console. `hosts`: those asked, but for this machine."""

    html: str
    complaints: list[str]
    hosts: set[str]

    def marks(self, chart: str) -> int:
        """Return how many marks of data a chart has drawn."""
        part = re.split(r'id="chart-(?!tooltip)', self.html.partition(f'id="chart-{chart}"')[2])[0]
        return len(re.findall(r'aria-roledescription="(?:bar|rect mark)"', part))


def look_at(address: str, zone: str = "UTC") -> Seen:
    """Show a page in a time zone. Without a browser the test is skipped, and fails where one is asked for."""
    if CHROMIUM is None:
        if os.environ.get("NEED_BROWSER"):
            pytest.fail("Chromium is not installed, and this run needs it.")
        pytest.skip("Chromium is not installed: apt install chromium.")
    with tempfile.TemporaryDirectory() as folder:
        asked = Path(folder, "asked.json")
        options = (*OPTIONS, f"--user-data-dir={folder}/profile", f"--log-net-log={asked}")
        ended = subprocess.run(
            [CHROMIUM, *options, "--dump-dom", address],
            env={**os.environ, "TZ": zone, "HOME": folder},
            capture_output=True,
            text=True,
            check=True,
            timeout=120,
        )
        log = asked.read_text(encoding="utf-8", errors="replace")
    complaints = re.findall(r"(?:ERROR|INFO):CONSOLE.*?\] (.*)", ended.stderr)
    urls = [json.loads(f'"{url}"') for url in re.findall(r'"url":"((?:[^"\\]|\\.)*)"', log)]
    hosts = {urlsplit(url).hostname or "" for url in urls if url.startswith(("http", "ws"))} - {"127.0.0.1"}
    return Seen(
        ended.stdout,
        # Vega says that a drawing of fixed steps is as high as its steps.
        [complaint for complaint in complaints if "fit-y" not in complaint],
        {host for host in hosts if not OWN_HOSTS.search(host)},
    )
