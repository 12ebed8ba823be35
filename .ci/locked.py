"""Print the part of requirements.lock that extras and groups of pyproject.toml need: `locked.py dev postgres`.

pip installs a whole file, and there is one lock for everything. Which package needs which is in the comments that uv
writes there.
"""

import re
import sys
import tomllib
from pathlib import Path

ROOT = Path(__file__).parent.parent


def name_of(requirement: str) -> str:
    """Return the package of a requirement, spelled as in the lock."""
    return re.sub(r"[-_.]+", "-", re.split(r"[^\w.-]", requirement, maxsplit=1)[0]).lower()


def locked(names: list[str]) -> list[str]:
    """Return the lines of the lock for the project itself, these extras and groups, and all that they need."""
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    sets = project["project"]["optional-dependencies"] | project["dependency-groups"]
    wanted = [*project["project"]["dependencies"], *(line for name in names for line in sets[name])]
    # A package begins a line, and its hashes and who needs it are indented below.
    entries = re.split(r"\n(?=\w)", (ROOT / "requirements.lock").read_text(encoding="utf-8").rstrip())
    needed, found = {name_of(line) for line in wanted}, set[str]()
    while needed != found:
        found = set(needed)
        needed |= {name_of(entry) for entry in entries if needed.intersection(re.findall(r"# +(?:via )?(\S+)", entry))}
    return [entry for entry in entries if name_of(entry) in needed]


if __name__ == "__main__":
    sys.stdout.write("\n".join(locked(sys.argv[1:])) + "\n")
