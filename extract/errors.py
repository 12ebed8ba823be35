"""What can go wrong, in words that a reader can act on. `run/invocation.py` turns these errors into an exit code."""


class ExtractError(Exception):
    """Something the user can mend; the message says what and how."""


class SettingsError(ExtractError):
    """A setting is missing or cannot be understood."""


class FileRefusedError(SettingsError):
    """A file that was named is not what was asked for, or is broken; nothing of it was loaded."""


class ApiError(ExtractError):
    """A server gave no answer, or another one than its API documents."""


class UnreachableError(ApiError):
    """No connection to a server could be made, so that no other request to it needs to be tried.

    `service`: the server, as messages name it.
    """

    def __init__(self, message: str, service: str) -> None:
        super().__init__(message)
        self.service = service


class PluginMissingError(ApiError):
    """The server has no Playback Reporting plugin."""


class HistoryQueryRefusedError(ApiError):
    """The plugin does not answer custom queries; its playlist can still be read."""


class WarehouseError(ExtractError):
    """The database cannot be opened, read or written."""


class ShipError(ExtractError):
    """The raw tables cannot be copied to the target of `ship`."""


class CommandFailedError(ExtractError):
    """A command failed, and its report has the reasons already: only the exit code is left to set."""
