"""What a source reports while its rows are read: how far it is, and what it could not use."""

from typing import Protocol


class Progress(Protocol):
    """Takes a source's reports. `rejections`: the reasons so far."""

    rejections: list[str]

    def advance(self, done: int, total: int | None, unit: str) -> None:
        """Note that `done` of `total` units (`events`, `days`) are read; a total of None if it cannot know."""

    def reject(self, reason: str) -> None:
        """Note that one row of an answer has no place in the tables, and why."""


class Silent:
    """Keeps the reasons, and nothing else."""

    def __init__(self) -> None:
        self.rejections: list[str] = []

    def advance(self, done: int, total: int | None, unit: str) -> None:
        """Forget it."""

    def reject(self, reason: str) -> None:
        """Keep it."""
        self.rejections.append(reason)
