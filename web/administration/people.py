"""Show and change the accounts: who may come in, what they hold, how their account stands."""

from collections.abc import Callable
from typing import Any

from flask import Response, flash, redirect, render_template, request, url_for
from flask_babel import gettext

from workflow.errors import NotReady
from workflow.office import accounts, appointments, handover, signatures
from workflow.office import people as readers

from .. import office
from ..auth import person
from ..language import say_all
from .routes import blueprint


@blueprint.get("/people")
def people() -> Any:
    """List the accounts, narrowed to one state and to a piece of name."""
    found = readers.accounts(office.session())
    state, words = request.args.get("state", ""), request.args.get("q", "").strip()
    shown = [one for one in found if state in one.states] if state else [o for o in found if o.user.active]
    if words:
        shown = [one for one in found if words in one.user.name or words in one.user.username]
    return render_template(
        "administration/people.html",
        shown=shown,
        counts=readers.counts(found),
        states=state_names(),
        state=state,
        words=words,
    )


def state_names() -> dict[str, str]:
    """Return what each state of an account is called."""
    return {
        "open": gettext("In use"),
        "locked": gettext("Locked for a while"),
        "to_change": gettext("One-time password"),
        "without_post": gettext("Without a post"),
        "closed": gettext("Closed"),
    }


@blueprint.route("/new-person", methods=["GET", "POST"])
def new_person() -> Any:
    """Open an account and show its one-time password, this once."""
    wrong: list[str] = []
    if request.method == "POST":
        username, name = request.form.get("username", "").strip(), request.form.get("name", "")
        try:
            password = accounts.open_account(person().id, username, name)
        except NotReady as refusal:
            wrong = say_all(refusal.reasons)
        else:
            return _password(username, password)
    page = render_template("administration/new_person.html", typed=request.form, wrong=wrong)
    return page, 422 if wrong else 200


@blueprint.get("/people/<username>")
def one_person(username: str) -> Any:
    """Show one person: posts, leaders in charge, how the account stands."""
    return _person(username)


@blueprint.post("/people/<username>/name")
def rename(username: str) -> Any:
    """Change a person's name."""
    name = request.form.get("name", "")
    return _change(
        username, lambda: accounts.rename(person().id, username, name), gettext("The name is changed.")
    )


@blueprint.post("/people/<username>/posts")
def appoint_person(username: str) -> Any:
    """Give a person one more post."""
    post_id = request.form.get("post_id", 0, type=int)
    told = gettext("The person holds the post now.")
    return _change(username, lambda: appointments.appoint(person().id, post_id, username), told)


@blueprint.post("/people/<username>/password")
def reset_password(username: str) -> Any:
    """Give a one-time password and show it, this once."""
    return _given(username, lambda: accounts.reset_password(person().id, username))


@blueprint.post("/people/<username>/reopen")
def reopen(username: str) -> Any:
    """Open a closed account again and show its one-time password, this once."""
    return _given(username, lambda: accounts.reopen(person().id, username))


@blueprint.post("/people/<username>/unlock")
def unlock(username: str) -> Any:
    """Let a person try again who was locked out."""
    told = gettext("The account is unlocked.")
    return _change(username, lambda: accounts.unlock(person().id, username), told)


@blueprint.post("/people/<username>/close")
def close(username: str) -> Any:
    """Close an account that leaves no work behind."""
    told = gettext("The account is closed; wherever they were signed in, that has ended.")
    return _change(username, lambda: handover.close_account(person().id, username), told)


@blueprint.post("/people/<username>/signature")
def set_signature(username: str) -> Any:
    """Take in a picture of the signature."""
    sent = request.files.get("picture")
    data = sent.read() if sent else b""
    told = gettext("The picture is kept.")
    return _change(username, lambda: signatures.set_signature(person().id, username, data), told)


@blueprint.post("/people/<username>/signature/remove")
def remove_signature(username: str) -> Any:
    """Use the picture no more."""
    told = gettext("The picture is no longer used.")
    return _change(username, lambda: signatures.remove_signature(person().id, username), told)


@blueprint.get("/people/<username>/signature")
def signature(username: str) -> Any:
    """Give the picture's bytes."""
    return Response(signatures.signature(office.session(), person(), username), mimetype="image/png")


def _change(username: str, act: Callable[[], object], told: str) -> Any:
    try:
        act()
    except NotReady as refusal:
        return _person(username, say_all(refusal.reasons)), 422
    flash(told, "success")
    return redirect(url_for("administration.one_person", username=username))


def _given(username: str, act: Callable[[], str]) -> Any:
    try:
        password = act()
    except NotReady as refusal:
        return _person(username, say_all(refusal.reasons)), 422
    return _password(username, password)


def _password(username: str, password: str) -> str:
    office.refresh()
    it = readers.account(office.session(), username)
    return render_template("administration/password.html", it=it, password=password)


def _person(username: str, wrong: list[str] | None = None) -> str:
    office.refresh()
    session = office.session()
    it = readers.account(session, username)
    free = [post for sheet in readers.units(session) for post in sheet.posts] + readers.system_posts(session)
    return render_template(
        "administration/person.html",
        it=it,
        posts=[post for post in free if it.user not in post.holders],
        units=[sheet for sheet in readers.units(session) if sheet.internal],
        states=state_names(),
        work=handover.work_of(session, username, person()),
        wrong=wrong or [],
        typed=request.form,
    )
