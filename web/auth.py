"""Let people in and out; nothing but the sign-in page answers those who are not."""

from typing import Any

from flask import Blueprint, Flask, abort, flash, redirect, render_template, request, url_for
from flask import session as cookie
from flask_babel import gettext
from flask_login import LoginManager, UserMixin, current_user, login_user, logout_user
from flask_wtf import CSRFProtect
from werkzeug.wrappers import Response

from workflow import logins
from workflow.directory import Person
from workflow.errors import NotAllowed, WrongLogin
from workflow.passwords import MUST_CHANGE

from .addresses import here, inside
from .language import LANGUAGES, say_all
from .typed import typed

blueprint = Blueprint("auth", __name__)

OPEN = {
    *("auth.sign_in", "auth.choose_language", "health.alive", "health.ready", "static", "bootstrap.static"),
    *("public.notices", "public.notice", "public.object_to", "public.receipts", "public.receipt"),
}
MEANWHILE = {"passwords.change", "auth.sign_out"}  # open to those who must change their password first
OUTSIDE = {"applicant": "portal.home", "recommender": "portal.recommendations", "expert": "assessments.index"}
KEPT = "t."  # what was typed before the sign-in travels through it under this prefix


class Visitor(UserMixin):
    """The person behind a browser, known to Flask-Login by the secret of their session on the server."""

    def __init__(self, person: Person, secret: str) -> None:
        self.person, self.secret = person, secret

    def get_id(self) -> str:
        return self.secret


def init_app(app: Flask, csrf: CSRFProtect) -> None:
    manager = LoginManager()
    manager.init_app(app, add_context_processor=False)  # an error page must not ask who is there
    manager.user_loader(_load)
    app.jinja_env.globals.update(
        visitor=visitor, here_again=here, landing=landing, pages_outside=pages_outside
    )

    @app.before_request
    def guard() -> Any:
        if request.endpoint is None or "api" in request.blueprints:
            return None
        if request.endpoint not in OPEN:
            who = visitor()
            if who is None:
                return sign_in_first()
            if who.must_change and request.endpoint not in MEANWHILE:
                return change_password_first()
        csrf.protect()
        return None


def _load(secret: str) -> Visitor | None:
    person = logins.who_is(secret, "browser")
    return Visitor(person, secret) if person else None


def person() -> Person:
    """Return the person who makes this request."""
    return current_user.person


def visitor() -> Person | None:
    """Return the person who makes this request, if they have signed in."""
    return getattr(current_user, "person", None)


def sign_in_first() -> Any:
    """Answer somebody whose session has ended; what they had typed comes along through the sign-in."""
    if request.method == "GET":
        return redirect(url_for("auth.sign_in", next=here()))
    if request.is_json:
        abort(401)
    return _ask(typed=typed(), resume=here()), 401


def change_password_first() -> Response:
    """Answer somebody whose password was given to them: nothing but the password's page is theirs."""
    if request.method == "GET" and not request.is_json:
        return redirect(url_for("passwords.change"))
    raise NotAllowed([MUST_CHANGE])


@blueprint.route("/sign-in", methods=["GET", "POST"])
def sign_in() -> Any:
    """Ask for name and password; go on to where the person was headed, or hand back what they had typed."""
    target = inside(request.values.get("next", ""))
    if request.method == "GET":
        if visitor():
            return redirect(target or landing())
        return _ask(target)
    username = request.form.get("username", "").strip()[:64]
    resume = inside(request.form.get("resume", ""), "POST")
    kept = kept_through_sign_in()
    try:
        secret, _ = logins.log_in(username, request.form.get("password", "")[:256], "browser")
    except WrongLogin as wrong:
        return _ask(target, resume=resume, typed=kept, username=username, wrong=say_all(wrong.reasons)), 401
    language = cookie.get("language")
    cookie.clear()
    if language:
        cookie["language"] = language
    login_user(_load(secret))
    if resume and kept:
        return render_template("auth/resume.html", resume=resume, typed=kept)
    return redirect(target or landing())


def landing() -> str:
    """Return where somebody begins who is headed nowhere else: by their post outside the office."""
    return url_for(next(iter(pages_outside()), "desk.tasks"))


def pages_outside() -> list[str]:
    """Return the pages of somebody outside the office, by their posts; of the office's people none."""
    who = visitor()
    if who is None or who.in_office:
        return []
    return [endpoint for code, endpoint in OUTSIDE.items() if who.holds(code)]


def ask_again(reason: str) -> str:
    """Show the sign-in page again as it was filled in, the password apart."""
    return _ask(
        inside(request.form.get("next", "")),
        resume=inside(request.form.get("resume", ""), "POST"),
        typed=kept_through_sign_in(),
        username=request.form.get("username", "")[:64],
        wrong=[reason],
    )


def kept_through_sign_in() -> list[tuple[str, str]]:
    return [(name.removeprefix(KEPT), value) for name, value in typed() if name.startswith(KEPT)]


def _ask(target: str | None = None, **page: Any) -> str:
    blank: dict[str, Any] = {"resume": None, "typed": [], "username": "", "wrong": []}
    return render_template("auth/sign_in.html", next=target or "", kept=KEPT, **{**blank, **page})


@blueprint.post("/sign-out")
def sign_out() -> Response:
    """End the session on the server, so that a copied cookie is worth nothing."""
    language = cookie.get("language")
    logins.log_out(current_user.secret)
    logout_user()
    cookie.clear()
    if language:
        cookie["language"] = language
    flash(gettext("You have signed out."), "info")
    return redirect(url_for("auth.sign_in"))


@blueprint.post("/language/<code>")
def choose_language(code: str) -> Response:
    if code not in LANGUAGES:
        abort(404)
    cookie["language"] = code
    return redirect(inside(request.form.get("next", "")) or landing())
