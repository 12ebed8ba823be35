"""Settings from the environment and `.env`. No other module reads one.

What is no setting of ours is read elsewhere: `HOME` in `landing/paths.py`, and the whole environment in `run/dbt.py`,
which hands it on to dbt.
"""

import os
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import urlsplit

from dotenv import dotenv_values

from extract.errors import SettingsError
from extract.landing.paths import expand_home

DEFAULT_TMDB_BASE_URL = "https://api.themoviedb.org/3"
DEFAULT_WAREHOUSE_PATH = "data/emby_elt.db"

EMBY_HINTS = {
    "EMBY_BASE_URL": "It is the address of your Emby server, e.g. http://192.168.1.10:8096",
    "EMBY_API_KEY": "It is an API key, made on the server under Settings > Advanced > API Keys. "
    "EMBY_API_KEY_FILE may name a file that holds it.",
}

TRUE_WORDS = frozenset({"1", "true", "yes", "on"})
FALSE_WORDS = frozenset({"0", "false", "no", "off"})


@dataclass(frozen=True)
class EmbySettings:
    """How to reach the Emby server. `verify` is what requests takes: True, False or a CA file's path."""

    base_url: str
    api_key: str = field(repr=False)
    verify: bool | str = True


@dataclass(frozen=True)
class TmdbSettings:
    """How to reach TMDB."""

    base_url: str
    read_access_token: str = field(repr=False)


@dataclass(frozen=True)
class Settings:
    """Everything that is configured, as strings; each part is checked when a step asks for it."""

    values: Mapping[str, str] = field(repr=False)

    @property
    def warehouse_path(self) -> Path:
        """Return where the database is.

        Raises: SettingsError if the path begins with a `~` that cannot be resolved, has blanks around it, or stands in
        quotes: it would be a new file beside the one that is meant.
        """
        path = self.values.get("WAREHOUSE_PATH", DEFAULT_WAREHOUSE_PATH)
        if path != path.strip() or (path[0] == path[-1] and path[0] in "'\""):
            raise SettingsError(f"WAREHOUSE_PATH is {path!r}. Write it without blanks and quotes around it.")
        return Path(expand_home(path))

    @property
    def server_clock(self) -> str | None:
        """Return the eras of the server's clock, as `clock.parse_server_clock` reads them; None if it is not set."""
        return self.values.get("EMBY_SERVER_CLOCK")

    @property
    def report_timezone(self) -> str | None:
        """Return the zone of every `*_local` column; None if it is not set."""
        return self.values.get("REPORT_TIMEZONE")

    @property
    def has_emby(self) -> bool:
        """Tell whether a server is configured at all."""
        return "EMBY_BASE_URL" in self.values

    def secrets(self) -> list[str]:
        """Return every key and token that is set and can be read."""
        found = []
        for name in ("EMBY_API_KEY", "TMDB_READ_ACCESS_TOKEN"):
            with suppress(SettingsError):
                found.append(self._secret(name) or "")
        return found

    def emby(self) -> EmbySettings:
        """Return the Emby server's address and key.

        Raises: SettingsError if one is missing or cannot be an address, a flag or a file.
        """
        base_url, api_key = self.values.get("EMBY_BASE_URL"), self._secret("EMBY_API_KEY")
        if base_url is None or api_key is None:
            missing = [name for name, value in zip(EMBY_HINTS, (base_url, api_key), strict=True) if value is None]
            raise SettingsError(
                "\n".join(f"{name} is not set. {EMBY_HINTS[name]}" for name in missing)
                + "\nPut it into the environment or into .env; .env.example lists every setting."
            )
        return EmbySettings(_checked_url("EMBY_BASE_URL", base_url), api_key, self._verify())

    def tmdb(self) -> TmdbSettings | None:
        """Return TMDB's address and token; None without a token.

        Raises: SettingsError if the address cannot be one.
        """
        token = self._secret("TMDB_READ_ACCESS_TOKEN")
        if token is None:
            return None
        base_url = self.values.get("TMDB_BASE_URL", DEFAULT_TMDB_BASE_URL)
        return TmdbSettings(_checked_url("TMDB_BASE_URL", base_url), token)

    def _secret(self, name: str) -> str | None:
        """Return a secret, from its variable or from the file that `NAME_FILE` names."""
        value, path = self.values.get(name), self.values.get(f"{name}_FILE")
        if value is not None:
            return _checked_secret(name, value)
        if path is None:
            return None
        try:
            secret = Path(expand_home(path)).read_text(encoding="utf-8")
        except (OSError, UnicodeDecodeError) as error:
            raise SettingsError(
                f"{name}_FILE is {path!r}, and that file cannot be read ({error}). "
                f"Put the path of a file there that holds what {name} would."
            ) from None
        return _checked_secret(f"The file of {name}_FILE", secret)

    def _verify(self) -> bool | str:
        word = self.values.get("EMBY_VERIFY_TLS", "true").lower()
        if word in FALSE_WORDS:
            return False
        if word not in TRUE_WORDS:
            raise SettingsError(f"EMBY_VERIFY_TLS is {word!r}. Put true or false there.")
        ca_file = self.values.get("EMBY_CA_FILE")
        if ca_file is None:
            return True
        ca_file = expand_home(ca_file)
        if not Path(ca_file).is_file():
            raise SettingsError(
                f"EMBY_CA_FILE is {ca_file!r}, and no such file exists. Put the path of the "
                "certificate (PEM) that your server's certificate is signed with."
            )
        return ca_file


def load_settings() -> Settings:
    """Read the environment, and `.env` in the current folder where the environment is silent.

    A variable that is set to nothing counts as not set.
    Raises: SettingsError if `.env` is there and cannot be read.
    """
    if Path(".env").is_dir():
        raise SettingsError(".env is a folder. Put the settings into a file of that name.")
    try:
        in_file = {name: value for name, value in dotenv_values(".env").items() if value}
    except (OSError, UnicodeDecodeError) as error:
        raise SettingsError(f".env cannot be read: {error}.") from None
    in_environment = {name: value for name, value in os.environ.items() if value.strip()}
    return Settings({**in_file, **in_environment})


def _checked_secret(name: str, value: str) -> str:
    """Return a secret that a header can carry. The message does not say what it is."""
    secret = value.strip()
    if not secret:
        raise SettingsError(f"{name} is empty.")
    if not secret.isascii() or not secret.isprintable() or " " in secret:
        raise SettingsError(f"{name} holds a blank or a character that no key has. Copy the key alone, and whole.")
    return secret


def _checked_url(name: str, value: str) -> str:
    try:
        parts = urlsplit(value)
        port_is_one = parts.port is None or parts.port > 0
    except ValueError:
        parts, port_is_one = urlsplit(""), False
    # The message does not repeat the value: a key or a password may be in it, wherever it was put.
    example = "It has to look like http://192.168.1.10:8096 or https://media.example.org/emby."
    if parts.username is not None or parts.password is not None or "@" in value:
        raise SettingsError(
            f"{name} holds a user name or password. Addresses end up in logs: leave both out; "
            "the key alone is what signs in."
        )
    if parts.query or parts.fragment or "?" in value or "#" in value:
        raise SettingsError(
            f"{name}: leave out what follows the '?' or '#'. "
            "The server's address alone is wanted, not that of a page on it, and no key in it."
        )
    is_plain = value.isprintable() and " " not in value
    if not port_is_one or not is_plain or parts.scheme not in {"http", "https"} or not parts.hostname:
        raise SettingsError(f"{name} is not an address. {example}")
    return value.rstrip("/")
