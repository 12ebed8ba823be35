"""The hash of a whole row, by which rows of imported files are identified."""

import hashlib
import json
from typing import Any

from extract.sources.json_answer import as_json


def hash_of(row: Any) -> str:
    """Return 64 hexadecimal digits: equal for equal rows, in whichever order their members stand."""
    try:
        text = json.dumps(row, sort_keys=True)
    except RecursionError:
        text = as_json(row)
    return hashlib.sha256(text.encode()).hexdigest()
