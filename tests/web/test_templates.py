"""A new document begins with a template, and the editor offers the set phrases of its type."""

from collections.abc import Callable

from flask.testing import FlaskClient

from tests.web.browsing import filled, form_to, send, text_of

SignIn = Callable[..., FlaskClient]


def test_a_template_fills_the_editor_and_is_named_until_it_is_filled_in(sign_in: SignIn) -> None:
    drafter = sign_in("drafter")
    assert "印发通知" in text_of(drafter.get("/documents/new"), "//details[contains(@class,'templates')]")
    page = drafter.get("/documents/new?template=notice-issue")
    form = form_to(page, "/documents/new")
    values = filled(form)
    assert values["title"] == "关于印发《「文件名称」》的通知"
    assert values["issued_body"].strip() == "「文件正文」"
    assert values["copy_to"] == filled(form_to(drafter.get("/documents/new"), "/documents/new"))["copy_to"]
    answer = send(drafter, form, then="submit")
    assert answer.status_code == 422
    told = text_of(answer, "//*[@role='alert']")
    assert "待填内容" in told
    assert "「文件名称」" in told
    assert text_of(drafter.get("/documents/new?template=none"), "//a[@aria-current][@class='chip']") == ""


def test_each_type_has_its_phrases_also_without_scripts(sign_in: SignIn) -> None:
    page = sign_in("drafter").get("/documents/new")
    assert "妥否，请批示。" in text_of(page, "//*[@data-phrases-of='请示']//li")
    assert "此复。" not in text_of(page, "//*[@data-phrases-of='请示']")
