"""Read the charts of dashboard.yml, and query what they show for a person or a year."""

import copy
import json
import re
import sqlite3
from importlib import resources
from typing import Any
from urllib.parse import quote

import yaml
from datasette_dashboards import replace_opts_in_query
from markupsafe import Markup

Json = dict[str, Any]

TEXT = re.compile(r"\btext\((datum\.\w+)\)")
VEGA_LITE = "https://vega.github.io/schema/vega-lite/v6.json"


def read_dashboard(database: str) -> Json:
    """Return the dashboard in the form of datasette-dashboards. `database`: the name by which Datasette knows it."""
    text = resources.files(__package__).joinpath("dashboard.yml").read_text(encoding="utf-8")
    dashboard: Json = yaml.safe_load(text)
    for part in (*dashboard["charts"].values(), *dashboard["filters"].values()):
        part["db"] = database
    return dashboard


def with_links(dashboard: Json) -> Json:
    """Return the dashboard with links from its charts to Datasette's pages of the rows that they are made of."""
    for chart in dashboard["charts"].values():
        if chart["library"] == "vega-lite":
            # As SVG, whose bars can be links; datasette-dashboards names the version before the one that it ships.
            chart["display"] |= {"$schema": VEGA_LITE, "usermeta": {"embedOptions": {"renderer": "svg"}}}
        if further := chart.pop("further", None):
            address = f"'/{quote(chart['db'])}/' + ({TEXT.sub(_written, further)})"
            chart["display"]["transform"] = [{"calculate": address, "as": "address"}]
            chart["display"]["encoding"]["href"] = {"field": "address", "type": "nominal"}
    return dashboard


def ask(connection: sqlite3.Connection, chart: Json, chosen: dict[str, str]) -> list[Json]:
    """Return the rows of a chart. `chosen`: the person and the year, each only if one was chosen."""
    cursor = connection.execute(replace_opts_in_query(chart["query"], chosen), chosen)
    names = [name for name, *_ in cursor.description]
    return [dict(zip(names, row, strict=True)) for row in cursor]


def drawing(chart: Json, rows: list[Json]) -> Json:
    """Return the Vega-Lite drawing of a chart with its rows."""
    spec = copy.deepcopy(chart["display"])
    return {"description": chart["title"], "width": "container", "data": {"values": rows}, **spec}


def _written(text: re.Match[str]) -> str:
    # Vega has no function for this. The browser does the rest, and a quote is doubled for SQL.
    written = text[1]
    for character, code in (("%", "%25"), ("&", "%26"), ("#", "%23"), ("[+]", "%2B"), ("'", "''")):
        written = f'replace({written}, regexp("{character}", "g"), "{code}")'
    return written


def as_script_data(value: object) -> Markup:
    """Return JSON that nothing in a page can take for markup: titles come from outside."""
    return Markup(json.dumps(value).replace("<", "\\u003c").replace(">", "\\u003e").replace("&", "\\u0026"))  # noqa: S704
