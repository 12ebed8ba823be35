"""The pictures in a real browser: every mark that the data ask for, on its day, and nothing from elsewhere."""

import json
import os
import re
import socket
import sqlite3
import subprocess
import sys
from collections.abc import Iterator
from contextlib import ExitStack, closing
from dataclasses import replace
from datetime import UTC, datetime
from html import unescape
from pathlib import Path
from subprocess import DEVNULL
from time import sleep
from typing import Any
from urllib.error import URLError
from urllib.parse import quote
from urllib.request import urlopen

import pytest
from click.testing import CliRunner

from extract.demo.household import make_household
from extract.demo.loopback import serve
from extract.demo.servers import API_KEY, READ_ACCESS_TOKEN, Emby, Tmdb
from extract.pictures.commands import main
from extract.pictures.definition import as_script_data, ask, drawing, read_dashboard, with_links
from extract.pictures.pages import folder_of
from tests.dbt import run_dbt, run_models
from tests.environment import PROJECT, environment
from tests.servers import movie, play
from tests.system.browser import look_at

ZONES = ("Pacific/Honolulu", "UTC", "Pacific/Auckland")
CHARTS = read_dashboard("")["charts"]
FURTHER = ("watched", "outcomes")
DRAWN = ("weeks", "calendar", "watched", "clock", "outcomes", "library")
NASTY = '</script><script>document.documentElement.dataset.taken = "1"</script><b>&"\''


@pytest.fixture(scope="module")
def database(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Build a household of nine months, one of whose films and one of whose people have markup for names."""
    database = tmp_path_factory.mktemp("pictures") / "warehouse.db"
    household = make_household(datetime(2026, 2, 1, tzinfo=UTC))
    nobody = household.users[0]["Id"]
    household.users[0] = household.users[0] | {"Name": NASTY}
    # Somebody is called as the household is.
    household.users[2] = household.users[2] | {"Name": "Everybody"}
    household.items.append(movie("666", NASTY, RunTimeTicks=600_000_000_000, Genres=[NASTY]))
    long = play("2026-01-20 00:00:00", nobody, "666", 60_000)
    household.plays.append(replace(long, item_name=NASTY))
    with ExitStack() as stack:
        settings = {
            "EMBY_BASE_URL": stack.enter_context(serve(Emby(household))),
            "EMBY_API_KEY": API_KEY,
            "TMDB_BASE_URL": stack.enter_context(serve(Tmdb(household))),
            "TMDB_READ_ACCESS_TOKEN": READ_ACCESS_TOKEN,
            "WAREHOUSE_PATH": str(database),
        }
        subprocess.run([sys.executable, "-m", "extract", "--quiet"], env=environment(**settings), check=True)
    run_models(database)
    return database


def draw(database: Path) -> list[Path]:
    ended = CliRunner().invoke(main, env={"WAREHOUSE_PATH": str(database)})
    assert ended.exit_code == 0, ended.output
    return sorted(folder_of(database).glob("*.html"))


@pytest.fixture(scope="module")
def pages(database: Path) -> list[Path]:
    return draw(database)


def rows_of(database: Path, chart: str, **chosen: str) -> int:
    with closing(sqlite3.connect(database)) as connection:
        return len(ask(connection, CHARTS[chart], chosen))


def test_there_is_a_page_for_all_and_for_each_person_and_year(pages: list[Path]) -> None:
    names = [page.name for page in pages]
    assert names[0] == "household.html"
    assert names[-2:] == ["year-2025.html", "year-2026.html"]
    assert "person-buster.html" in names
    assert len(names) == 8


@pytest.mark.parametrize("zone", ZONES)
def test_a_page_draws_what_the_data_ask_for_wherever_it_is_opened(database: Path, pages: list[Path], zone: str) -> None:
    chosen = {"household.html": {}, "year-2025.html": {"year": "2025"}, "person-buster.html": {"person": "buster"}}
    shown = {page.name: look_at(page.as_uri(), zone) for page in pages}
    for page in pages:
        seen = shown[page.name]
        assert 'data-drawn="true"' in seen.html
        assert seen.complaints == []
        assert seen.hosts == set()
        assert "data-taken" not in seen.html
        if page.name in chosen:
            for chart in DRAWN:
                assert seen.marks(chart) == rows_of(database, chart, **chosen[page.name]), (page.name, chart)
    # New Year's Eve is on its day, and no other has its hours.
    with closing(sqlite3.connect(database)) as connection:
        (hours,) = connection.execute(
            "select round(on_hours, 2) from report_days where viewer_id = '' and day_on = '2025-12-31'"
        ).fetchone()
    assert hours > 0
    year = shown["year-2025.html"].html
    assert re.search(f'aria-label="[^"]*weekday: Wed; hours: {hours:g}; day: 2025-12-31', year)


def test_somebody_called_everybody_is_not_the_household(database: Path, pages: list[Path]) -> None:
    assert "person-everybody.html" in {page.name for page in pages}
    assert rows_of(database, "calendar") == 365
    assert rows_of(database, "calendar", person="Everybody", year="2025") == 365


def test_a_title_with_markup_is_shown_as_text(pages: list[Path]) -> None:
    seen = look_at(pages[0].as_uri())
    assert "&lt;/script&gt;&lt;script&gt;document" in seen.html
    assert "data-taken" not in seen.html


def test_a_script_from_elsewhere_is_refused_and_noticed(pages: list[Path], tmp_path: Path) -> None:
    page = tmp_path / "page.html"
    text = pages[0].read_text(encoding="utf-8")
    page.write_text(text.replace("<main>", '<main><script src="https://cdn.example.org/vega.js"></script>'), "utf-8")
    assert any("Content Security Policy" in complaint for complaint in look_at(page.as_uri()).complaints)
    page.write_text(text.replace("<main>", '<main><img src="https://cdn.example.org/a.png">'), "utf-8")
    page.write_text(re.sub(r'<meta http-equiv="Content.*?>', "", page.read_text("utf-8")), "utf-8")
    assert look_at(page.as_uri()).hosts == {"cdn.example.org"}


def test_a_household_that_watched_nothing_has_a_page_too(tmp_path: Path) -> None:
    database = tmp_path / "warehouse.db"
    household = make_household(datetime(2026, 2, 1, tzinfo=UTC))
    household.plays.clear()
    with serve(Emby(household)) as emby:
        settings = {"EMBY_BASE_URL": emby, "EMBY_API_KEY": API_KEY, "WAREHOUSE_PATH": str(database)}
        subprocess.run([sys.executable, "-m", "extract", "--quiet"], env=environment(**settings), check=True)
    run_models(database)
    (page,) = draw(database)
    seen = look_at(page.as_uri())
    assert 'data-drawn="true"' in seen.html
    assert seen.html.count("Nothing to show.") == len(DRAWN)
    assert seen.complaints == []


def test_only_pages_that_were_drawn_here_are_removed(database: Path, tmp_path: Path) -> None:
    copy = tmp_path / "emby_elt.db"
    with closing(sqlite3.connect(database)) as source, closing(sqlite3.connect(copy)) as target:
        source.backup(target)
    folder = tmp_path / "pictures"
    assert folder_of(copy) == folder
    draw(copy)
    stale = folder / "person-gone.html"
    stale.write_bytes((folder / "household.html").read_bytes())
    (folder / "mine.html").write_text("<p>mine</p>", "utf-8")
    names = {page.name for page in draw(copy)}
    assert "mine.html" in names
    assert "person-gone.html" not in names


@pytest.mark.parametrize("command", [(), ("serve",)])
def test_without_tables_it_says_what_to_do(tmp_path: Path, command: tuple[str, ...]) -> None:
    empty = tmp_path / "empty.db"
    sqlite3.connect(empty).close()
    for database in (empty, tmp_path / "none.db"):
        ended = CliRunner().invoke(main, command, env={"WAREHOUSE_PATH": str(database)})
        assert ended.exit_code == 1
        assert "build" in ended.output
        assert "Traceback" not in ended.output


def wait_for(address: str) -> None:
    for _ in range(200):
        try:
            urlopen(address).close()
        except URLError:
            sleep(0.1)
        else:
            return
    pytest.fail(f"nothing answers at {address}")


@pytest.fixture(scope="module")
def dashboard(database: Path) -> Iterator[str]:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    command = [sys.executable, "-m", "extract.pictures", "serve", "--port", str(port)]
    with subprocess.Popen(
        command,
        env=environment(WAREHOUSE_PATH=str(database)),
        stdout=DEVNULL,
        stderr=DEVNULL,
        start_new_session=True,
    ) as server:
        address = f"http://127.0.0.1:{port}"
        try:
            wait_for(address)
            yield address
        finally:
            os.killpg(server.pid, 15)


def test_datasette_ends_with_the_command_that_serves_it(database: Path) -> None:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    command = [sys.executable, "-m", "extract.pictures", "serve", "--port", str(port)]
    settings = environment(WAREHOUSE_PATH=str(database), TMPDIR=str(database.parent))
    with subprocess.Popen(command, env=settings, stdout=DEVNULL, stderr=DEVNULL) as server:
        wait_for(f"http://127.0.0.1:{port}")
        server.terminate()
    assert server.returncode == 143
    with pytest.raises(URLError):
        urlopen(f"http://127.0.0.1:{port}")
    assert not list(database.parent.glob("emby-elt-*.json"))


@pytest.mark.parametrize("chosen", [{}, {"person": "buster"}, {"person": "buster", "year": "2025"}, {"person": ""}])
def test_the_dashboard_draws_the_same_charts_and_leads_further(
    database: Path, dashboard: str, chosen: dict[str, str]
) -> None:
    asked = "&".join(f"{name}={value}" for name, value in chosen.items())
    seen = look_at(f"{dashboard}/-/dashboards/household?{asked}")
    for chart in DRAWN:
        assert seen.marks(chart) == rows_of(database, chart, **{k: v for k, v in chosen.items() if v}), chart
    assert "data-taken" not in seen.html
    assert seen.hosts == set()
    assert seen.complaints == []


# Vega keeps the address of a bar to itself until it is clicked: a page of the same drawings tells them.
TELL = """
function addresses(mark) { return [...(mark.href ? [mark.href] : []), ...(mark.items || []).flatMap(addresses)]; }
const told = document.createElement('pre');
told.id = 'told';
told.textContent = JSON.stringify(Object.values(views).map(it => addresses(it.view.scenegraph().root)));
document.body.append(told);
"""


def addresses_of(database: Path, page: Path, scratch: Path, chosen: dict[str, str]) -> list[list[str]]:
    charts = {name: with_links(read_dashboard("warehouse"))["charts"][name] for name in ("weeks", "calendar", *FURTHER)}
    with closing(sqlite3.connect(database)) as connection:
        specs = as_script_data({name: drawing(chart, ask(connection, chart, chosen)) for name, chart in charts.items()})
    text = page.read_text(encoding="utf-8")
    text = re.sub(r'(?<=id="specs">).*?(?=</script>)', lambda _: specs, text)
    text = text.replace("await vegaEmbed(", "(window.views ||= {})[name] = await vegaEmbed(")
    scratch.write_text(
        text.replace("document.documentElement.dataset.drawn", TELL + "document.documentElement.dataset.drawn"), "utf-8"
    )
    seen = look_at(scratch.as_uri())
    assert seen.complaints == []
    told: list[list[str]] = json.loads(unescape(re.findall(r'<pre id="told">(.*?)</pre>', seen.html)[0]))
    return told


def test_from_a_bar_down_to_its_observations(database: Path, pages: list[Path], dashboard: str, tmp_path: Path) -> None:
    charts = addresses_of(database, pages[0], tmp_path / "page.html", {})
    assert len(charts) == 4
    for addresses in charts:
        assert len(addresses) > 10
        some = (*addresses[::12], *[it for it in addresses if "script" in it][:3])
        counts = [len(rows_at(dashboard, address)) for address in some]
        # A week, or a day, may have none.
        assert max(counts) > 0
    (day,) = [address for address in charts[1] if address.endswith("2025-12-31")]
    with urlopen(dashboard + day) as answer:
        table = answer.read().decode()
    (events, *_) = re.findall(r'href="(/warehouse/watch_events\?session_id=[^"]+)"', table)
    with urlopen(dashboard + unescape(events)) as answer:
        table = answer.read().decode()
    (observations, *_) = re.findall(r'href="(/warehouse/watch_event_observations\?event_id=[^"]+)"', table)
    with urlopen(dashboard + unescape(observations)) as answer:
        assert "only_observation" in answer.read().decode()


@pytest.mark.parametrize("person", ["buster", "Everybody", NASTY])
def test_a_bar_leads_to_the_sessions_of_the_chosen_person_and_year(
    database: Path, pages: list[Path], dashboard: str, tmp_path: Path, person: str
) -> None:
    of_year = "user_name = ? and evening_on >= '2026'"
    with closing(sqlite3.connect(database)) as connection:
        expected = connection.execute(f"select session_id from watch_sessions where {of_year}", (person,)).fetchall()
    charts = addresses_of(database, pages[0], tmp_path / "page.html", {"person": person, "year": "2026"})
    for addresses in charts:
        found = [row for address in addresses for row in rows_at(dashboard, address)]
        assert found
        assert {row["session_id"] for row in found} <= {session for (session,) in expected}
    for addresses in charts[:2]:
        sessions = [row["session_id"] for address in addresses for row in rows_at(dashboard, address)]
        assert sorted(sessions) == sorted(session for (session,) in expected)


def rows_at(dashboard: str, address: str) -> list[dict[str, Any]]:
    # A browser encodes what an address must not hold.
    address = address.replace("watch_sessions?", "watch_sessions.json?_shape=array&_size=max&")
    with urlopen(dashboard + quote(address, safe="/?&=%'()*,:")) as answer:
        return list(json.load(answer))


def test_raw_and_intermediate_tables_are_out_of_the_way(dashboard: str) -> None:
    with urlopen(dashboard + "/warehouse") as answer:
        listed = answer.read().decode()
    assert ">watch_sessions</a>" in listed
    assert "raw_emby_items" not in listed
    assert "int_watch_events_deduplicated" not in listed


def test_a_mart_of_the_documentation_shows_its_columns_tests_and_lineage(database: Path) -> None:
    target = database.parent / "target"
    generated = run_dbt(database, "docs", "generate", "--static", "--write-json", "--target-path", str(target))
    assert generated.returncode == 0, generated.stdout
    page = (target / "static_index.html").as_uri()
    seen = look_at(f"{page}#!/model/model.emby_elt.watch_sessions")
    for told in ("evening_on", "The evening: the date in the report time zone", "int_watch_sessions_rated"):
        assert told in seen.html
    assert re.search(r'title="[^"]*unique[^"]*"|>\s*U\s*<', seen.html)
    assert PROJECT.is_dir()
