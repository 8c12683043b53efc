"""Fill in and send the forms of a page, as a browser without scripts would."""

from typing import Any

from flask.testing import FlaskClient
from lxml import html
from lxml.html import FormElement
from werkzeug.datastructures import MultiDict
from werkzeug.test import TestResponse


def forms(page: TestResponse) -> list[FormElement]:
    """Return a page's forms as a browser has them.

    libxml2 does not know <template>, nor that the line break after <textarea> is not part of the text.
    """
    tree = html.fromstring(page.text)
    for template in tree.xpath("//template"):
        template.drop_tree()
    for area in tree.xpath("//textarea"):
        if (area.text or "").startswith("\n"):
            area.text = area.text[1:]
    return list(tree.forms)


def form_to(page: TestResponse, end: str) -> FormElement:
    """Return a page's form whose address ends so."""
    found = [form for form in forms(page) if (form.action or "").partition("?")[0].endswith(end)]
    assert found, f"no form to {end} among {[form.action for form in forms(page)]}"
    return found[0]


def filled(form: FormElement, **changes: Any) -> MultiDict[str, str]:
    """Return what a form would send; a list is sent as several values, None leaves a field out."""
    values = MultiDict(form.form_values())
    for name, value in changes.items():
        values.poplist(name)
        if value is not None:
            values.setlist(name, value if isinstance(value, list) else [value])
    return values


def send(client: FlaskClient, form: FormElement, **changes: Any) -> TestResponse:
    return client.post(form.action, data=filled(form, **changes))


def act(client: FlaskClient, document: str, action: str, **changes: Any) -> TestResponse:
    """Open a document's page and take a step by its form."""
    page = client.get(f"/documents/{document}")
    return send(client, form_to(page, f"/steps/{action}"), **changes)


def text_of(page: TestResponse, xpath: str) -> str:
    """Return the words of the parts that an XPath finds."""
    return " ".join(" ".join(part.text_content().split()) for part in html.fromstring(page.text).xpath(xpath))
