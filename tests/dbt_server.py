"""dbt's command line, imported once: each call is a process forked from the one that has imported it.

So is what dbt makes of the project's files, its manifest, which takes it longer than most tests.
"""

import atexit
import gc
import json
import os
import sys
import traceback
from functools import cache, partial
from pathlib import Path
from socketserver import ForkingMixIn, StreamRequestHandler, UnixStreamServer
from types import CodeType
from typing import Any, NoReturn

import parsedatetime
from dbt.adapters.sqlite import Plugin
from dbt.cli.main import cli, dbtRunner
from dbt.contracts.graph.manifest import Manifest
from dbt_common.events.base_types import BaseEvent, EventLevel
from dbt_common.events.event_manager import EventManager
from jinja2 import Environment

# What dbt would import when it meets the profile.
assert Plugin.adapter


class Call(StreamRequestHandler):
    """Runs dbt as its console script does, and answers with its process's id and, when it has ended, its exit code.

    What dbt prints goes to two files.
    """

    def handle(self) -> None:
        call = json.loads(self.rfile.readline())
        process = os.fork()
        if process == 0:
            assert isinstance(self.server, Server)
            run(call, self.server.manifest if call["shares_manifest"] else None)
        self.wfile.write(b"%d\n" % process)
        # Once it has ended, and its files are closed.
        _, status = os.waitpid(process, 0)
        self.wfile.write(b"%d\n" % os.waitstatus_to_exitcode(status))


def say(event: Any) -> None:
    """Print at once what dbt's own console would, which would search it for secrets first."""
    sys.stdout.write(event.info.msg + "\n")
    sys.stdout.flush()


def spare_what_nobody_sees() -> None:
    """Spare two fifths of a run: messages for the debug log, which no test writes, and what is made again and again.

    dbt makes a message of each of thousands of events as it occurs, tables of date formats for each answer of the
    database, and in each run the Python code of every model's template, which it made when it read the project.
    """
    make: Any = BaseEvent.__init__
    look_up: Any = BaseEvent.__getattr__
    fire: Any = EventManager.fire_event
    compile_template: Any = Environment.compile
    compiled: dict[tuple[Any, ...], CodeType] = {}

    def put_off(self: BaseEvent, *arguments: Any, **options: Any) -> None:
        self.__dict__["to_make"] = partial(make, self, *arguments, **options)

    def look_at(self: BaseEvent, name: str) -> Any:
        if "to_make" in self.__dict__:
            self.__dict__.pop("to_make")()
        return look_up(self, name)

    def fire_what_is_seen(
        self: EventManager, e: BaseEvent, level: EventLevel | None = None, *arguments: Any, **options: Any
    ) -> None:
        if (level or e.level_tag()) not in (EventLevel.TEST, EventLevel.DEBUG):
            fire(self, e, level, *arguments, **options)

    def compile_once(self: Environment, *template: Any, **options: Any) -> CodeType:
        # dbt has an environment for each template, and two kinds of them.
        key = (type(self), *template, *options.items())
        if key not in compiled:
            compiled[key] = compile_template(self, *template, **options)
        return compiled[key]

    BaseEvent.__init__ = put_off  # type: ignore[method-assign]
    BaseEvent.__getattr__ = look_at  # type: ignore[method-assign]
    EventManager.fire_event = fire_what_is_seen  # type: ignore[method-assign]
    Environment.compile = compile_once  # type: ignore[method-assign, assignment]
    parsedatetime.Constants = cache(parsedatetime.Constants)


def run(call: dict[str, Any], manifest: Manifest | None) -> NoReturn:
    """Run dbt in this process, and end it."""
    code: Any = 70
    # It ends before it could run out of memory. Spark keeps all that Python does not let go of, and would not.
    if "spark" not in call["arguments"]:
        gc.disable()
    try:
        os.chdir(call["folder"])
        os.environ.clear()
        os.environ.update(call["variables"])
        for stream, path in ((sys.stdout, call["stdout"]), (sys.stderr, call["stderr"])):
            os.dup2(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), stream.fileno())
        sys.argv = ["dbt", *call["arguments"]]
        cli(obj={"manifest": manifest, "callbacks": [say]})
    except SystemExit as end:
        code = end.code
    except BaseException:
        traceback.print_exc()
        raise
    finally:
        if "spark" in call["arguments"]:
            end_spark()
        # What an interpreter does when it ends, of which a fork in the middle of a server is none.
        atexit._run_exitfuncs()  # noqa: SLF001
        sys.stdout.flush()
        sys.stderr.flush()
        os._exit(code)


def end_spark() -> None:
    """End the session that dbt has begun and leaves to its Java, if that outlives dbt."""
    if "pyspark" in sys.modules:
        context = sys.modules["pyspark"].SparkContext._active_spark_context  # noqa: SLF001
        if context:
            context.stop()


class Server(ForkingMixIn, UnixStreamServer):
    """Answers each call in a fork of its own."""

    def __init__(self, address: str, manifest: Manifest) -> None:
        self.manifest = manifest
        super().__init__(address, Call)


def read_project(folder: str, engine: str) -> Manifest:
    """Return what dbt makes of the project in a checkout for an engine. Its target folder is in the current one."""
    here = Path.cwd()
    read = dbtRunner().invoke(
        [
            *("--quiet", "parse", "--project-dir", f"{folder}/dbt_project", "--profiles-dir", f"{folder}/profiles"),
            *("--target", engine, "--target-path", str(here / "target"), "--log-path", str(here / "logs")),
            # Its threads do not survive a fork, and whoever has to read the project anew would wait for them for ever.
            "--no-static-parser",
        ]
    )
    if not isinstance(read.result, Manifest):
        raise read.exception or AssertionError("dbt parse gives a manifest")
    return read.result


if __name__ == "__main__":
    spare_what_nobody_sees()
    with Server(sys.argv[1], read_project(*sys.argv[2:])) as server:
        sys.stdout.write("ready\n")
        sys.stdout.flush()
        # Collecting garbage in a fork would copy all that it looks at.
        gc.freeze()
        server.serve_forever()
