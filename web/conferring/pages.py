"""Show how a campaign's conferral stands; draft its document, renew its list, enter the higher body's."""

from typing import Any

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask_babel import gettext

from workflow import clock
from workflow.campaigns.finding import find
from workflow.conferring import drafting, showing, superior
from workflow.conferring.people import refuse_strangers
from workflow.errors import ContentError, NotReady

from .. import office
from ..auth import person
from ..campaigns.routes import act
from ..forms.content import problems_by_field
from ..language import say_all
from ..uploads import MB, takes

blueprint = Blueprint("conferring", __name__)


@blueprint.get("/campaigns/<public_id>/conferral")
def conferral(public_id: str) -> str:
    """Show the list, its documents, and what can be done now."""
    return _page(public_id)


@blueprint.post("/campaigns/<public_id>/conferral")
def draft(public_id: str) -> Any:
    """Draft the document with the approved list as its annex, and open it."""
    try:
        document = drafting.draft(person().id, public_id, request.form)
    except ContentError as error:
        return _page(public_id, [], problems_by_field(error), "draft"), 422
    except NotReady as refusal:
        return _page(public_id, say_all(refusal.reasons), {}, "draft"), 422
    flash(
        gettext("It is drafted, with the approved list as its annex. Look it over and submit it."), "success"
    )
    return redirect(url_for("documents.show", public_id=document))


@blueprint.post("/campaigns/<public_id>/conferral/renew")
def renew(public_id: str) -> Any:
    """Put the present list into the document that is under way."""
    return act(
        lambda: drafting.renew(person().id, public_id),
        gettext("The annex is the present list now; look whether the text still says the same."),
        url_for("conferring.conferral", public_id=public_id),
        lambda wrong, problems: _page(public_id, wrong, problems),
    )


@blueprint.post("/campaigns/<public_id>/conferral/superior")
@takes(24 * MB)
def register_superior(public_id: str) -> Any:
    """Enter the document by which the higher body confers what was recommended."""
    sent = request.files.get("scan")
    scan = (sent.filename or "", sent.read()) if sent and sent.filename else None
    form = request.form
    given = {
        **form.to_dict(),
        "refused": form.getlist("refused"),
        "reasons": {name[7:]: text for name, text in form.items() if name.startswith("reason.")},
    }
    return act(
        lambda: superior.register(person().id, public_id, given, scan),
        gettext("The titles are in force; the units are told."),
        url_for("conferring.conferral", public_id=public_id),
        lambda wrong, problems: _page(public_id, wrong, problems, "superior"),
    )


def _page(
    public_id: str,
    wrong: list[str] | None = None,
    problems: dict[str, list[str]] | None = None,
    section: str = "",
) -> str:
    office.refresh()
    refuse_strangers(person())
    session = office.session()
    campaign = find(session, public_id)
    it = showing.sheet(session, person(), campaign)
    return render_template(
        "campaigns/conferral.html",
        one=campaign,
        it=it,
        typed=request.form if section == "draft" else it.proposed,
        entered=request.form if section == "superior" else {"dated": clock.today().isoformat()},
        refused=request.form.getlist("refused"),
        wrong=wrong or [],
        problems=problems or {},
        section=section,
    )
