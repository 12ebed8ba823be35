"""Mask secrets in messages, and in what a server echoes."""

import json
import re
from collections.abc import Iterable
from urllib.parse import quote, quote_plus

MASK = "***"
NEVER = "(?!)"
# A body full of short texts would be full of asterisks, and no real key is that short.
SHORTEST_IN_BODIES = 8
# No usual encoder writes letters and digits so, and a body in which they are is searched the slow way.
ESCAPED = re.compile(rb"(?:\\u00|%(?:25)*)(?:3[0-9]|[4-7][0-9A-Fa-f])")


class Masker:
    """Replaces secrets by `***`."""

    def __init__(self, secrets: Iterable[str]) -> None:
        known = sorted({secret for secret in secrets if secret}, key=len, reverse=True)
        in_bodies = [secret for secret in known if len(secret) >= SHORTEST_IN_BODIES]
        self._pattern = re.compile("|".join(map(_pattern_of, known)) or NEVER)
        self._body_pattern = re.compile(("|".join(map(_pattern_of, in_bodies)) or NEVER).encode())
        variants = {variant for secret in in_bodies for variant in _variants_of(secret)}
        self._variants = [variant.encode() for variant in sorted(variants, key=len, reverse=True)]

    def in_text(self, text: str) -> str:
        """Return a message without the secrets, however its characters are escaped."""
        return self._pattern.sub(MASK, text)

    def in_body(self, body: bytes) -> bytes:
        """Return an answer without the secrets of eight characters or more, however they are escaped."""
        for variant in self._variants:
            if variant in body:
                body = body.replace(variant, MASK.encode())
        return self._body_pattern.sub(MASK.encode(), body) if ESCAPED.search(body) else body


def _pattern_of(secret: str) -> str:
    """Return a pattern in which each character may be percent-encoded, any number of times, or escaped as in JSON."""
    return "".join(
        rf"(?:\\*{re.escape(character)}|%(?:25)*(?i:{ord(character):02x})|\\+u00(?i:{ord(character):02x}))"
        for character in secret
    )


def _variants_of(secret: str) -> set[str]:
    escaped = "".join(c if c.isalnum() else f"\\u{ord(c):04X}" for c in secret)
    texts = {secret, json.dumps(secret)[1:-1], secret.replace("/", "\\/"), escaped, escaped.lower()}
    for text in (quote(secret, safe=""), quote(secret), quote_plus(secret)):
        texts |= {text, text.replace("%", "%25"), re.sub("%..", lambda match: match[0].lower(), text)}
    return texts
