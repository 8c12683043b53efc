"""Say how a campaign offers a category: its indicators, its places, who may apply."""

from typing import Any

from flask import render_template, request, url_for
from flask_babel import gettext

from workflow.applications.eligibility import RULES
from workflow.campaigns import finding, first_lists, lists, offering, trees
from workflow.campaigns.clerk import refuse_others
from workflow.campaigns.points import write_points
from workflow.campaigns.rules import natures
from workflow.errors import NotFound

from .. import office
from ..auth import person
from .routes import act, blueprint


@blueprint.get("/campaigns/<public_id>/categories")
def choose_category(public_id: str) -> Any:
    """Go on with the category that was chosen to be offered."""
    return _page(public_id, request.args.get("category", ""))


@blueprint.route("/campaigns/<public_id>/categories/<category>", methods=["GET", "POST"])
def category(public_id: str, category: str) -> Any:
    """Show or set how a category is offered."""
    if request.method == "GET":
        return _page(public_id, category)
    target = url_for("campaigns.show", public_id=public_id, _anchor="offers")
    return act(
        lambda: offering.offer(person().id, public_id, category, filled_in()),
        gettext("The category is offered so."),
        target,
        lambda wrong, problems: _page(public_id, category, wrong, problems),
    )


@blueprint.post("/campaigns/<public_id>/categories/<category>/withdraw")
def withdraw_category(public_id: str, category: str) -> Any:
    """Offer a category no longer."""
    target = url_for("campaigns.show", public_id=public_id, _anchor="offers")
    return act(
        lambda: offering.withdraw(person().id, public_id, category),
        gettext("The category is no longer offered."),
        target,
        lambda wrong, problems: _page(public_id, category, wrong, problems),
    )


def filled_in() -> dict[str, Any]:
    """Return the form with its rules as a list."""
    rules = [
        {
            "rule": name,
            **{
                part: request.form.getlist(f"{name}.{part}")
                if part == "natures"
                else request.form.get(f"{name}.{part}", "")
                for part in RULES.get(name, ())
            },
        }
        for name in request.form.getlist("rule")
    ]
    return {**request.form.to_dict(), "eligibility": rules}


def _page(
    public_id: str,
    code: str,
    wrong: list[str] | None = None,
    problems: dict[str, list[str]] | None = None,
) -> str:
    refuse_others(person())
    session = office.session()
    campaign = finding.find(session, public_id)
    known = {one.code: one for one in lists.categories(session, retired=True)}
    if code not in known:
        raise NotFound
    row = offering.offered(session, campaign, code)
    if request.method == "POST":
        typed = filled_in()
    elif row:
        typed = {"set": row.set_id, "places": row.places, "eligibility": row.eligibility}
    else:
        typed = {"eligibility": first_lists.usual_rules(code)}
    sets = trees.sets(session)
    same = [one.id for one, *_ in sets if one.code == code]
    return render_template(
        "campaigns/category.html",
        one=campaign,
        category=known[code],
        offered=row is not None,
        set_id=str(typed.get("set") or (same[0] if same else "")),
        places=typed.get("places"),
        rules={rule["rule"]: rule for rule in typed["eligibility"]},
        parameters=RULES,
        sets={str(one.id): _called(one, leaves, total) for one, leaves, total, _ in sets},
        natures={nature: nature for nature in natures(session)},
        names={one.code: one.name for one in known.values()},
        wrong=wrong or [],
        problems=problems or {},
    )


def _called(one: Any, leaves: int, total: int) -> str:
    """Return how a version of a set is offered: its name, scored indicators and points."""
    return f"{one.name} v{one.version} · {leaves} · {write_points(total)}"
