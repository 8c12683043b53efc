"""Keep the office's lists (categories, negative list, bodies), and those of one campaign."""

from typing import Any

from flask import abort, render_template, request, url_for
from flask_babel import gettext

from workflow.campaigns import finding
from workflow.campaigns import lists as verbs

from .. import office
from ..auth import person
from .routes import act, blueprint


@blueprint.get("/campaigns/lists")
def lists() -> Any:
    """Show the office's own lists."""
    return _page("")


@blueprint.get("/campaigns/<public_id>/lists")
def campaign_lists(public_id: str) -> Any:
    """Show the negative list of a campaign, and the bodies that it consults."""
    return _page(public_id)


@blueprint.post("/campaigns/lists/categories")
def set_category() -> Any:
    """Add a category (its code comes with the form), or change one."""
    code = request.form.get("of", "")
    return act(
        lambda: verbs.set_category(person().id, code, request.form),
        gettext("The list is changed."),
        url_for("campaigns.lists", _anchor="categories"),
        lambda wrong, problems: _page("", wrong, problems, ("categories", code)),
    )


@blueprint.post("/campaigns/lists/<list_>/<int(max=2147483647):item_id>", defaults={"public_id": ""})
@blueprint.post("/campaigns/<public_id>/lists/<list_>/<int(max=2147483647):item_id>")
def put_item(public_id: str, list_: str, item_id: int) -> Any:
    """Add an item to a list (0), or change or take off one."""
    if list_ not in verbs.LISTS:
        abort(404)

    def verb() -> None:
        if request.form.get("do") == "remove":
            verbs.take_off(person().id, list_, public_id, item_id)
        else:
            verbs.put(person().id, list_, public_id, item_id, request.form)

    return act(
        verb,
        gettext("The list is changed."),
        _address(public_id, list_),
        lambda wrong, problems: _page(public_id, wrong, problems, (list_, str(item_id))),
    )


def _address(public_id: str, anchor: str) -> str:
    if public_id:
        return url_for("campaigns.campaign_lists", public_id=public_id, _anchor=anchor)
    return url_for("campaigns.lists", _anchor=anchor)


def _page(
    public_id: str,
    wrong: list[str] | None = None,
    problems: dict[str, list[str]] | None = None,
    refused: tuple[str, str] = ("", ""),
) -> str:
    """Render the lists; `refused` is the list and the item whose form was refused."""
    session = office.session()
    campaign = finding.find(session, public_id) if public_id else None
    campaign_id = campaign.id if campaign else None
    return render_template(
        "campaigns/lists.html",
        one=campaign,
        categories=[] if campaign else verbs.categories(session, retired=True),
        negative=verbs.negative_items(session, campaign_id),
        consulted=verbs.bodies(session, campaign_id),
        wrong=wrong or [],
        problems=problems or {},
        refused=refused,
        typed=request.form,
    )
