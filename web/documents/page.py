"""Show a document: its paper, its way, what was said of it, what may be done."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any

from flask import render_template, request, url_for

from states.stage import Stage
from workflow import choices, comparison, desk, looking, undoing
from workflow.attached import files_of
from workflow.co_signing import co_signed
from workflow.conversions import may_try_again
from workflow.describe import Action, Description, Passage, describe, movements, revisions
from workflow.doubtful import doubts_of
from workflow.errors import NotFound
from workflow.intake.past.record import Past, record_of
from workflow.opinions import ARRANGING, opinions
from workflow.path import drafting_unit, way
from workflow.printing.overview import overview
from workflow.register import registration

from .. import office, papers
from ..auth import person
from ..forms.content import field_label
from ..forms.points import places
from ..forms.step import StepForm, step_form
from . import circulating, corrections, neighbours, points
from .attached import shown
from .meanwhile import HIDDEN, meanwhile
from .on_paper import on_paper
from .routes import blueprint
from .standing import standing
from .timing import urging


@blueprint.get("/documents/<public_id>")
def show(public_id: str) -> Any:
    """Show a document; whoever holds it has opened it by this."""
    was = neighbours.place(office.session(), person(), public_id)
    desk.opened(person(), public_id)
    office.refresh()
    return render(public_id, was=was)


def render(
    public_id: str,
    *,
    was: neighbours.Place | None = None,
    refused: str | None = None,
    wrong: list[str] | None = None,
    unprinted: Any = None,
    not_urged: list[str] | None = None,
    uncorrected: Any = None,
    unpassed: Any = None,
    not_undone: list[str] | None = None,
    unanswered: Any = None,
) -> str:
    """Render the page; `refused` and `wrong` are a step that was not taken and why.

    unprinted: what was refused at the printer's (printing.Refusal); not_urged: why nobody was urged;
    unpassed: what was not passed on or not answered (circulating.Refusal); not_undone: why a step stays;
    unanswered: which answers to points of a return were not taken (points.Refusal).
    """
    session = office.session()
    description = describe(session, person(), public_id)
    passages = movements(session, description.document["id"])
    forms = _forms(description, refused, wrong or [])
    outlook = _outlook(description)
    registering = outlook and any(form.name == "register" and not form.forbidden for form in forms)
    past = _past(description)
    printing = overview(session, person(), description, passages)
    page = "past" if past else "register" if registering else "show"
    return render_template(
        f"documents/{'at_printer' if printing and printing.setting else page}.html",
        past=past,
        it=description,
        row=description.document,
        stops=way(description, passages),
        opinions=opinions(description, passages),
        news=_news(description, passages),
        forms=forms,
        outlook=outlook,
        drafted_in=drafting_unit(session, description.document),
        paper={
            **papers.paper_of(description.document),
            "doubts": papers.told(doubts_of(description)),
        },
        paper_again=_paper_again(description),
        files=files_of(description.content),
        on_paper=on_paper(description, passages),
        co_signed=co_signed(description, passages),
        printing=printing,
        unprinted=unprinted,
        urging=urging(description, not_urged or ()),
        circulation=circulating.passed_round(description, unpassed),
        undoable=undoing.outlook(session, person(), description.document),
        not_undone=not_undone or (),
        shown=shown(description),
        points=points.asked(description, passages, unanswered),
        point_places=places(description.content) if _asks_for_points(forms) else (),
        meanwhile=meanwhile(description, passages),
        became=standing(description),
        corrections=corrections.asked(description, uncorrected),
        place=was or neighbours.place(session, person(), public_id),
        carried=neighbours.carried(),
        field_label=field_label,
    )


def _paper_again(description: Description) -> str | None:
    """Return where to have the pictures tried again, should they fail."""
    if not may_try_again(person(), description.document):
        return None
    return url_for("documents.try_again", public_id=description.id, what="pictures")


def _forms(description: Description, refused: str | None, wrong: list[str]) -> list[StepForm]:
    stage = description.procedure.stages[description.case.state]

    @cache
    def colleagues() -> list[choices.Colleague]:
        return choices.colleagues(office.session(), but=description.document["drafter_id"])

    @cache
    def units() -> list[tuple[str, str]]:
        return choices.units_to_ask(office.session(), but=description.document["drafter_id"])

    return [
        step_form(
            action,
            _not_theirs(action, description, stage),
            colleagues,
            units,
            request.form if action.name == refused else None,
            wrong if action.name == refused else None,
        )
        for action in description.actions
    ]


def _asks_for_points(forms: Sequence[StepForm]) -> bool:
    return any(entry.kind == "points" for form in forms for entry in form.entries)


def _not_theirs(action: Action, description: Description, stage: Stage) -> bool:
    """Tell whether a step is left out of a person's page: it is for others, or there is nobody to choose."""
    nobody = action.name in (*ARRANGING, *HIDDEN) and not action.allowed
    return nobody or bool(action.step.forbidden(description.case, stage))


def _is_past(description: Description) -> bool:
    return bool(description.document["origin"] == "imported")


def _past(description: Description) -> Past | None:
    """Return what the register of former years says of a document that was brought in."""
    if not _is_past(description):
        return None
    return record_of(office.session(), person(), description.document["id"])


def _outlook(description: Description) -> registration.Outlook | None:
    """Return the number that the document would get, while it has none and may still get one."""
    final = description.procedure.stages[description.case.state].final or _is_past(description)
    if description.document["number"] is not None and description.case.state != "registration":
        return None
    return None if final else registration.outlook(office.session(), description.document)


@dataclass(frozen=True)
class News:
    """What is new to somebody: the sentences that changed, by field, and the texts that changed them."""

    sentences: Sequence[tuple[str, list[list[comparison.Run]]]]
    texts: Sequence[Mapping[str, Any]]
    known: int


def _news(description: Description, passages: Sequence[Passage]) -> News | None:
    """Return what changed since this person last looked at the document."""
    session, me = office.session(), (person().id, person().username)
    versions = revisions(session, description.document["id"])
    known = looking.last_seen(session, me, description.document, versions, passages)
    texts = [one for one in versions if known is not None and one["n"] > known]
    if known is None or not texts:
        return None
    changed = comparison.compare(revision(versions, known)["content"], description.content.to_dict())
    sentences = [(field_label(change.field), comparison.changed_sentences(change)) for change in changed]
    return News(sentences, texts, known) if sentences else None


def revision(versions: Sequence[Mapping[str, Any]], number: int) -> Mapping[str, Any]:
    """Return a revision by its number; raises NotFound."""
    found = next((one for one in versions if one["n"] == number), None)
    if found is None:
        raise NotFound
    return found
