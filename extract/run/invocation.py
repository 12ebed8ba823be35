"""One call of a command: its settings, its database, its report, and the exit code that an error ends it with."""

import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from stamina.instrumentation import set_on_retry_hooks

from extract.errors import CommandFailedError, ExtractError, SettingsError
from extract.run.program import Stopped
from extract.run.report import Report
from extract.settings import Settings, load_settings
from extract.sources.masking import Masker

EXIT_FAILED = 1
EXIT_SETTINGS = 2


@dataclass(frozen=True)
class Invocation:
    """What a command works with."""

    settings: Settings
    database: Path
    report: Report


@contextmanager
def invocation(
    *, database: Path | None, quiet: bool, verbose: bool = False, settings: Settings | None = None
) -> Iterator[Invocation]:
    """Prepare a command, and turn the errors that it raises into messages and an exit code.

    `database`: None for the one that the settings name. `settings`: those to use instead of the environment's and
    `.env`'s. Exit code: 2 for SettingsError, 1 for every other ExtractError. The messages are the last that is printed.
    """
    # Whatever is created holds a household's history: its owner alone may read it.
    os.umask(0o077)
    report = Report(quiet=quiet, verbose=verbose)
    set_on_retry_hooks([report.retrying])
    try:
        settings = settings or load_settings()
        report.masker = Masker(settings.secrets())
        yield Invocation(settings, database or settings.warehouse_path, report)
    except CommandFailedError:
        sys.exit(EXIT_FAILED)
    except ExtractError as error:
        report.fail(str(error))
        sys.exit(EXIT_SETTINGS if isinstance(error, SettingsError) else EXIT_FAILED)
    except Stopped as signal:
        report.fail(f"Stopped by {signal.name}. The next run does the rest.")
        raise
    finally:
        report.conclude()
