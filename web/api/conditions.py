"""Read the headers that say on which version, and once only."""

import re
from collections.abc import Iterator
from contextlib import contextmanager

from flask import request
from flask_babel import gettext

from workflow.errors import Stale

from .refusal import refuse

UNKNOWN = -1  # no document has it

_TAG = re.compile(r'(?P<weak>W/)?"(?P<value>[\x21\x23-\x7e\x80-\xff]*)"')
_KEY = re.compile(r"[\x21-\x7e]{1,200}")


@contextmanager
def version_seen() -> Iterator[int]:
    """Yield the version that If-Match names; a document that is not at it answers 412.

    Without the header the request is answered 428, but only after a repeated one had its first answer
    again. A weak or a foreign tag matches nothing (RFC 9110, 13.1.1); `*` names no version.
    """
    header = request.headers.get("If-Match", "").strip()
    try:
        yield _version(header) if header else UNKNOWN
    except Stale:
        if header:
            raise
        refuse(428, gettext("Say with If-Match which version of the document you saw."))


def _version(header: str) -> int:
    tag = _TAG.fullmatch(header)
    if tag is None:
        refuse(400, gettext('If-Match must name one version, as in "3".'))
    value = tag["value"]
    plain = value.isascii() and value.isdigit() and len(value) < 10 and value == str(int(value))
    return int(value) if plain and not tag["weak"] else UNKNOWN


def idempotency_key() -> str | None:
    """Return the key under which this request may come again, or None."""
    key = request.headers.get("Idempotency-Key")
    if key is not None and not _KEY.fullmatch(key):
        refuse(400, gettext("Idempotency-Key must be 1 to 200 visible ASCII characters."))
    return key
