"""Show the agencies in whose names the office issues documents, and change them."""

from typing import Any

from flask import flash, redirect, render_template, request, url_for
from flask_babel import gettext

from workflow import choices
from workflow.errors import ContentError
from workflow.office import agencies as verbs
from workflow.office import overview
from workflow.office.signing_rights import set_signing_rights, signing_posts

from .. import office
from ..auth import person
from ..forms.content import problems_by_field
from .routes import blueprint


@blueprint.get("/agencies")
def agencies() -> Any:
    """List the agencies with their names, mastheads and series."""
    return render_template("administration/agencies.html", sheets=overview.agencies(office.session()))


@blueprint.route("/new-agency", methods=["GET", "POST"])
def new_agency() -> Any:
    """Add an agency with its first name and the series that numbers its documents."""
    problems: dict[str, list[str]] = {}
    if request.method == "POST":
        try:
            code = verbs.add_agency(person().id, request.form)
        except ContentError as error:
            problems = problems_by_field(error)
        else:
            flash(gettext("The agency is added. The registrar now confirms its first number."), "success")
            return redirect(url_for("administration.agency", code=code))
    page = render_template("administration/new_agency.html", typed=request.form, problems=problems)
    return page, 422 if problems else 200


@blueprint.get("/agencies/<code>")
def agency(code: str) -> Any:
    """Show one agency with all that can be changed of it."""
    return agency_page(code)


@blueprint.post("/agencies/<code>/paper")
def change_agency(code: str) -> Any:
    """Change what its documents look like and where they are filed."""
    try:
        verbs.change_agency(person().id, code, request.form)
    except ContentError as error:
        return agency_page(code, "paper", error), 422
    return saved(code, "paper", gettext("The agency is changed."))


@blueprint.post("/agencies/<code>/names")
def rename_agency(code: str) -> Any:
    """Give it a new name from a day on."""
    try:
        verbs.rename_agency(person().id, code, request.form)
    except ContentError as error:
        return agency_page(code, "names", error), 422
    return saved(code, "names", gettext("The name is entered."))


@blueprint.post("/agencies/<code>/names/withdraw")
def withdraw_name(code: str) -> Any:
    """Take back a new name whose day has not come."""
    try:
        verbs.withdraw_name(person().id, code)
    except ContentError as error:
        return agency_page(code, "names", error), 422
    return saved(code, "names", gettext("The new name is taken back."))


@blueprint.post("/agencies/<code>/signing")
def change_signing(code: str) -> Any:
    """Say who may sign which 文种; a type whose boxes are all empty is left out."""
    rights: dict[str, list[str]] = {}
    for value in request.form.getlist("right"):
        type_, _, post = value.partition(":")
        rights.setdefault(type_, []).append(post)
    if added := request.form.getlist("new_right"):
        rights.setdefault(request.form.get("new_type", ""), []).extend(added)
    try:
        set_signing_rights(person().id, code, rights)
    except ContentError as error:
        return agency_page(code, "signing", error), 422
    return saved(code, "signing", gettext("Who may sign is entered."))


def saved(code: str, section: str, told: str) -> Any:
    """Go back to the part of an agency's page that was changed."""
    flash(told, "success")
    return redirect(url_for("administration.agency", code=code, _anchor=section))


def agency_page(code: str, section: str = "", error: ContentError | None = None) -> str:
    """Render an agency's page; `section` is the form that was refused, shown again as it was filled in."""
    return render_template(
        "administration/agency.html",
        it=overview.agency_of_code(office.session(), code),
        posts=signing_posts(),
        types=choices.TYPES,
        section=section,
        typed=request.form,
        problems=problems_by_field(error) if error else {},
    )
