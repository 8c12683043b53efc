"""The words to stages, steps and fields stand where they are needed; each role has its two pages."""

from collections.abc import Callable
from dataclasses import fields

import pytest
from flask import Flask
from flask.testing import FlaskClient

from docgen.sheet import Content
from workflow.installation import here

SignIn = Callable[..., FlaskClient]


def sentence(subject: str, name: str) -> str:
    found = here().help["notice"].sentences[subject].get(name)
    assert found, (subject, name)
    return found["zh"]


def test_every_field_of_the_content_has_its_sentence(office_app: Flask) -> None:
    written = {field.name for field in fields(Content)} - {"classification"}
    assert set(here().help["notice"].sentences["fields"]) == written


def test_stage_step_and_input_are_explained_where_they_are_used(
    sign_in: SignIn, document_at: Callable[..., str]
) -> None:
    page = sign_in("signatory").get(f"/documents/{document_at('signing')}").text
    for subject, name in (
        ("stages", "signing"),
        ("steps", "sign"),
        ("inputs", "correction"),
        ("inputs", "target"),
    ):
        assert sentence(subject, name) in page


def test_every_field_of_the_editor_is_explained(sign_in: SignIn) -> None:
    page = sign_in("drafter").get("/documents/new").text
    assert [
        name for name, words in here().help["notice"].sentences["fields"].items() if words["zh"] not in page
    ] == []


@pytest.mark.parametrize("role", ["drafter", "approver", "clerk", "registrar", "archivist", "administrator"])
def test_a_role_reads_what_it_does(sign_in: SignIn, role: str) -> None:
    client = sign_in("drafter")
    assert f"/help/{role}" in client.get("/help").text
    page = client.get(f"/help/{role}").text
    (found,) = [one for one in here().help["notice"].roles if one.name == role]
    for stage in found.stages:
        assert sentence("stages", stage) in page
    for task in found.tasks:
        assert task.how["zh"] in page


def test_there_is_no_page_for_a_role_that_is_none(sign_in: SignIn) -> None:
    assert sign_in("drafter").get("/help/king").status_code == 404


def test_help_is_for_those_who_have_signed_in(office_app: Flask) -> None:
    assert office_app.test_client().get("/help").status_code == 302
