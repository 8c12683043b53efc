"""Lay out a document that is given whole, without an office behind it."""

import hashlib
from collections.abc import Mapping
from datetime import date
from typing import Any

from docgen.reading import read_content
from docgen.render import render
from docgen.sheet import Particulars

KEYS = {"content", "number", "dated", "printed_on", "signatories"}


def render_alone(given: Mapping[str, Any]) -> tuple[bytes, str]:
    """Return the DOCX of `{content, number, dated, printed_on, signatories}` and its SHA-256.

    All but `content` is optional; the agency's name heads and signs the paper. Raises ValueError,
    ContentError.
    """
    if not isinstance(given, Mapping) or "content" not in given or set(given) - KEYS:
        raise ValueError(f"expected an object with content, and of {', '.join(sorted(KEYS))} nothing else")
    content = read_content(given["content"])
    docx = render(
        content,
        Particulars(
            masthead=f"{content.agency}文件",
            signature=content.agency,
            printed_by=content.agency,
            number=given.get("number"),
            dated=_date(given.get("dated")),
            printed_on=_date(given.get("printed_on")),
            signers=tuple(given.get("signatories") or ()),
            co_mastheads=() if content.lead_only else content.co_agencies,
            co_signatures=content.co_agencies,
        ),
    )
    return docx, hashlib.sha256(docx).hexdigest()


def _date(text: str | None) -> date | None:
    return date.fromisoformat(text) if text else None
