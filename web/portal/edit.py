"""Fill in an application: the form, what is kept while somebody types, saving and submitting."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

from flask import flash, redirect, render_template, request, url_for
from flask_babel import gettext

from workflow import clock, desk, engine
from workflow.applications import evidence, form_code, saving
from workflow.applications.amendments import amendments
from workflow.applications.blank_form import blank_form
from workflow.applications.missing import lacks
from workflow.errors import ContentError, NotAllowed, NotReady, Stale

from .. import office, uploads
from ..auth import person
from ..documents.routes import new_key, once
from ..forms import application as form
from ..language import say, say_all
from .evidence import LARGEST_FORM, take_in
from .routes import blueprint, find

SUBMITS = ("submit", "resubmit")  # by whichever its stage has


@dataclass
class Shown:
    """The form as it is to be shown."""

    typed: form.Typed
    words: str
    problems: dict[str, list[str]] = field(default_factory=dict)
    wrong: Sequence[str] = ()
    stale: bool = False
    restored_at: str | None = None  # what is shown was kept then, and not saved
    offered_at: str | None = None  # so was another text, typed over an older one


@blueprint.route("/applications/<public_id>/edit", methods=["GET", "POST"])
@uploads.takes(LARGEST_FORM)
def edit(public_id: str) -> Any:
    """Show the form; save it, take in the files that came with it, and submit it where that was pressed."""
    it = find(public_id)
    if it.may_not_edit:
        return redirect(url_for("portal.show", public_id=public_id))
    if request.method == "GET":
        return _page(it, _found(it))
    typed = form.of_form(request.form)
    try:
        given = lambda present: form.read(typed, present)  # noqa: E731
        saving.save(person().id, public_id, given, request.form.get("words", ""), once=once())
    except ContentError as error:
        return _again(public_id, typed, problems=_by_place(error, typed, it)), 422
    except Stale:
        return _again(public_id, typed, stale=True), 409
    desk.forget_typed(person(), public_id)
    return _after(public_id)


def _after(public_id: str) -> Any:
    """Do what was asked for besides saving, and go on."""
    act, _, rest = request.form.get("do", "").partition(":")
    refused = take_in(public_id)
    if act == "remove":
        place, _, sha256 = rest.rpartition(":")
        evidence.remove(person().id, public_id, place, sha256)
    if refused:
        office.refresh()
        return _page(find(public_id), _saved(find(public_id), problems=refused)), 422
    if act == "submit":
        return _submit(public_id)
    flash(gettext("The application is saved."), "success")
    return redirect(url_for("portal.edit", public_id=public_id, _anchor=_anchor(act, rest)))


def _anchor(act: str, rest: str) -> str | None:
    """Return the place to which the one who pressed a button comes back."""
    place = rest.rpartition(":")[0] if act == "remove" else rest if act == "at" else ""
    return f"at-{place}" if place else None


def _submit(public_id: str) -> Any:
    office.refresh()
    it = find(public_id)
    act = next((one.name for one in it.actions if one.name in SUBMITS), SUBMITS[0])
    try:
        engine.advance(person().id, public_id, act, it.document["version"], once=once(".submit"))
    except NotReady as refusal:
        office.refresh()
        told = gettext("The application is saved, but it was not submitted.")
        return _page(find(public_id), _saved(find(public_id), wrong=[told, *say_all(refusal.reasons)])), 422
    flash(gettext("The application is submitted."), "success")
    return redirect(url_for("portal.show", public_id=public_id))


@blueprint.post("/applications/<public_id>/typed")
def keep(public_id: str) -> Any:
    """Keep the form as it stands, and say what would still be missing."""
    it, fields = find(public_id), form.kept(request.form)
    if it.may_not_edit:
        raise NotAllowed(it.may_not_edit)
    sent = once()
    kept = {"fields": fields, "words": request.form.get("words", "")[:64]}
    at = desk.keep_typed(person(), public_id, kept, sent.key if sent else "", every_kind=True)
    try:
        data = form.read(form.of_kept(fields), it.content.to_dict())
        found = saving.would_lack(office.session(), person(), public_id, data)
    except ContentError:
        found = None
    told = None if found is None else [{"where": one.where, "text": say(one.reason)} for one in found]
    return {"at": f"{clock.read(at):%H:%M:%S}", "lacks": told}


@blueprint.post("/applications/<public_id>/typed/discard")
def discard(public_id: str) -> Any:
    """Drop what was kept and not saved."""
    find(public_id)
    desk.forget_typed(person(), public_id)
    return redirect(url_for("portal.edit", public_id=public_id))


def _found(it: Any) -> Shown:
    """Return the form as it was left: what was kept and not saved stands in it again."""
    words = saving.words_of(it.content)
    copy = desk.typed(office.session(), person(), it.id)
    if copy is None:
        return _saved(it)
    kept: Any = copy[0]
    if kept["words"] == words or "restore" in request.args:
        return Shown(form.of_kept(kept["fields"]), words, restored_at=copy[1])
    return Shown(form.of_content(it.content.to_dict()), words, offered_at=copy[1])


def _saved(it: Any, **more: Any) -> Shown:
    return Shown(form.of_content(it.content.to_dict()), saving.words_of(it.content), **more)


def _again(public_id: str, typed: form.Typed, **more: Any) -> str:
    """Show what was typed once more; saved again it takes the place of what is there now."""
    office.refresh()
    it = find(public_id)
    return _page(it, Shown(typed, saving.words_of(it.content), **more))


def _by_place(error: ContentError, typed: form.Typed, it: Any) -> dict[str, list[str]]:
    """Return what is wrong by field of the form, in the reader's language."""
    try:
        data = form.read(typed, it.content.to_dict())
    except ContentError:  # points that are no number are told where they stand
        data = {"answers": []}
    found: dict[str, list[str]] = {}
    for place, problem in form.places(error.problems, data):
        found.setdefault(place, []).append(say(problem))
    return found


def _page(it: Any, shown: Shown) -> str:
    asks = blank_form(office.session(), it.document, it.content)
    return render_template(
        "portal/edit.html",
        it=it,
        asks=asks,
        content=it.content,
        shown=shown,
        typed=shown.typed,
        files={one.indicator: one.evidence for one in it.content.answers},
        lacks=lacks(office.session(), it.document, it.content),
        most_files=evidence.MOST_EVIDENCE,
        most_mb=evidence.MOST_MB,
        accept=",".join(evidence.endings()),
        limits=asks.limits,
        code_now=form_code.current(it.content),
        amendments=amendments(office.session(), it.document["id"]),
        now=clock.stamp(),
        form_standing=form_code.standing(it.content),
        form_key=new_key(),
    )
