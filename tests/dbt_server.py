"""dbt's command line, imported once: each call is a process forked from the one that has imported it."""

import atexit
import json
import os
import sys
import traceback
from socketserver import ForkingMixIn, StreamRequestHandler, UnixStreamServer
from typing import Any, NoReturn

from dbt.adapters.sqlite import Plugin
from dbt.cli.main import cli

# What dbt would import when it meets the profile.
assert Plugin.adapter


class Call(StreamRequestHandler):
    """Runs dbt as its console script does, and answers with the exit code. What dbt prints goes to two files."""

    def handle(self) -> None:
        call = json.loads(self.rfile.readline())
        process = os.fork()
        if process == 0:
            run(call)
        # Once it has ended, and its files are closed.
        _, status = os.waitpid(process, 0)
        self.wfile.write(json.dumps(os.waitstatus_to_exitcode(status)).encode())


def run(call: dict[str, Any]) -> NoReturn:
    """Run dbt in this process, and end it."""
    code: Any = 70
    try:
        os.chdir(call["folder"])
        os.environ.clear()
        os.environ.update(call["variables"])
        for stream, path in ((sys.stdout, call["stdout"]), (sys.stderr, call["stderr"])):
            os.dup2(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), stream.fileno())
        sys.argv = ["dbt", *call["arguments"]]
        cli()
    except SystemExit as end:
        code = end.code
    except BaseException:
        traceback.print_exc()
        raise
    finally:
        # What an interpreter does when it ends, of which a fork in the middle of a server is none.
        atexit._run_exitfuncs()  # noqa: SLF001
        sys.stdout.flush()
        sys.stderr.flush()
        os._exit(code)


class Server(ForkingMixIn, UnixStreamServer):
    """Answers each call in a fork of its own."""


if __name__ == "__main__":
    with Server(sys.argv[1], Call) as server:
        sys.stdout.write("ready\n")
        sys.stdout.flush()
        server.serve_forever()
