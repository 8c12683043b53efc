"""Lay out a document that is given whole, without an office behind it."""

import hashlib
from collections.abc import Mapping
from datetime import date
from itertools import zip_longest
from pathlib import Path
from typing import Any

from docgen.reading import read_content
from docgen.render import render
from docgen.sheet import Particulars

KEYS = {"content", "number", "dated", "printed_on", "signatories", "copy_number", "posts"}


def render_alone(given: Mapping[str, Any], folder: Path | None = None) -> tuple[bytes, str]:
    """Return the DOCX of an object with the KEYS, and its SHA-256.

    The content's pictures lie in the folder, under their names, and may be given by their names alone.
    All but `content` is optional; the agency's name heads and signs the paper, or the signatories do by
    name chops, beside their `posts`. Raises ValueError, ContentError.
    """
    if not isinstance(given, Mapping) or "content" not in given or set(given) - KEYS:
        raise ValueError(f"expected an object with content, and of {', '.join(sorted(KEYS))} nothing else")
    plain, pictures = _with_pictures(given["content"], folder)
    content = read_content(plain)
    signers = tuple(given.get("signatories") or ())
    docx = render(
        content,
        Particulars(
            masthead=f"{content.agency}文件",
            signature=content.agency,
            printed_by=content.agency,
            number=given.get("number"),
            dated=_date(given.get("dated")),
            printed_on=_date(given.get("printed_on")),
            signers=signers,
            stamped=tuple(zip_longest(given.get("posts") or (), signers, fillvalue="")),
            copy_number=given.get("copy_number"),
            co_mastheads=() if content.lead_only else content.co_agencies,
            co_signatures=content.co_agencies,
        ),
        pictures=pictures,
    )
    return docx, hashlib.sha256(docx).hexdigest()


def _with_pictures(content: Any, folder: Path | None) -> tuple[Any, dict[str, bytes]]:
    """Return a content with what its pictures' files say of them, and these by their SHA-256."""
    listed = content.get("pictures") if isinstance(content, Mapping) else None
    if folder is None or not isinstance(listed, list):
        return content, {}
    known: dict[str, bytes] = {}
    refs = []
    for place, one in enumerate(listed):
        name = one.get("name") if isinstance(one, Mapping) else None
        path = folder / name if isinstance(name, str) and name == Path(name).name else None
        if path is None or not path.is_file():
            raise ValueError(f"pictures[{place}]: there is no {name} in {folder}")
        data = path.read_bytes()
        sha256 = hashlib.sha256(data).hexdigest()
        if one.get("sha256", sha256) != sha256:
            raise ValueError(f"pictures[{place}]: {name} in {folder} is another picture")
        known[sha256] = data
        refs.append({"size": len(data), **one, "sha256": sha256})
    return {**content, "pictures": refs}, known


def _date(text: str | None) -> date | None:
    return date.fromisoformat(text) if text else None
