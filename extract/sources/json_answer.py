"""Read JSON that a server wrote, however odd, and write JSON that a database can hold."""

import json
import re
import textwrap
from typing import Any

# The database's own JSON functions give up at a thousand levels.
DEEPEST_LEVEL = 200
LONGEST_INTEGER = 4000
TOKEN = re.compile(r'"(?:[^"\\]|\\.)*"|[\[\]{}]', re.DOTALL)


def parse_json(text: str) -> Any:
    """Return the value of a JSON text. NaN and Infinity, which JSON does not have, become texts.

    If it is nested deeper than Python can read, what lies deeper than 200 levels becomes its own JSON as a text. So
    does an integer of thousands of digits.
    Raises: json.JSONDecodeError if it is not JSON.
    """
    try:
        return json.loads(text, parse_constant=str)
    except json.JSONDecodeError:
        raise
    except (RecursionError, ValueError):
        return json.loads(_flattened(text), parse_constant=str, parse_int=_integer_or_text)


def cut_deep(value: Any, levels: int = DEEPEST_LEVEL) -> Any:
    """Return a value without what lies deeper than so many levels; `{...}` or `[...]` stands there instead."""
    if isinstance(value, dict):
        return {name: cut_deep(member, levels - 1) for name, member in value.items()} if levels else "{...}"
    if isinstance(value, list):
        return [cut_deep(element, levels - 1) for element in value] if levels else "[...]"
    return value


def describe(value: Any) -> str:
    """Return a value as short JSON, for a message."""
    return textwrap.shorten(as_json(value), 80, placeholder="...")


def as_json(value: Any) -> str:
    """Return a value as JSON that a database can hold: a lone surrogate becomes a "?"."""
    try:
        text = json.dumps(value, ensure_ascii=False)
    except RecursionError:
        text = json.dumps(cut_deep(value), ensure_ascii=False)
    return text.encode(errors="replace").decode()


def as_text(value: Any) -> str | None:
    """Return a text as received, None for null, and anything else as JSON. A lone surrogate becomes a "?"."""
    if value is None:
        return None
    if not isinstance(value, str):
        return as_json(value)
    # Nothing to replace in ASCII, and asking is quicker than trying.
    return value if value.isascii() else value.encode(errors="replace").decode()


def _flattened(text: str) -> str:
    """Return a JSON text in which what is nested too deep is a text. It works for any depth, without recursion."""
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
