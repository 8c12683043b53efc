"""Hold the blueprint of the public pages and of the office's pages about them, and their words."""

from flask import Blueprint
from flask_babel import gettext, ngettext

from workflow.public_notices.finding import Shown

blueprint = Blueprint("public", __name__)


def counter(shown: Shown) -> str:
    """Say which of its days it is, as the law counts them."""
    known = {"day": shown.day, "num": shown.notice.days}
    if shown.upcoming:
        return gettext("It has not begun")
    if shown.over:
        return gettext("It is over")
    if not shown.day:
        return ngettext(
            "%(num)s working day, none has come yet", "%(num)s working days, none has come yet", **known
        )
    if shown.notice.unit == "working":
        return ngettext(
            "Working day %(day)s of %(num)s working day",
            "Working day %(day)s of %(num)s working days",
            **known,
        )
    return ngettext("Day %(day)s of %(num)s day", "Day %(day)s of %(num)s days", **known)


def channel(name: str) -> str:
    """Return what a way is called in which an objection comes."""
    return channels(page=True)[name]


def channels(*, page: bool = False) -> dict[str, str]:
    """Return the ways in which objections come, besides the public page."""
    known = {"phone": gettext("By telephone"), "letter": gettext("By letter"), "visit": gettext("By a visit")}
    return {"page": gettext("Public page"), **known} if page else known


def standings() -> dict[str, str]:
    """Return how an objection may stand."""
    return {
        "received": gettext("Received, not yet looked into"),
        "verifying": gettext("Being verified"),
        "unfounded": gettext("Verified: unfounded"),
        "upheld": gettext("Verified: well-founded"),
    }
