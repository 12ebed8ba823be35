"""What a check of `doctor` found, and how bad it is."""

from dataclasses import dataclass
from typing import Literal

Verdict = Literal["ok", "warning", "fault"]


@dataclass(frozen=True)
class Finding:
    """What a check found: its verdict, and a message that says what to do.

    A warning needs attention too: it becomes a fault if nobody acts.
    """

    check: str
    verdict: Verdict
    message: str

    @property
    def is_well(self) -> bool:
        """Return whether there is nothing to do."""
        return self.verdict == "ok"

    def __str__(self) -> str:
        """Return the finding as one line."""
        return f"{self.verdict:<8} {self.check}: {self.message}"
