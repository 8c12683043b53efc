"""Let people in and out; nothing but the sign-in page answers those who are not."""

from typing import Any

from flask import Blueprint, Flask, abort, flash, redirect, render_template, request, url_for
from flask import session as cookie
from flask_babel import gettext
from flask_login import LoginManager, UserMixin, current_user, login_user, logout_user
from flask_wtf import CSRFProtect
from werkzeug.exceptions import HTTPException
from werkzeug.routing import RequestRedirect
from werkzeug.wrappers import Response

from workflow import logins
from workflow.directory import Person
from workflow.errors import WrongLogin

from .language import LANGUAGES, say_all

blueprint = Blueprint("auth", __name__)

OPEN = {"auth.sign_in", "auth.choose_language", "health.alive", "health.ready", "static", "bootstrap.static"}


class Visitor(UserMixin):
    """The person behind a browser, known to Flask-Login by the secret of their session on the server."""

    def __init__(self, person: Person, secret: str) -> None:
        self.person, self.secret = person, secret

    def get_id(self) -> str:
        return self.secret


def init_app(app: Flask, csrf: CSRFProtect) -> None:
    manager = LoginManager(app)
    manager.user_loader(_load)

    @app.before_request
    def guard() -> Any:
        if request.blueprint == "api" or request.endpoint is None:
            return None
        if request.endpoint not in OPEN and not current_user.is_authenticated:
            return sign_in_first()
        csrf.protect()
        return None


def _load(secret: str) -> Visitor | None:
    person = logins.who_is(secret, "browser")
    return Visitor(person, secret) if person else None


def person() -> Person:
    """Return the person who makes this request."""
    return current_user.person


def sign_in_first() -> Any:
    """Answer somebody whose session has ended; what they had typed comes along through the sign-in."""
    if request.method == "GET":
        return redirect(url_for("auth.sign_in", next=request.full_path.rstrip("?")))
    if request.is_json:
        abort(401)
    typed = [(name, value) for name, value in request.form.items(multi=True) if name != "csrf_token"]
    page = render_template("auth/sign_in.html", next="", resume=request.full_path.rstrip("?"), typed=typed)
    return page, 401


@blueprint.route("/sign-in", methods=["GET", "POST"])
def sign_in() -> Any:
    """Ask for name and password; go on to where the person was headed, or hand back what they had typed."""
    target = _inside(request.values.get("next", "")) or url_for("desk.tasks")
    resume = _inside(request.form.get("resume", ""))
    typed = [(name[2:], value) for name, value in request.form.items(multi=True) if name.startswith("t.")]
    if request.method == "GET":
        return render_template("auth/sign_in.html", next=target, resume="", typed=[])
    try:
        secret, _ = logins.log_in(
            request.form.get("username", "").strip()[:64], request.form.get("password", "")[:256], "browser"
        )
    except WrongLogin as wrong:
        for reason in say_all(wrong.reasons):
            flash(reason, "danger")
        return render_template("auth/sign_in.html", next=target, resume=resume or "", typed=typed), 401
    chosen = cookie.get("language")
    cookie.clear()
    if chosen:
        cookie["language"] = chosen
    found = _load(secret)
    login_user(found)
    if resume:
        return render_template("auth/resume.html", resume=resume, typed=typed)
    return redirect(target)


@blueprint.post("/sign-out")
def sign_out() -> Response:
    """End the session on the server, so that a copied cookie is worth nothing."""
    logins.log_out(current_user.secret)
    logout_user()
    cookie.clear()
    flash(gettext("You have signed out."), "info")
    return redirect(url_for("auth.sign_in"))


@blueprint.post("/language/<code>")
def choose_language(code: str) -> Response:
    if code not in LANGUAGES:
        abort(404)
    cookie["language"] = code
    return redirect(_inside(request.form.get("next", "")) or url_for("desk.tasks"))


def _inside(target: str) -> str | None:
    """Return a path if it leads to a page of ours, matched against our own routes and nothing else."""
    from flask import current_app

    path = target.partition("?")[0]
    if not path.startswith("/") or path.startswith(("//", "/\\")) or any(ord(c) < 33 for c in target):
        return None
    routes = current_app.url_map.bind("")
    for method in ("GET", "POST"):
        try:
            routes.match(path, method=method)
        except RequestRedirect:
            return None
        except HTTPException:
            continue
        return target
    return None
