"""Progress while rows are read: how many are done, and which were left out. Sources report it, a run shows it."""

from typing import Protocol


class Progress(Protocol):
    """What a source reports to. `rejections`: the reasons why rows were left out, so far."""

    rejections: list[str]

    def advance(self, done: int, total: int | None, unit: str) -> None:
        """Report that `done` of `total` units (`events`, `days`) are read. `total`: None where it is not known."""

    def reject(self, reason: str) -> None:
        """Report that a row was left out, because it cannot be used, and the reason."""


class Silent:
    """Progress that is shown nowhere. It keeps the reasons for rows that were left out."""

    def __init__(self) -> None:
        self.rejections: list[str] = []

    def advance(self, done: int, total: int | None, unit: str) -> None:
        """Do nothing."""

    def reject(self, reason: str) -> None:
        """Keep the reason."""
        self.rejections.append(reason)
