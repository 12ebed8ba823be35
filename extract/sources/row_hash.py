"""How rows that another program gave are told apart: by all that they hold."""

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
