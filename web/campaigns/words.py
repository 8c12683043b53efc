"""Name in the reader's language what campaigns call by one word."""

from flask_babel import gettext


def standing(value: str) -> str:
    """Return how a campaign stands."""
    return {
        "made": gettext("Being prepared"),
        "announced": gettext("Announced, not open yet"),
        "open": gettext("Open for applications"),
        "closed": gettext("Closed, being judged"),
        "frozen": gettext("Scores frozen"),
        "concluded": gettext("Concluded"),
    }[value]


def tone(value: str) -> str:
    """Return how a standing is coloured."""
    return {"made": "off", "open": "now", "concluded": "done"}.get(value, "back")


def kinds() -> dict[str, str]:
    return {"creation": gettext("Applications for titles"), "recheck": gettext("Recheck of titles")}


def levels() -> dict[str, str]:
    return {
        "own": gettext("The office's own titles"),
        "provincial": gettext("Provincial titles, recommended upwards"),
        "national": gettext("National titles, recommended upwards"),
    }


def late_rules() -> dict[str, str]:
    return {
        "refuse": gettext("Nothing is taken after the hour"),
        "finish": gettext("What was begun before the hour may still be submitted"),
    }


def notice_units() -> dict[str, str]:
    return {"working": gettext("working days"), "calendar": gettext("calendar days")}


def methods() -> dict[str, str]:
    return {
        "material": gettext("Review of material"),
        "site": gettext("Visit on site"),
        "survey": gettext("Survey"),
    }


def within() -> dict[str, str]:
    return {
        "mean": gettext("The mean of all assessors"),
        "drop_extremes": gettext("The mean without the highest and the lowest"),
    }


def rules() -> dict[str, str]:
    return {
        "holds_title": gettext("Holds a title already"),
        "independent_legal_person": gettext("Is an independent legal person"),
        "staff_at_least": gettext("Has a staff of a certain size"),
        "unit_nature_in": gettext("Is of a certain nature"),
        "not_barred": gettext("Is not barred from applying"),
    }


def parameters() -> dict[str, str]:
    return {
        "level": gettext("Level of the title"),
        "category": gettext("Category of the title"),
        "years": gettext("For so many years at least"),
        "number": gettext("At least so many people"),
        "natures": gettext("Natures"),
    }


def states() -> dict[str, str]:
    """Return what the states of a unit that applies are called."""
    return {
        "active": gettext("May apply"),
        "barred": gettext("Barred from applying"),
        "no_account": gettext("Without an account"),
        "ended": gettext("Ended"),
    }


def roles() -> dict[str, str]:
    return {"applicant": gettext("Applies for the unit"), "recommender": gettext("Recommends other units")}
