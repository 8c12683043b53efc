"""Keep each version of a document's text, and show in lists what the latest says."""

from typing import Any

from docgen.sheet import Content
from states.errors import NotReady
from states.reasons import Reason

from .agencies import series_for
from .models import Revision, table
from .prepared import Prepared
from .work import Work

_revisions = table(Revision)
_KEEP = Prepared(_revisions.insert())


def refuse_another_series(work: Work, content: Content, agency_id: int) -> None:
    """Refuse a numbered document an agency or type whose numbers are of another series."""
    same = (agency_id, content.type) == (work.document["agency_id"], work.document["type"])
    if work.document["number"] is None or same:
        return
    series = series_for(work.session, work.document["agency_id"], work.document["type"])
    if series_for(work.session, agency_id, content.type).id != series.id:
        number = {"number": work.document["number"]}
        raise NotReady(
            [
                Reason(
                    "The number %(number)s is of another series: void the document and draft it anew", number
                )
            ]
        )


def listed(content: Content) -> dict[str, Any]:
    """Return what lists show of a content."""
    return {
        "type": content.type,
        "title": content.title,
        "urgency": content.urgency,
        "seal": bool(content.seal),
        "content_sha256": content.sha256(),
        "co_agencies": list(content.co_agencies) or None,
    }


def revise(work: Work, content: Content, kind: str, reason: str) -> None:
    work.set(revision=work.document["revision"] + 1, **listed(content))
    store(work, content, kind, reason)


def store(work: Work, content: Content, kind: str, reason: str) -> None:
    row = {
        "document_id": work.id,
        "n": work.document["revision"],
        "content": content.canonical(),
        "content_sha256": work.document["content_sha256"],
        "author_id": work.person.id,
        "at": work.at,
        "stage": work.document["state"],
        "kind": kind,
        "reason": reason,
    }
    _KEEP.run(work.session, row)
