"""What a fetcher tells the one who reads from it while rows flow: how far it is, and what it could not use."""

from typing import Protocol


class Watcher(Protocol):
    """Listens to a fetcher. `rejections`: the reasons heard so far."""

    rejections: list[str]

    def progress(self, done: int, total: int | None, unit: str) -> None:
        """Hear that `done` of `total` units (`events`, `days`) are read; a total of None if it cannot know."""

    def reject(self, reason: str) -> None:
        """Hear that one row of an answer has no place in the tables, and why."""


class Silent:
    """Hears and forgets progress, keeps the reasons."""

    def __init__(self) -> None:
        self.rejections: list[str] = []

    def progress(self, done: int, total: int | None, unit: str) -> None:
        """Forget it."""

    def reject(self, reason: str) -> None:
        """Keep it."""
        self.rejections.append(reason)
