"""Write a document's text: a new one, one's own draft, or one that a stage lets its holder change."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from flask import flash, redirect, render_template, request, url_for
from flask_babel import gettext

from states.errors import NotAllowed
from states.reasons import Reason
from workflow import changes, desk, engine, reissue, titling
from workflow.choices import choices, colleagues, units_to_ask, ways_to_countersign
from workflow.describe import Description, describe
from workflow.errors import ContentError, KeyReused, NotReady, Stale
from workflow.phrasebook import Template, phrasebook, template
from workflow.points import answering
from workflow.points.overview import to_tick_off

from .. import office, uploads
from ..auth import person
from ..forms import content, endings, files
from ..forms.points import answers_of
from ..forms.step import chosen_first, read_step
from ..language import say_all
from . import corrections, neighbours
from .routes import blueprint, new_key, once, version
from .steps import tell
from .taken_in import Told, take_in
from .typed import beside

LARGEST_FORM = 64 * uploads.MB  # several files at once; with scripts they come one by one


@dataclass
class Sheet:
    """The editor as it is to be shown."""

    content: content.Content
    problems: dict[str, list[str]] = field(default_factory=dict)
    wrong: Sequence[str] = ()
    stale: bool = False
    restored_over: str | None = None  # the version over which restored text was typed
    beside: Mapping[str, Any] = field(default_factory=dict)  # what is entered beside the content
    taken: Told | None = None
    template: Template | None = None


@blueprint.route("/documents/new", methods=["GET", "POST"])
@uploads.takes(LARGEST_FORM)
def new() -> Any:
    """Begin a document, perhaps with another's text as its base (`base`)."""
    if person().home is None:
        raise NotAllowed([Reason("Only people of the office draft documents")])
    if request.method == "GET":
        return _page(None, _offered("", None) or _from_template() or _base())
    if request.form.get("do") == "intake":
        return _taken_in()
    form, refused = files.take_in(person().id, request.form, request.files)
    if refused or "do" in form:
        return _page(None, Sheet(content.rows_of(form), refused)), 422 if refused else 200
    data, lines = content.read(form), form.get("title_lines", "")
    try:
        titling.checked(data, lines)
        done = engine.draft(person().id, "notice", data, base=form.get("base", ""), once=once())
    except ContentError as error:
        return _page(None, Sheet(data, content.problems_by_field(error))), 422
    desk.forget_typed(person(), "")
    if lines.strip():
        _set_title_lines(done.document, lines)
    return _saved(done.document)


@blueprint.route("/documents/<public_id>/edit", methods=["GET", "POST"])
@uploads.takes(LARGEST_FORM)
def edit(public_id: str) -> Any:
    """Change a document's text as far as its stage allows."""
    description = describe(office.session(), person(), public_id)
    if request.method == "GET":
        if description.may_not_edit:
            raise NotAllowed(description.may_not_edit)
        kept = content.copied(description.content.to_dict())
        return _page(description, _offered(public_id, description) or Sheet(kept))
    form, refused = files.take_in(person().id, request.form, request.files)
    if refused or "do" in form:
        return _page(description, Sheet(content.rows_of(form), refused)), 422 if refused else 200
    data = content.read(form)
    lines = _title_lines(description, data["title"])
    try:
        if lines is not None:
            titling.checked(data, lines)
        engine.revise(
            person().id,
            public_id,
            version(),
            data,
            change=request.form.get("change") or None,
            reason=request.form.get("reason", ""),
            once=once(),
        )
    except ContentError as error:
        return _page(description, Sheet(data, content.problems_by_field(error))), 422
    except NotReady as refusal:
        return _page(description, Sheet(data, wrong=say_all(refusal.reasons))), 422
    except (Stale, KeyReused):
        return _page(description, Sheet(data, stale=True)), 409
    desk.forget_typed(person(), public_id)
    if lines is not None:
        _set_title_lines(public_id, lines)
    if wrong := _unanswered(public_id):
        office.refresh()
        now = describe(office.session(), person(), public_id)
        return _page(now, Sheet(content.copied(now.content.to_dict()), wrong=wrong)), 422
    return _saved(public_id)


def _unanswered(public_id: str) -> list[str]:
    """Keep what was ticked of a return's points beside the text; return why it was not taken."""
    if not (found := answers_of(request.form)):
        return []
    office.refresh()
    here = describe(office.session(), person(), public_id)
    asked = {one.point.n for one in to_tick_off(office.session(), person(), here)}
    given = {n: one for n, one in found.items() if n in asked}
    try:
        if given:
            answering.answer(person().id, public_id, given, once=once(".points"))
    except NotReady as refusal:
        return [gettext("The text is saved, but the points are not answered."), *say_all(refusal.reasons)]
    return []


def _taken_in() -> Any:
    """Show the editor filled with the draft that was sent."""
    try:
        found = take_in()
    except ContentError as error:
        wrong = [line for lines in content.problems_by_field(error).values() for line in lines]
        return _page(None, Sheet(content.rows_of(request.form), wrong=wrong)), 422
    if found is None:
        wrong = [gettext("Choose a file, or paste the draft's text.")]
        return _page(None, Sheet(content.rows_of(request.form), wrong=wrong)), 422
    return _page(None, Sheet(found[0], taken=found[1]))


def _from_template() -> Sheet | None:
    """Return what a new document starts with by the template that was chosen (`template`), if one was."""
    chosen = template(request.args.get("template", ""))
    return Sheet({**_usual(), **chosen.content}, template=chosen) if chosen else None


def _usual() -> content.Content:
    usual = choices(office.session(), person())
    return {**content.blank(), "copy_to": next(iter(usual.copy_to.values()), "")}


def _base() -> Sheet:
    """Return what a new document starts with."""
    session, asked = office.session(), request.args.get
    if replaced := asked("replaces", ""):
        anew = reissue.anew(session, person(), replaced)
        return Sheet(content.copied(anew), beside={"base": replaced})
    if ended := asked("ends", ""):
        number = describe(session, person(), ended).document["number"] or ""
        return Sheet({**_usual(), "ends": [{**endings.BLANK, "number": number}]})
    if base := asked("base", ""):
        found = describe(session, person(), base).content.to_dict()
        return Sheet(content.as_base(found), beside={"base": base})
    return Sheet(_usual())


def _offered(document: str, description: Description | None) -> Sheet | None:
    """Return the unsaved copy if the person asks for it."""
    found = desk.typed(office.session(), person(), document)
    if found is None or "restore" not in request.args:
        return None
    kept: Any = found[0]
    changed = description and str(kept["version"]) != str(description.document["version"])
    over = str(kept["version"]) if changed else None
    entered = {name: value for name, value in kept.items() if name not in ("content", "version")}
    return Sheet(content.copied(kept["content"]), restored_over=over, beside=entered)


def _title_lines(description: Description, title: str) -> str | None:
    """Return the lines typed for the title, None where there is no field for them.

    Those that were set before are no longer meant where only the title has changed.
    """
    lines = request.form.get("title_lines")
    changed = title.split() != description.content.title.split()
    if lines is not None and changed and lines.split() == titling.lines_of(description).split():
        return ""
    return lines


def _set_title_lines(public_id: str, lines: str) -> None:
    """Set the title's lines of a text that was just saved, unless it went on meanwhile."""
    office.refresh()
    description = describe(office.session(), person(), public_id)
    if not description.may_not_edit:
        titling.set_title_lines(person().id, public_id, description.document["version"], lines)


def _saved(public_id: str) -> Any:
    """Go on after the text is saved; submit the draft if the person asked for that."""
    office.refresh()
    if request.form.get("then") == "submit":
        return _submit(public_id)
    flash(gettext("The text is saved."), "success")
    came: dict[str, Any] = {**neighbours.carried()}
    address = url_for("documents.show", public_id=public_id, saved=1, **came)
    return redirect(address)


def _submit(public_id: str) -> Any:
    before = describe(office.session(), person(), public_id)
    inputs = read_step(before.procedure.step(before.procedure.start, "submit"), request.form)
    seen = before.document["version"]
    try:
        engine.advance(person().id, public_id, "submit", seen, inputs, once=once(".submit"))
    except NotReady as refusal:
        office.refresh()
        wrong = [gettext("The text is saved, but it was not submitted."), *say_all(refusal.reasons)]
        return _page(before, Sheet(content.copied(before.content.to_dict()), wrong=wrong)), 422
    office.refresh()
    tell(before, describe(office.session(), person(), public_id))
    return redirect(url_for("documents.show", public_id=public_id, saved=1))


def _page(description: Description | None, sheet: Sheet) -> str:
    """Render the editor; what a refused form held stands in it again."""
    document = description.id if description else ""
    form = request.form if request.method == "POST" else None
    refused = form is not None and not sheet.stale
    kept = None if form or "restore" in request.args else desk.typed(office.session(), person(), document)
    drafter = description.document["drafter_id"] if description else person().id
    entered = beside() if form else _entered(description, sheet)
    return render_template(
        "documents/edit.html",
        it=description,
        sheet=sheet,
        typed=sheet.content,
        mode=description.edit if description else "free",
        may_save=not (description and description.may_not_edit),
        kept_at=kept[1] if kept else None,
        choices=choices(office.session(), person()),
        **_to_be_asked(description, drafter, entered),
        kinds=changes.KINDS,
        entered=entered,
        titles=titling.proposed(sheet.content["title"]),
        form_key=form.get("key", "") if refused and form else new_key(),
        carried=neighbours.carried(),
        field_label=content.field_label,
        phrasebook=phrasebook(),
        to_answer=to_tick_off(office.session(), person(), description) if description else (),
        answers={int(n): one for n, one in (entered.get("point_answers") or {}).items()},
    )


def _to_be_asked(description: Description | None, drafter: int, entered: Mapping[str, Any]) -> dict[str, Any]:
    """Return who may countersign, chosen ones first, and how they may be asked."""
    people = [
        (one.username, f"{one.name} · {one.title}") for one in colleagues(office.session(), but=drafter)
    ]
    units = units_to_ask(office.session(), but=drafter)
    return {
        "colleagues": chosen_first(people, entered.get("countersigners") or ()),
        "units": chosen_first(units, entered.get("countersign_units") or ()),
        "countersign_modes": ways_to_countersign(description.procedure if description else None),
    }


def _entered(description: Description | None, sheet: Sheet) -> Mapping[str, Any]:
    """Return what stands in the fields beside the content."""
    if sheet.beside:
        return sheet.beside
    lines = titling.lines_of(description) if description else ""
    if description and (reason := corrections.reason_for(description)):
        return {"title_lines": lines, "change": "wording", "reason": reason}
    return {**_countersigning(description), "title_lines": lines}


def _countersigning(description: Description | None) -> dict[str, Any]:
    """Return whom the drafter chose before, and how they are asked."""
    actions = description.actions if description else ()
    submit = next((action for action in actions if action.name == "submit"), None)
    if submit is None:
        return {}
    return {name: one.proposed(submit.provided) for name, one in submit.step.inputs.items()}
