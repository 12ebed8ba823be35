"""The address of a PostgreSQL database, as a person writes it on a command line: read as libpq reads it, and checked.

No message repeats it: a password may be in it, wherever it was put.
"""

import psycopg2
from psycopg2.extensions import parse_dsn

from extract.errors import SettingsError

EXAMPLE = "It has to look like postgresql://ann@localhost:5432/emby, or postgresql:///emby?host=/run/postgresql."
NOT_HERE = (
    "The address holds a password: it would be in the shell's history, and in the list of processes. Leave it out, "
    "and put it into PGPASSWORD or ~/.pgpass."
)


def read_address(address: str) -> dict[str, str]:
    """Return what libpq finds in an address: `host`, `port`, `dbname`, `user` and the like, where they are given.

    Raises: SettingsError if it holds a password or is not an address.
    """
    try:
        found: dict[str, str] = parse_dsn(address)
    except psycopg2.Error:
        raise SettingsError(f"The address of the database cannot be read. {EXAMPLE}") from None
    if any("password" in name for name in found) or ":" in found.get("user", ""):
        raise SettingsError(NOT_HERE)
    # A password with a slash in it ends the part that libpq would take it from, and the rest is taken for a name.
    ports = found.get("port", "").split(",")
    if not all(port.isdecimal() or not port for port in ports) or set(found.get("dbname", "")) & set("@/:"):
        raise SettingsError(f"The address of the database cannot be read. {EXAMPLE} Leave a password out.")
    return found


def name_of(address: dict[str, str]) -> str:
    """Return how a message calls a database."""
    name = f"database {address['dbname']}" if "dbname" in address else "database"
    host = address.get("host") or address.get("hostaddr")
    port = f":{address['port']}" if "port" in address else ""
    return f"{name} at {host}{port}" if host else name
