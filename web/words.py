"""Name in the reader's language what the office's data calls by one word: types, urgencies, fields, tones."""

from flask import Flask
from flask_babel import gettext

from .forms.content import field_label
from .language import language

TYPES = {
    "决议": "Resolution",
    "决定": "Decision",
    "命令": "Order",
    "公报": "Communiqué",
    "公告": "Announcement",
    "通告": "Public notice",
    "意见": "Opinions",
    "通知": "Notice",
    "通报": "Circular",
    "报告": "Report",
    "请示": "Request for instructions",
    "批复": "Reply to a request",
    "议案": "Bill",
    "函": "Letter",
    "纪要": "Minutes",
}
URGENCIES = {"特急": "Most urgent", "加急": "Urgent"}
TONES = {"draft": "off", "issued": "done", "archived": "done", "voided": "back", "terminated": "off"}
UNSEEN = {  # fields of a form that nobody typed
    "key", "version", "stage", "from", "only", "order", "next", "do", "base",
    "attachment_file", "reference_file",
}  # fmt: skip


def init_app(app: Flask) -> None:
    app.jinja_env.globals.update(
        type_name=type_name,
        urgency_name=urgency_name,
        form_name=form_name,
        field_name=field_name,
        tone=tone,
        unseen_fields=UNSEEN,
    )


def type_name(value: str) -> str:
    """Return a 文种 in the reader's language."""
    return TYPES.get(value, value) if language() == "en" else value


def urgency_name(value: str) -> str:
    """Return an urgency in the reader's language."""
    return URGENCIES.get(value, value) if language() == "en" else value


def form_name(value: str) -> str:
    """Return what a form on paper is called in the reader's language."""
    names = {
        "file": gettext("File form"),
        "letter": gettext("Letter form"),
        "upward": gettext("Upward form"),
        "minutes": gettext("Minutes form"),
        "order": gettext("Order form"),
    }
    return names.get(value, value)


def tone(state: str) -> str:
    """Return how a state is coloured: done, now, back or off."""
    return TONES.get(state, "now")


def field_name(name: str) -> str:
    """Return what a field of a form is called."""
    words = {
        "comment": gettext("Comment"),
        "reason": gettext("Reason"),
        "change": gettext("Kind of change"),
        "issued_title": gettext("Title of the issued text"),
        "issued_body": gettext("Issued text"),
        "attachment_title": gettext("Title of an attachment"),
        "attachment_body": gettext("Text of an attachment"),
        "disclosure_reason": gettext("Why it is not made public"),
        "countersigners": gettext("Countersigners"),
        "correction": gettext("Correction"),
        "signer": gettext("Signer"),
        "target": gettext("Back to"),
        "resume": gettext("After mending"),
        "distribution": gettext("Distribution"),
        "copies": gettext("Copies"),
        "year": gettext("Year"),
        "restricted": gettext("Restricted reading"),
        "retention": gettext("Retention"),
        "signatory": gettext("Who signed"),
        "post": gettext("Their post"),
        "signed_on": gettext("Signed on"),
    }
    return words.get(name) or field_label(name)
