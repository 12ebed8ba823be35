"""What can go wrong, in words that a reader can act on. `run/invocation.py` turns these errors into an exit code."""


class ExtractError(Exception):
    """Something the user can mend; the message says what and how."""


class SettingsError(ExtractError):
    """A setting is missing or cannot be understood."""


class FileRefusedError(SettingsError):
    """A file that was named is not what was asked for, or is broken; nothing of it was loaded."""


class ApiError(ExtractError):
    """A server did not answer as its contract says."""


class UnreachableError(ApiError):
    """Nothing answers at the address of a service, `service`: asking it for something else is in vain too."""

    def __init__(self, message: str, service: str) -> None:
        super().__init__(message)
        self.service = service


class PluginMissingError(ApiError):
    """The server has no Playback Reporting plugin."""


class HistoryQueryRefusedError(ApiError):
    """The plugin takes no queries of one's own; its playlist may be read all the same."""


class WarehouseError(ExtractError):
    """The database cannot be opened, read or written."""


class ShipError(ExtractError):
    """A copy of the raw tables cannot be written to where it was to go."""


class CommandFailedError(ExtractError):
    """A command failed, and its report has the reasons already: only the exit code is left to set."""
