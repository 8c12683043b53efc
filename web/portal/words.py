"""Say to units in words what campaigns and applications call by one."""

from flask_babel import gettext

from workflow.applications.facts import grace_until
from workflow.models import Campaign

from ..language import moment


def late_rule(campaign: Campaign) -> str:
    """Return what becomes of what comes in after the closing hour."""
    until = grace_until(campaign)
    if until is None:
        return gettext(
            "Nothing is taken after the hour; what counts is when a submission is carried out here."
        )
    return gettext(
        "What was begun before the hour may still be submitted until %(until)s; nothing new is begun.",
        until=moment(until),
    )


def next_step(state: str, own: bool) -> str:
    """Return what happens next with an application at a stage; `own` is said to its unit."""
    if own and state in ("draft", "amendment"):
        return {
            "draft": gettext("You fill it in and submit it."),
            "amendment": gettext("You put right what is asked for and hand it in again."),
        }[state]
    return {
        "draft": gettext("The unit fills it in."),
        "recommendation": gettext("The recommending body decides on it."),
        "qualification": gettext("The office checks whether the unit may apply."),
        "amendment": gettext("The unit puts right what is asked for."),
        "material_review": gettext("The material is being judged."),
        "site_visit": gettext("The site visit is being made."),
        "survey": gettext("The survey is being made."),
        "consultation": gettext("Other bodies are being asked."),
        "deliberation": gettext("The candidates are being decided on."),
        "public_notice": gettext("The candidates are made public."),
        "verification": gettext("An objection is being looked into."),
        "conferral": gettext("The document that confers or recommends is being prepared."),
        "conferred": gettext("The title is conferred."),
    }.get(state, gettext("The application has come to its end."))


def form_standing(standing: str) -> str:
    """Return how the sealed form stands to the text."""
    return {
        "none": gettext("The sealed form is not there yet."),
        "same": gettext("The sealed form was printed from the text as it is now."),
        "changed": gettext(
            "The text has changed since the sealed form was printed: print it again and have it sealed."
        ),
        "unchecked": gettext(
            "No check code was entered for the sealed form: compare it with the text yourself."
        ),
    }[standing]


def verdict(value: str) -> str:
    """Return what a check says, in a word."""
    return {"met": gettext("met"), "unmet": gettext("not met"), "open": gettext("to be checked")}[value]


def verdict_tone(value: str) -> str:
    return {"met": "done", "unmet": "back", "open": "off"}[value]


def title_state(value: str) -> str:
    """Return how a title stands."""
    return {
        "valid": gettext("in force"),
        "suspended": gettext("suspended"),
        "revoked": gettext("revoked"),
        "expired": gettext("expired"),
        "terminated": gettext("terminated"),
    }[value]
