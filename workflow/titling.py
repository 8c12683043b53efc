"""Break a document's title into lines while its text is being written, apart from the text."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any

from docgen.adjust import Layout, read_layout
from docgen.reading import read_content
from docgen.sheet import Content
from docgen.title import proposals
from states.errors import NotAllowed
from states.reasons import Reason

from . import moves
from .clock import stamp
from .describe import Description
from .installation import write_tx
from .printing.layouts import SET_LAYOUT, layout_of
from .work import load_person, open_work

LONGEST_TITLE_OFFERED = 200  # characters, as many as a title may have


def proposed(title: str) -> Sequence[str]:
    """Return the best ways to break a title, each with a line each; the system takes the first."""
    bare = " ".join(title.split())
    return ["\n".join(lines) for lines in proposals(bare)] if 0 < len(bare) <= LONGEST_TITLE_OFFERED else []


def lines_of(description: Description) -> str:
    """Return the lines that were set for a document's title, '' where the system breaks it."""
    return "\n".join(layout_of(description).title_lines)


def checked(data: Mapping[str, Any], lines: str) -> Layout:
    """Return the layout of lines that were typed for the title of typed content; raises ContentError."""
    return _read(read_content(data), lines)


def set_title_lines(actor_id: int, public_id: str, version: int, lines: str) -> None:
    """Set how a title breaks, for whoever may change the text before sign-off; '' leaves it to the system.

    The same lines again change nothing. A draft's are no movement, as its text is none; at later stages
    they are one. Raises NotFound, Stale, NotAllowed, ContentError.
    """
    with write_tx() as session:
        work = open_work(session, load_person(session, actor_id), public_id, version, stamp())
        case = work.case()
        stage = work.procedure.stages[case.state]
        if refusal := work.procedure.may_edit(case):
            raise NotAllowed(refusal)
        if stage.edit == "declared":
            raise NotAllowed([Reason("After sign-off the title's lines are set at the printing")])
        content = work.content()
        kept = Layout.from_dict(work.document["layout"]).fitting(content)
        layout = replace(kept, title_lines=_read(content, lines).title_lines)
        if layout == kept:
            return
        work.set(layout=layout.to_dict())
        if stage.edit == "in_place":
            work.details = {"layout": layout.to_dict() or {}}
            moves.stay(work, case, SET_LAYOUT, "")
        work.save()


def _read(content: Content, lines: str) -> Layout:
    return read_layout({"title_lines": lines.replace("\r\n", "\n").replace("\r", "\n")}, content)
