"""Read the JSON of a server that may write anything, and write it so that a database can hold it."""

import json
import re
import textwrap
from typing import Any

# The database's own JSON functions give up at a thousand levels.
DEEPEST_LEVEL = 200
LONGEST_INTEGER = 4000
TOKEN = re.compile(r'"(?:[^"\\]|\\.)*"|[\[\]{}]', re.DOTALL)


def parse_json(text: str) -> Any:
    """Return what a JSON text says; NaN and Infinity, which are none, become texts.

    Where it is nested deeper than Python reads, what lies deeper than 200 levels becomes the text that it is; an
    integer of thousands of digits becomes a text too.
    Raises: json.JSONDecodeError if it is no JSON.
    """
    try:
        return json.loads(text, parse_constant=str)
    except json.JSONDecodeError:
        raise
    except (RecursionError, ValueError):
        return json.loads(_flattened(text), parse_constant=str, parse_int=_integer_or_text)


def cut_deep(value: Any, levels: int = DEEPEST_LEVEL) -> Any:
    """Return a value of which what lies deeper than so many levels is left out."""
    if isinstance(value, dict):
        return {name: cut_deep(member, levels - 1) for name, member in value.items()} if levels else "{...}"
    if isinstance(value, list):
        return [cut_deep(element, levels - 1) for element in value] if levels else "[...]"
    return value


def describe(value: Any) -> str:
    """Return a value as short JSON, for a message."""
    return textwrap.shorten(as_json(value), 80, placeholder="...")


def as_json(value: Any) -> str:
    """Return a value as JSON that a database can hold: half a surrogate pair is no character, and becomes a "?"."""
    try:
        text = json.dumps(value, ensure_ascii=False)
    except RecursionError:
        text = json.dumps(cut_deep(value), ensure_ascii=False)
    return text.encode(errors="replace").decode()


def as_text(value: Any) -> str | None:
    """Return a text as received, and anything else but null as JSON."""
    if value is None:
        return None
    if not isinstance(value, str):
        return as_json(value)
    # Nothing to replace in ASCII, and asking is quicker than trying.
    return value if value.isascii() else value.encode(errors="replace").decode()


def _flattened(text: str) -> str:
    """Return a JSON text with what is nested too deep as texts. Without recursion, for any depth."""
    pieces, level, kept_until, cut_from = [], 0, 0, 0
    for token in TOKEN.finditer(text):
        if token[0] in "[{":
            level += 1
            if level == DEEPEST_LEVEL + 1:
                cut_from = token.start()
        elif token[0] in "]}":
            if level == DEEPEST_LEVEL + 1:
                pieces += [text[kept_until:cut_from], json.dumps(text[cut_from : token.end()])]
                kept_until = token.end()
            level -= 1
    return "".join((*pieces, text[kept_until:]))


def _integer_or_text(digits: str) -> int | str:
    return int(digits) if len(digits) < LONGEST_INTEGER else digits
