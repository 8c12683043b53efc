"""Gather for a document's page how it is set for the printer, who read it, and what can be printed."""

from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy.orm import Session

from docgen.adjust import Layout, Numbered, paragraphs
from docgen.layout import LINE_TW
from docgen.masthead import fit_masthead
from docgen.title import break_title

from ..agencies import masthead_of
from ..clock import today
from ..describe import Description, Passage
from ..directory import OFFICE_CLERK, Person
from ..laying import Paper
from ..models import Agency
from . import numbered, proofs, sheets
from .copies import KEEP_PRINT_COPY
from .layouts import layout_of
from .proofs import PARTS, Tick
from .same_text import counts, paper_for_print
from .stages import printing_stage, refusals


@dataclass(frozen=True)
class Setting:
    """A layout to be changed: what is set, and what the system takes where nothing is."""

    layout: Layout
    left_behind: bool  # something that was set no longer fits the text
    title_lines: Sequence[str]
    pitch_tw: int
    size_pt: int
    percent: int
    paragraphs: Sequence[Numbered]  # before which a page may begin


@dataclass(frozen=True)
class Copy:
    """The print copy: its file's name, who brought it and when, and whether it will be printed."""

    name: str
    by: str
    at: str
    counts: bool


@dataclass(frozen=True)
class Overview:
    """How a document stands at the printer's, as one person's page shows it."""

    setting: Setting | None  # None for those who may not change it now
    copy: Copy | None
    file: str | None  # the frozen file's hash
    pdf: str  # none, making, ready, failed or unavailable
    ours: bool  # the frozen file is the system's own layout
    reading: bool  # the proof is to be read now
    ticks: Sequence[Tick]
    missing: Sequence[str]  # the parts in which nobody has read it yet
    mine: Sequence[str]  # those of them that are this person's
    batches: Sequence[tuple[str, str]]  # of numbered copies: the first number and the last of each file


def overview(
    session: Session, person: Person, description: Description, passages: Sequence[Passage]
) -> Overview | None:
    """Return how a document stands at the printer's, or None where that is nothing to this person."""
    document, procedure = description.document, description.procedure
    if document["origin"] != "here":
        return None
    may_set = not refusals(procedure, description.case)
    concerned = document["drafter_id"] == person.id or person.holds(OFFICE_CLERK, "registrar")
    if not may_set and not (concerned and document["frozen_sha256"]):
        return None
    at_printing = document["state"] == printing_stage(procedure)
    paper = paper_for_print(session, document, description.content, document["printed_on"] or today())
    reading = proofs.is_read_now(procedure, document)
    ticks = proofs.ticks(session, document)
    missing = [part for part in PARTS if part not in [one.part for one in ticks]]
    return Overview(
        setting=_setting(session, description) if may_set else None,
        copy=_copy(description, paper, passages) if at_printing else None,
        file=document["frozen_sha256"],
        pdf=sheets.state_of_pdf(session, document),
        ours=sheets.is_ours(session, document),
        reading=reading,
        ticks=ticks,
        missing=missing,
        mine=[part for part in proofs.parts_of(person, document) if part in missing] if reading else [],
        batches=numbered.batches(document, description.content),
    )


def _setting(session: Session, description: Description) -> Setting:
    content, layout = description.content, layout_of(description)
    agency = session.get_one(Agency, description.document["agency_id"])
    paper = paper_for_print(session, {**description.document, "layout": None}, content, today())
    fitted = fit_masthead(paper.particulars.masthead, *masthead_of(agency))
    return Setting(
        layout=layout,
        left_behind=layout != Layout.from_dict(description.document["layout"]),
        title_lines=layout.title_lines or break_title(content.title),
        pitch_tw=LINE_TW,
        size_pt=fitted.size_pt,
        percent=fitted.percent,
        paragraphs=[one for one in paragraphs(content) if one.may_begin_a_page],
    )


def _copy(description: Description, paper: Paper, passages: Sequence[Passage]) -> Copy | None:
    kept = [one for one in passages if one.action == KEEP_PRINT_COPY]
    if description.document["print_copy_sha256"] is None or not kept:
        return None
    last = kept[-1]
    return Copy(last.details["name"], last.name, last.at, counts(description.document, paper))
