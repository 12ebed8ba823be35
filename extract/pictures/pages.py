"""Write the static pages: of the household, of each person and of each year. Each is one file that loads no other."""

import re
import sqlite3
import tempfile
from collections.abc import Iterator
from contextlib import closing
from dataclasses import dataclass, field
from importlib import resources
from pathlib import Path

from jinja2 import Environment
from markupsafe import Markup

from extract.errors import ExtractError
from extract.pictures.definition import Json, as_script_data, ask, drawing, read_dashboard

# Shipped with datasette-dashboards, in the order in which a page needs them.
SCRIPTS = ("vega.min.js", "vega-lite.min.js", "vega-embed.min.js")
# By which a page is known as one of these.
MARK = '<meta name="generator" content="emby-elt">'
MARKED_CHARACTERS = 400
DEFAULT_DATABASE = "emby_elt"
# Columns of the dashboard's layout, of five, that a chart has: how wide it is on a page of six.
WIDTHS = {5: "wide", 3: "broad", 2: "narrow"}


@dataclass(frozen=True)
class Page:
    """One page. `chosen`: the person or year that it is about, by the names of the dashboard's filters."""

    file: str
    name: str
    title: str
    chosen: dict[str, str] = field(default_factory=dict)


def folder_of(database: Path) -> Path:
    """Return the folder of a database's pictures, beside it: its own, so that a demo leaves a household's alone."""
    return database.with_name("pictures" if database.stem == DEFAULT_DATABASE else f"{database.stem}-pictures")


def write_pages(database: Path, folder: Path) -> list[Path]:
    """Write every page into a folder, each by one rename. Return their paths, the household's first.

    Pages of people and years that are no longer there are removed, and nothing else is.

    Raises: ExtractError if the tables that pictures are drawn from are not there, or the folder cannot be written.
    """
    try:
        folder.mkdir(parents=True, exist_ok=True)
        with closing(sqlite3.connect(f"{database.absolute().as_uri()}?mode=ro", uri=True)) as connection:
            pages = list(_pages(connection))
            for page in pages:
                # One snapshot a page: a build that ends meanwhile does not mix two states, and waits for no other page.
                connection.execute("begin")
                text = _render(connection, page, pages)
                connection.rollback()
                _write(folder / page.file, text)
        for stale in set(folder.glob("*.html")) - {folder / page.file for page in pages}:
            if MARK in stale.read_text(encoding="utf-8", errors="replace")[:MARKED_CHARACTERS]:
                stale.unlink()
    except sqlite3.Error as error:
        raise ExtractError(f"The pictures cannot be drawn from {database} ({error}): build the tables first.") from None
    except OSError as error:
        raise ExtractError(f"The pictures cannot be written to {folder}: {error}.") from None
    return [folder / page.file for page in pages]


def _write(file: Path, text: str) -> None:
    with tempfile.NamedTemporaryFile("w", dir=file.parent, suffix=".part", delete=False, encoding="utf-8") as part:
        try:
            part.write(text)
            part.close()
            Path(part.name).replace(file)
        except OSError:
            Path(part.name).unlink(missing_ok=True)
            raise


def _pages(connection: sqlite3.Connection) -> Iterator[Page]:
    yield Page("household.html", "Everybody", "What the household watched")
    years = connection.execute("select distinct year from report_titles order by year desc").fetchall()
    for (year,) in years:
        yield Page(f"year-{year}.html", year, f"{year} in review", {"year": year})
    taken: set[str] = set()
    people = connection.execute("select user_name, min(user_id) from report_titles group by user_name order by 1")
    for name, user_id in people:
        # A name is anything, and a file's name is not.
        plain = re.sub(r"[^a-z0-9]+", "-", name.lower()).strip("-") or user_id
        plain = plain if plain not in taken else f"{plain}-{user_id}"
        taken.add(plain)
        yield Page(f"person-{plain}.html", name, f"What {name} watched", {"person": name})


def _render(connection: sqlite3.Connection, page: Page, pages: list[Page]) -> str:
    dashboard = read_dashboard("")
    charts: list[Json] = []
    numbers: list[Json] = []
    drawings: Json = {}
    for name, chart in dashboard["charts"].items():
        rows = ask(connection, chart, page.chosen)
        if chart["library"] == "metric":
            numbers.append({"name": name, "title": chart["title"], "value": rows[0][chart["display"]["field"]]})
            continue
        columns = sum(row.count(name) for row in dashboard["layout"])
        # Text is text in a page, and no drawing that cannot break a line.
        is_text = chart["display"]["mark"]["type"] == "text"
        charts.append(
            {"name": name, "title": chart["title"], "rows": rows, "is_text": is_text, "width": WIDTHS[columns]}
        )
        if rows and not is_text:
            drawings[name] = drawing(chart, rows)
    static = resources.files("datasette_dashboards").joinpath("static")
    scripts = [static.joinpath(name).read_text(encoding="utf-8") for name in SCRIPTS]
    template = resources.files(__package__).joinpath("page.html").read_text(encoding="utf-8")
    return (
        Environment(autoescape=True, trim_blocks=False)
        .from_string(template)
        .render(
            title=page.title,
            file=page.file,
            pages=pages,
            numbers=numbers,
            charts=charts,
            specs=as_script_data(drawings),
            scripts=[Markup(script.replace("</script", "<\\/script")) for script in scripts],  # noqa: S704
            footer=dashboard["description"],
        )
    )
