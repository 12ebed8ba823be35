"""What a disk, a folder or a person can do to a backup or a restore: a sentence, and nothing is harmed."""

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from tests.environment import environment
from tests.extract.test_copies import Extract, Query, backed_up, load


def run(database: Path, *arguments: str, **settings: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "extract", *arguments],
        env=environment(WAREHOUSE_PATH=str(database), **settings),
        capture_output=True,
        text=True,
        check=False,
    )


def refused(ended: subprocess.CompletedProcess[str]) -> str:
    """Return the one sentence of a command that failed."""
    assert ended.returncode == 1, ended
    assert "Traceback" not in ended.stderr
    assert ended.stderr.strip()
    return ended.stderr


@pytest.mark.parametrize("folder", ["/dev/null/x", "/proc/x", "{file}", "{file}/x", "{long}"])
def test_a_backup_folder_that_cannot_be_made_is_told(database: Path, tmp_path: Path, folder: str) -> None:
    load(database, "1", at="2025-01-01 00:00:00")
    file = tmp_path / "file"
    file.write_text("mine", encoding="utf-8")
    path = folder.format(file=file, long="x" * 300)
    assert path.rpartition("/")[2] in refused(run(database, "backup", "--folder", path))
    assert file.read_text(encoding="utf-8") == "mine"


@pytest.mark.parametrize("path", ["/dev/null/x.db", "/proc/x/x.db", "{folder}", "/dev/null", "{loop}", "{long}"])
@pytest.mark.parametrize("command", ["backup", "restore", "genres"])
def test_a_database_that_cannot_be_one_is_told(
    extract: Extract, database: Path, tmp_path: Path, command: str, path: str
) -> None:
    copy = backed_up(extract, database)
    folder, loop = tmp_path / "folder", tmp_path / "loop"
    folder.mkdir()
    loop.symlink_to(loop)
    place = Path(path.format(folder=folder, loop=loop, long="x" * 300))
    settings = {"EMBY_BASE_URL": "http://127.0.0.1:9", "EMBY_API_KEY": "k"}
    refused(run(place, command, *([str(copy)] if command == "restore" else []), **settings))
    assert list(folder.iterdir()) == []


@pytest.mark.parametrize("file", ["{folder}", "/dev/null/x", "{long}", "/dev/null", "{loop}"])
def test_a_file_to_restore_that_cannot_be_a_copy_is_told(
    extract: Extract, database: Path, tmp_path: Path, query: Query, file: str
) -> None:
    backed_up(extract, database)
    loop = tmp_path / "loop"
    loop.symlink_to(loop)
    refused(run(database, "restore", "--force", file.format(folder=tmp_path, long="x" * 300, loop=loop)))
    assert query("select item_id from raw_emby_items") == [("1",)]


@pytest.mark.parametrize("name", ["itself", "link", "hard link"])
def test_a_database_is_not_restored_onto_itself(
    extract: Extract, database: Path, tmp_path: Path, query: Query, name: str
) -> None:
    backed_up(extract, database)
    copy = database
    if name == "link":
        copy = tmp_path / "link.db"
        copy.symlink_to(database)
    elif name == "hard link":
        copy = tmp_path / "hard.db"
        os.link(database, copy)
    result = extract("restore", "--force", str(copy))
    assert result.exit_code == 1
    assert ("hard links" if name == "hard link" else "the database itself") in result.stderr
    if name == "hard link":
        copy.unlink()
    assert query("select item_id from raw_emby_items") == [("1",)]


def in_small_disk(tmp_path: Path, script: str) -> subprocess.CompletedProcess[str]:
    """Run a script with a disk of 1 MB at `disk`, in a mount namespace of its own, so that it is gone afterwards."""
    (tmp_path / "disk").mkdir()
    before = f"set -e\nmount -t tmpfs -o size=1m tmpfs {tmp_path}/disk\n"
    return subprocess.run(
        ["unshare", "--user", "--map-root-user", "--mount", "sh", "-c", before + script],
        env=environment(SQLITE_TMPDIR=str(tmp_path)),
        capture_output=True,
        text=True,
        check=False,
    )


def large(database: Path) -> None:
    load(database, *(f"{number:0200}" for number in range(10_000)), at="2025-01-02 00:00:00")


def test_a_backup_onto_a_full_disk_is_told_and_leaves_nothing(database: Path, tmp_path: Path) -> None:
    large(database)
    backup = f"{sys.executable} -m extract backup --database {database} --folder {tmp_path}/disk/copies"
    ended = in_small_disk(tmp_path, f"{backup} && echo done || echo exit $?\nls {tmp_path}/disk/copies")
    assert "full" in ended.stderr
    assert "Traceback" not in ended.stderr
    assert ended.stdout == "exit 1\n"


@pytest.mark.parametrize("present", ["sound", "damaged", "missing"])
def test_a_restore_onto_a_full_disk_is_told_and_leaves_what_was_there(
    extract: Extract, tmp_path: Path, present: str
) -> None:
    small, much = tmp_path / "small.db", tmp_path / "much.db"
    load(small, "1", at="2025-01-01 00:00:00")
    large(much)
    damaged = tmp_path / "damaged.db"
    damaged.write_text("a letter to my aunt" * 100, encoding="utf-8")
    database = tmp_path / "disk" / "warehouse.db"
    bring = {"sound": f"cp {small} {database}", "damaged": f"cp {damaged} {database}", "missing": "true"}[present]
    ended = in_small_disk(
        tmp_path,
        f"{bring}\n{sys.executable} -m extract restore --force --database {database} {much} || echo exit $?\n"
        f"cp -r {tmp_path}/disk {tmp_path}/after",
    )
    assert ended.returncode == 0, ended.stderr
    assert "full" in ended.stderr
    assert "Traceback" not in ended.stderr
    assert ended.stdout == "exit 1\n"
    after = tmp_path / "after" / "warehouse.db"
    if present == "missing":
        assert not after.exists()
    elif present == "damaged":
        assert after.read_bytes() == damaged.read_bytes()
    else:
        assert extract("backup", "--database", str(after)).exit_code == 0
    assert [path.name for path in after.parent.iterdir() if "unfinished" in path.name or "damaged" in path.name] == []


def test_a_database_and_a_folder_on_a_disk_for_reading_alone_are_told(
    extract: Extract, database: Path, tmp_path: Path
) -> None:
    copy = backed_up(extract, database)
    before = tmp_path / "before.db"
    shutil.copy(database, before)
    extract_ = f"{sys.executable} -m extract"
    ended = in_small_disk(
        tmp_path,
        f"cp {before} {tmp_path}/disk/warehouse.db\nmount -o remount,ro {tmp_path}/disk\n"
        f"{extract_} backup --database {tmp_path}/disk/warehouse.db || echo exit $?\n"
        f"{extract_} backup --database {database} --folder {tmp_path}/disk/x || echo exit $?\n"
        f"{extract_} restore --database {tmp_path}/disk/warehouse.db {copy} || echo exit $?\n",
    )
    assert "Traceback" not in ended.stderr
    assert ended.stdout == "exit 1\n" * 3, ended.stderr
    assert ended.stderr.count("Read-only") == 3
