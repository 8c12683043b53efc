"""Show campaigns and their sheets; make, copy, announce, put off and conclude them."""

from collections.abc import Callable
from typing import Any

from flask import redirect, render_template, request, url_for
from flask_babel import gettext

from workflow.campaigns import announcing, finding, first_lists, lists, making, offering, overview, reading
from workflow.campaigns.clerk import refuse_others
from workflow.office.overview import agencies

from .. import office
from ..auth import person
from ..words import type_name
from .routes import Again, act, blueprint


@blueprint.get("/campaigns")
def index() -> Any:
    """List the campaigns, the latest year first."""
    session = office.session()
    return render_template(
        "campaigns/index.html",
        lines=overview.campaigns(session),
        has_lists=bool(lists.categories(session, retired=True)),
    )


@blueprint.post("/campaigns/first-lists")
def take_over_first_lists() -> Any:
    """Take over the lists that an office begins with."""
    told = gettext("The first lists are there; change on them what is otherwise in this office.")
    target = url_for("campaigns.lists")
    return act(lambda: first_lists.take_over(person().id), told, target, lambda *_: "")


@blueprint.route("/campaigns/new", methods=["GET", "POST"])
def new() -> Any:
    """Make a campaign."""
    refuse_others(person())
    if request.method == "GET":
        return _form(reading.proposed(office.session()), None)
    made: list[str] = []
    told = gettext("The campaign is made. Say what it offers, then announce it.")
    again = _again(None)
    answer = act(lambda: made.append(making.make(person().id, filled_in())), told, "", again)
    return redirect(url_for("campaigns.show", public_id=made[0])) if made else answer


@blueprint.route("/campaigns/<public_id>/edit", methods=["GET", "POST"])
def edit(public_id: str) -> Any:
    """Change a campaign's sheet while it is not announced."""
    refuse_others(person())
    campaign = finding.find(office.session(), public_id)
    if request.method == "GET":
        return _form(reading.written(office.session(), campaign), campaign)
    target = url_for("campaigns.show", public_id=public_id)
    told = gettext("The sheet is changed.")
    return act(lambda: making.change(person().id, public_id, filled_in()), told, target, _again(campaign))


def filled_in() -> dict[str, Any]:
    """Return a campaign's form, its methods as a list."""
    return {**request.form.to_dict(), "methods": request.form.getlist("methods")}


def _again(campaign: Any) -> Again:
    return lambda wrong, problems: _form(filled_in(), campaign, wrong, problems)


def _form(
    typed: Any, campaign: Any, wrong: list[str] | None = None, problems: dict[str, list[str]] | None = None
) -> str:
    return render_template(
        "campaigns/edit.html",
        it=campaign,
        typed=typed,
        wrong=wrong or [],
        problems=problems or {},
        agencies={one.agency.code: one.name.full for one in agencies(office.session())},
        types={type_: type_name(type_) for type_ in (*reading.DOWNWARD, *reading.UPWARD)},
    )


@blueprint.get("/campaigns/<public_id>")
def show(public_id: str) -> Any:
    """Show a campaign with all that belongs to it."""
    return page(public_id)


def page(
    public_id: str,
    wrong: list[str] | None = None,
    problems: dict[str, list[str]] | None = None,
    section: str = "",
) -> str:
    """Render a campaign's page; `section` is the one whose form was refused."""
    session = office.session()
    it = overview.sheet(session, public_id)
    offered = {one.row.category for one in it.offers}
    return render_template(
        "campaigns/show.html",
        it=it,
        one=it.campaign,
        wrong=wrong or [],
        problems=problems or {},
        section=section,
        typed=request.form,
        categories=[one for one in lists.categories(session) if one.code not in offered],
        bodies={str(body.id): body.name for body in offering.recommending_bodies(session)},
        names={one.row.category: one.name for one in it.offers},
        closes=reading.write_moment(it.campaign.closes_at),
    )


def _take(public_id: str, verb: Callable[[], object], told: str, section: str) -> Any:
    target = url_for("campaigns.show", public_id=public_id)
    return act(verb, told, target, lambda wrong, problems: page(public_id, wrong, problems, section))


@blueprint.post("/campaigns/<public_id>/copy")
def copy(public_id: str) -> Any:
    """Make next year's campaign of one, and go to it."""
    made: list[str] = []
    told = gettext("This is the copy: its dates are a year later, nothing of it is announced.")
    answer = _take(public_id, lambda: made.append(making.copy(person().id, public_id)), told, "acts")
    return redirect(url_for("campaigns.show", public_id=made[0])) if made else answer


@blueprint.post("/campaigns/<public_id>/announce")
def announce(public_id: str) -> Any:
    """Announce a campaign."""
    told = gettext("The campaign is announced: units see it, and its rules stand.")
    return _take(public_id, lambda: announcing.announce(person().id, public_id), told, "acts")


@blueprint.post("/campaigns/<public_id>/extend")
def extend(public_id: str) -> Any:
    """Put the closing off."""
    told = gettext("The closing is put off.")
    return _take(public_id, lambda: announcing.extend(person().id, public_id, request.form), told, "extend")


@blueprint.post("/campaigns/<public_id>/conclude")
def conclude(public_id: str) -> Any:
    """Conclude a campaign."""
    told = gettext("The campaign is concluded.")
    return _take(public_id, lambda: announcing.conclude(person().id, public_id), told, "acts")


@blueprint.post("/campaigns/<public_id>/quotas")
def set_quota(public_id: str) -> Any:
    """Set how many a recommending body may recommend."""
    told = gettext("The quota is set.")
    return _take(public_id, lambda: offering.set_quota(person().id, public_id, request.form), told, "quotas")


@blueprint.post("/campaigns/<public_id>/drop")
def drop(public_id: str) -> Any:
    """Remove a campaign that was never announced."""
    told, target = gettext("The campaign is removed."), url_for("campaigns.index")
    return act(
        lambda: making.drop(person().id, public_id),
        told,
        target,
        lambda wrong, problems: page(public_id, wrong, problems, "acts"),
    )
