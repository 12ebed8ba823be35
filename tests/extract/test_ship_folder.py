"""What a shipment does inside a folder, to the files and to who reads them."""

import os
import shutil
import threading
from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import Result

from tests.engines.needed import needed
from tests.shipping import EVENTS, in_database, in_folder, load

Extract = Callable[..., Result]
FIRST, SECOND, THIRD = "2025-01-01 00:00:00", "2025-01-02 00:00:00", "2025-01-03 00:00:00"


@pytest.fixture
def shipped(extract: Extract, database: Path, tmp_path: Path) -> Path:
    needed("duckdb", "duckdb")
    load(database, FIRST, items=["1", "2"], events=["a", "b"])
    folder = tmp_path / "shipped"
    assert extract("ship", str(folder)).exit_code == 0
    return folder


def parts(folder: Path, table: str = EVENTS) -> list[Path]:
    return sorted((folder / "current" / table).resolve().glob("*.parquet"))


def snapshots(folder: Path) -> list[str]:
    return sorted(path.name.partition("-")[0] for path in (folder / "snapshots").iterdir())


def test_of_an_archive_the_files_are_linked_and_new_rows_are_a_file_more(
    extract: Extract, database: Path, shipped: Path
) -> None:
    (first,) = parts(shipped)
    load(database, SECOND, items=["1"], events=["c"])
    assert extract("ship", str(shipped)).exit_code == 0
    linked, new = parts(shipped)
    assert linked.samefile(first) and linked != first
    assert needed("duckdb", "duckdb").sql(f"select played_at_local from '{new}'").fetchall() == [("c",)]
    assert in_folder(shipped) == in_database(database)


def test_a_snapshot_and_the_one_before_it_stay(extract: Extract, database: Path, shipped: Path) -> None:
    before = in_folder(shipped)
    old = (shipped / "current").resolve()
    assert (shipped / "current").readlink() == Path("snapshots", old.name)
    load(database, SECOND, items=["1"], events=["c"])
    assert extract("ship", str(shipped)).exit_code == 0
    assert snapshots(shipped) == ["000001", "000002"]
    new = (shipped / "current").readlink()
    (shipped / "current").unlink()
    (shipped / "current").symlink_to(f"snapshots/{old.name}")
    assert in_folder(shipped) == before, "who reads the one before is not disturbed"
    (shipped / "current").unlink()
    (shipped / "current").symlink_to(new)
    assert extract("ship", str(shipped)).exit_code == 0
    assert snapshots(shipped) == ["000002", "000003"]


def test_a_table_without_rows_has_its_columns(shipped: Path) -> None:
    (part,) = parts(shipped, "raw_tmdb_genres")
    described = needed("duckdb", "duckdb").sql(f"describe select * from '{part}'").fetchall()
    assert [column[:2] for column in described] == [
        ("media_type", "VARCHAR"),
        ("genre_id", "BIGINT"),
        ("genre_name", "VARCHAR"),
        ("loaded_at", "VARCHAR"),
    ]


def damaged(part: Path) -> None:
    part.write_bytes(part.read_bytes()[:50])


def of_other_columns(part: Path) -> None:
    needed("duckdb", "duckdb").sql(f"copy (select 1 as load_id, 'x' as first_loaded_at) to '{part}' (format parquet)")


def of_other_rows(part: Path) -> None:
    duckdb = needed("duckdb", "duckdb")
    duckdb.sql(f"copy (select * from '{part}' where played_at_local = 'a') to '{part}.new' (format parquet)")
    part.with_name(f"{part.name}.new").replace(part)


@pytest.mark.parametrize(
    "by_hand",
    [
        Path.unlink,
        damaged,
        of_other_columns,
        of_other_rows,
        lambda part: shutil.rmtree(part.parent),
        lambda part: shutil.rmtree(part.parent.parent),
        lambda part: shutil.rmtree(part.parent.parent.parent),
        lambda part: (part.parent.parent.parent.parent / "current").unlink(),
        lambda part: shutil.copy(part, part.with_name("copy.parquet")),
    ],
)
def test_what_was_changed_at_the_target_is_put_right(
    extract: Extract, database: Path, shipped: Path, by_hand: Callable[[Path], object]
) -> None:
    (part,) = parts(shipped)
    by_hand(part)
    load(database, SECOND, items=["1"], events=["c"])
    result = extract("ship", str(shipped))
    assert result.exit_code == 0, result.output
    assert in_folder(shipped) == in_database(database)


def test_a_snapshot_that_is_not_the_current_one_is_not_built_on(
    extract: Extract, database: Path, shipped: Path
) -> None:
    """What a shipment leaves that is killed before the link is replaced."""
    current = (shipped / "current").resolve()
    shutil.copytree(current, current.with_name("000007-20250101T000000"))
    (shipped / "snapshots" / "unfinished" / EVENTS).mkdir(parents=True)
    (shipped / "current.new").symlink_to("nowhere")
    assert extract("ship", str(shipped)).exit_code == 0
    assert snapshots(shipped) == ["000001", "000008"]
    assert {path.name for path in shipped.iterdir()} == {".emby-elt.lock", "current", "snapshots"}
    assert in_folder(shipped) == in_database(database)


def test_a_current_snapshot_that_is_gone_is_not_missed(extract: Extract, database: Path, shipped: Path) -> None:
    assert extract("ship", str(shipped)).exit_code == 0
    shutil.rmtree((shipped / "current").resolve())
    result = extract("ship", str(shipped))
    assert result.exit_code == 0, result.output
    assert in_folder(shipped) == in_database(database)


def test_a_table_of_many_files_is_written_anew(
    extract: Extract, database: Path, shipped: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("extract.shipping.parquet.MOST_PARTS", 3)
    numbers = []
    for day in range(2, 7):
        load(database, f"2025-01-0{day} 00:00:00", events=[str(day)])
        result = extract("ship", str(shipped))
        assert "copied again" not in result.stderr
        numbers.append(len(parts(shipped)))
    assert numbers == [2, 3, 1, 2, 3]
    assert in_folder(shipped) == in_database(database)


def test_a_large_table_is_several_files(
    extract: Extract, database: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    needed("duckdb", "duckdb")
    monkeypatch.setattr("extract.shipping.parquet.PART_BYTES", 100_000)
    load(database, FIRST, events=[f"{number:05}" for number in range(5_000)])
    assert extract("ship", str(tmp_path / "shipped")).exit_code == 0
    assert len(parts(tmp_path / "shipped")) > 3
    assert in_folder(tmp_path / "shipped") == in_database(database)
    assert not list((tmp_path / "shipped").rglob("*.csv"))


def test_a_disk_without_hard_links_gets_copies(
    extract: Extract, database: Path, shipped: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(*_: object) -> None:
        raise PermissionError(1, "Operation not permitted")

    monkeypatch.setattr(os, "link", refuse)
    load(database, SECOND, events=["c"])
    assert extract("ship", str(shipped)).exit_code == 0
    assert len(parts(shipped)) == 2
    assert in_folder(shipped) == in_database(database)


def test_what_is_written_is_readable_by_its_owner_alone(shipped: Path) -> None:
    for path in (shipped, *shipped.rglob("*")):
        if not path.is_symlink():
            assert path.stat().st_mode & 0o077 == 0, path


def test_a_reader_sees_one_snapshot_and_never_a_mix(extract: Extract, database: Path, shipped: Path) -> None:
    duckdb = needed("duckdb", "duckdb")
    met, ended = set(), threading.Event()
    faults: list[str] = []

    def read() -> None:
        while not ended.is_set():
            try:
                tables = in_folder(shipped)
            except duckdb.IOException:
                # So slow that two were shipped meanwhile.
                continue
            numbers = {len(tables["raw_emby_items"]) - 2, len(tables[EVENTS]) - 2}
            if len(numbers) > 1:
                faults.append(f"{numbers} in one snapshot")
            met.update(numbers)

    reader = threading.Thread(target=read)
    reader.start()
    try:
        for number in range(1, 7):
            # An item and an event more each time; only both together are a snapshot.
            load(
                database, f"2025-01-0{number + 1} 00:00:00", items=map(str, range(1, number + 3)), events=[str(number)]
            )
            assert extract("ship", str(shipped)).exit_code == 0
    finally:
        ended.set()
        reader.join()
    assert faults == []
    assert len(met) > 1, "it read meanwhile"
