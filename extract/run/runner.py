"""Run steps one after the other: each is recorded, and one that fails does not stop the next."""

import traceback
from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from time import monotonic

from extract.errors import ExtractError, SettingsError, UnreachableError, WarehouseError
from extract.landing.lock import only_one
from extract.landing.warehouse import Warehouse
from extract.progress import Progress
from extract.run.job import Job, Options, PartlyLoadedError, Step, StepSkippedError
from extract.run.program import Stopped
from extract.run.report import Outcome, Report
from extract.settings import Settings
from extract.sources.clock import TIME_FORMAT


def run_steps(
    steps: Sequence[Step], settings: Settings, database: Path, options: Options, report: Report
) -> list[Outcome]:
    """Run the steps on a database, and hold its lock meanwhile. Return how each ended.

    Raises: SettingsError if a step lacks a setting, WarehouseError if the database cannot be opened or is in use;
    the latter before anything is asked of a server.
    """
    for step in steps:
        step.check(settings)
    with only_one(database), Warehouse(database) as warehouse:
        job = Job(settings, warehouse, options, loaded_at=_now(), on_response=report.responded)
        # One run at a time: the microsecond is name enough, and sorts.
        run_id = datetime.now(UTC).isoformat(timespec="microseconds")
        # Services that gave no answer, and the step that met them.
        unreachable: dict[str, str] = {}
        return [
            _run_step(replace(job, loaded_at=_now(), clients=[]), run_id, step, report, unreachable) for step in steps
        ]


def _run_step(job: Job, run_id: str, step: Step, report: Report, unreachable: dict[str, str]) -> Outcome:
    outcome = Outcome(step.name)
    started = monotonic()
    with report.progress_of(step.name) as progress:
        ends_the_run = _try_step(job, step, progress, outcome, unreachable)
        outcome.rejections = progress.rejections
    outcome.seconds = monotonic() - started
    outcome.error = outcome.error and report.masker.in_text(outcome.error)
    outcome.counts.note = outcome.counts.note and report.masker.in_text(outcome.counts.note)
    outcome.requests = sum(client.request_count for client in job.clients)
    if not isinstance(ends_the_run, SettingsError):
        report.tell(outcome)
    try:
        job.warehouse.record_step(
            {
                "run_id": run_id,
                "step": step.name,
                "started_at": job.loaded_at,
                "finished_at": _now(),
                "status": outcome.status,
                "rows_read": outcome.counts.read,
                "rows_inserted": outcome.counts.inserted,
                "rows_updated": outcome.counts.updated,
                "rows_removed": outcome.counts.removed,
                "rows_rejected": len(outcome.rejections),
                "request_count": outcome.requests,
                "error": outcome.error,
                "note": "; ".join(filter(None, (outcome.counts.note, outcome.counts.warning))) or None,
                "server_utc_offset_seconds": outcome.counts.server_utc_offset_seconds,
            }
        )
    except WarehouseError as error:
        # A full disk can be too full for this row as well; the step's own fate has been told.
        outcome.status, outcome.error = "failed", str(error)
        report.fail(f"{step.name}: how it ended cannot be recorded: {error}")
    if ends_the_run is not None:
        raise ends_the_run
    return outcome


def _try_step(
    job: Job, step: Step, progress: Progress, outcome: Outcome, unreachable: dict[str, str]
) -> SettingsError | Stopped | None:
    """Run a step and note in its outcome how it ended; return what has to end the run as well."""
    try:
        if step.service in unreachable:
            outcome.status, outcome.was_tried = "failed", False
            outcome.error = f"not tried: {step.service} cannot be reached, see {unreachable[step.service]}."
        elif step.service in job.unreachable:
            outcome.status, outcome.error = "failed", str(job.unreachable[step.service])
            unreachable[step.service] = step.name
        else:
            outcome.counts = step.run(job, progress)
    except StepSkippedError as reason:
        outcome.status, outcome.error = "skipped", str(reason)
    except PartlyLoadedError as error:
        outcome.status, outcome.error, outcome.counts = "failed", str(error), error.counts
    except SettingsError as error:
        # Known only now that a server was asked: what comes after would be loaded under a wrong setting.
        outcome.status, outcome.error = "failed", str(error)
        return error
    except UnreachableError as error:
        outcome.status, outcome.error = "failed", str(error)
        unreachable[error.service] = step.name
    except ExtractError as error:
        outcome.status, outcome.error = "failed", str(error)
    except Stopped as signal:
        outcome.status, outcome.error = "failed", f"interrupted by {signal.name}."
        return signal
    except Exception as error:  # noqa: BLE001 - a fault of ours must not keep the other steps from running
        traceback.print_exc()
        outcome.status = "failed"
        outcome.error = f"unexpected {type(error).__name__}: {error}. That is a fault of emby-elt: report it."
    return None


def _now() -> str:
    return datetime.now(UTC).strftime(TIME_FORMAT)
