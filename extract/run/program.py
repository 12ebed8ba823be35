"""Run a command as the program of this process: signals and an unwritable standard output become exit codes."""

import os
import pkgutil
import signal
import sys
from contextlib import suppress
from types import FrameType
from typing import NoReturn

STOPPING_SIGNALS = (signal.SIGINT, signal.SIGTERM)
UNWRITABLE = "Standard output cannot be written: {}."


class Stopped(SystemExit):
    """A signal asked the program to end.

    It ends the program wherever it is raised, even while modules are imported, without a traceback; what is open is
    closed and rolled back on the way.
    """

    def __init__(self, number: int) -> None:
        super().__init__(128 + number)
        self.name = signal.Signals(number).name


def run_program(command: str, name: str) -> NoReturn:
    """Run a click command, named as `module:function`, under the name by which users call it.

    The module is imported here, so that a signal during its import ends the program in the same way. Exit code: the
    command's; 1 if standard output cannot be written; 130 after SIGINT, 143 after SIGTERM.
    """
    for number in STOPPING_SIGNALS:
        # Whoever starts a program in the background may want it to hear no SIGINT.
        if signal.getsignal(number) is not signal.SIG_IGN:
            signal.signal(number, _stop)
    if sys.stdout is not None:
        # A name in letters that the terminal does not have is no reason to end.
        sys.stdout.reconfigure(errors="backslashreplace")  # type: ignore[union-attr]
    status, complaint = _run(command, name)
    for number in STOPPING_SIGNALS:
        if signal.getsignal(number) is _stop:
            # Python is about to end, and a signal now would make it say so.
            signal.signal(number, signal.SIG_DFL)
    try:
        if sys.stdout is not None:
            sys.stdout.flush()
    except OSError as error:
        status = status or 1
        # Who closed the pipe wanted no more, and no words about it.
        complaint = None if isinstance(error, BrokenPipeError) else UNWRITABLE.format(error)
        # What could not be written is still in the buffer, and Python would try it once more.
        os.dup2(os.open(os.devnull, os.O_WRONLY), 1)
    if complaint and sys.stderr is not None:
        # Where no error can be told, the exit code has to do.
        with suppress(OSError):
            sys.stderr.write(f"{complaint}\n")
            sys.stderr.flush()
    sys.exit(status)


def _run(command: str, name: str) -> tuple[int, str | None]:
    """Return the command's exit code, and a message that is still to be printed, or None."""
    try:
        pkgutil.resolve_name(command)(prog_name=name)
    except SystemExit as end:
        return int(end.code or 0), None
    except OSError as error:
        if isinstance(error, BrokenPipeError):
            return 1, None
        # What a file does wrong has the file's name, and servers and databases have errors of their own.
        return 1, f"{error}." if error.filename else UNWRITABLE.format(error)
    return 0, None


def _stop(number: int, _: FrameType | None) -> NoReturn:
    # A second signal ends the program at once; the database is made for that.
    for each in STOPPING_SIGNALS:
        signal.signal(each, signal.SIG_DFL)
    raise Stopped(number)
