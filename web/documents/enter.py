"""Enter what somebody said of a document on paper or by word of mouth (代录)."""

from collections.abc import Sequence
from datetime import date, datetime
from typing import Any

from flask import redirect, render_template, request, url_for

from states.errors import NotAllowed, NotReady
from states.reasons import Reason
from workflow import clock, engine, entering
from workflow.choices import Colleague, colleagues
from workflow.describe import Action, Description, describe
from workflow.directory import Person
from workflow.entering import ORAL, PAPER, Entered

from .. import office, uploads
from ..auth import person
from ..forms.points import places
from ..forms.step import read_step, step_form
from ..language import say_all
from .attached import LARGEST_FILE
from .routes import blueprint, once, version
from .steps import tell


@blueprint.route("/documents/<public_id>/enter", methods=["GET", "POST"])
@uploads.takes(LARGEST_FILE)
def enter(public_id: str) -> Any:
    """Show the form for one of the holders (`for`) and one of their steps (`action`), or take it in."""
    description = describe(office.session(), person(), public_id)
    people = entering.people(office.session(), description, person())
    if request.method == "GET":
        if not people:
            raise NotAllowed([Reason("There is nobody for whom you could enter an opinion here")])
        return _page(description, people)
    action = request.form.get("action", "")
    step = description.procedure.step(request.form.get("stage", description.case.state), action)
    inputs = read_step(step, request.form)
    try:
        engine.advance(
            person().id, public_id, action, version(), inputs, once=once(), entered=_read(request.form["for"])
        )
    except NotReady as refusal:
        office.refresh()
        return _page(describe(office.session(), person(), public_id), people, say_all(refusal.reasons)), 422
    office.refresh()
    tell(description, describe(office.session(), person(), public_id))
    return redirect(url_for("documents.show", public_id=public_id))


def _page(description: Description, people: Sequence[Person], wrong: list[str] | None = None) -> str:
    chosen = next((one for one in people if one.username == request.values.get("for")), people[0])
    actions = _actions(description.id, chosen)
    action = next((one for one in actions if one.name == request.values.get("action")), actions[0])
    typed = request.form if request.method == "POST" else None
    return render_template(
        "documents/enter.html",
        it=description,
        people=people,
        chosen=chosen,
        actions=actions,
        form=step_form(action, False, lambda: _colleagues(description), list, typed, wrong),
        typed=typed or {},
        today=clock.today(),
        now=clock.now().astimezone(clock.SHANGHAI),
        media=(PAPER, ORAL),
        point_places=places(description.content),
    )


def _actions(public_id: str, holder: Person) -> list[Action]:
    """Return the steps that could be entered for a holder, the one that goes forward first."""
    found = describe(office.session(), holder, public_id).actions
    opinions = [action for action in found if entering.is_opinion(action.step)]
    return sorted(opinions, key=lambda action: action.direction != "forward")


def _colleagues(description: Description) -> Sequence[Colleague]:
    return colleagues(office.session(), but=description.document["drafter_id"])


def _read(for_: str) -> Entered:
    """Return what the form says of where an opinion comes from; raises NotReady for a day that is none."""
    form, scan = request.form, request.files.get("scan")
    if form.get("medium") == ORAL:
        return Entered(
            for_, ORAL, said_at=_moment(form.get("said_at", "")), heard_by=form.get("heard_by", "")
        )
    return Entered(
        for_,
        form.get("medium", ""),
        scan=scan.read() if scan else None,
        signed_on=_day(form.get("signed_on", "")),
    )


def _day(text: str) -> date | None:
    try:
        return date.fromisoformat(text) if text else None
    except ValueError:
        raise NotReady([Reason("%(text)s is no date", {"text": text[:20]})]) from None


def _moment(text: str) -> datetime | None:
    """Return the moment, in Shanghai, of a field for day and time."""
    try:
        return datetime.fromisoformat(text).replace(tzinfo=clock.SHANGHAI) if text else None
    except ValueError:
        raise NotReady([Reason("%(text)s is no date", {"text": text[:20]})]) from None
