"""The way through the models has no step back: between layers, and between the topics of the intermediate one."""

import json
from graphlib import CycleError, TopologicalSorter
from pathlib import Path
from typing import NamedTuple

import pytest

from tests.dbt import run_dbt

LAYERS = ("staging", "intermediate", "marts", "reports", "laboratory")


class Read(NamedTuple):
    """A model, what it reads, and where the two lie: a layer, and the topic in it."""

    model: str
    read: str
    folders: tuple[str, ...]
    folders_read: tuple[str, ...]


@pytest.fixture(scope="module")
def reads(tmp_path_factory: pytest.TempPathFactory) -> list[Read]:
    """Return what each model reads, of seeds and sources too, which lie nowhere."""
    folder = tmp_path_factory.mktemp("layers")
    ended = run_dbt(folder / "warehouse.db", "compile", "--write-json", target=folder / "target")
    assert ended.returncode == 0, ended.stdout[-5000:]
    manifest = json.loads((folder / "target" / "manifest.json").read_text(encoding="utf-8"))
    models = {id_: node for id_, node in manifest["nodes"].items() if node["resource_type"] == "model"}
    folders = {id_: Path(node["path"]).parent.parts for id_, node in models.items()}
    return [
        Read(node["name"], parent, folders[id_], folders.get(parent, ()))
        for id_, node in models.items()
        for parent in node["depends_on"]["nodes"]
    ]


def test_no_model_reads_a_later_layer(reads: list[Read]) -> None:
    of_models = [read for read in reads if read.folders_read]
    assert of_models
    upward = [read for read in of_models if LAYERS.index(read.folders_read[0]) > LAYERS.index(read.folders[0])]
    assert not upward


def test_staging_reads_sources_alone_and_nothing_else_reads_them(reads: list[Read]) -> None:
    assert {read.read.partition(".")[0] for read in reads if read.folders[0] == "staging"} == {"source"}
    others = [read for read in reads if read.folders[0] != "staging" and read.read.startswith("source.")]
    assert not others


def test_topics_do_not_read_each_other_in_a_circle(reads: list[Read]) -> None:
    topics: dict[str, set[str]] = {}
    for read in reads:
        are_intermediate = read.folders[0] == "intermediate" and read.folders_read[:1] == ("intermediate",)
        if are_intermediate and read.folders != read.folders_read:
            topics.setdefault(read.folders[1], set()).add(read.folders_read[1])
    assert topics
    try:
        TopologicalSorter(topics).prepare()
    except CycleError as error:
        pytest.fail(" -> ".join(error.args[1]))
