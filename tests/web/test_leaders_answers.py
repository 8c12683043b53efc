"""A leader's other answers by the pages' forms: not now, not at all, and a question to the drafter."""

from collections.abc import Callable
from datetime import timedelta

from flask.testing import FlaskClient
from lxml import html

from tests.web.browsing import act, filled, form_to, text_of
from tests.web.test_documents import draft
from tests.web.test_documents_steps import row
from workflow import clock, deferring

SignIn = Callable[..., FlaskClient]


def at_signing(sign_in: SignIn) -> str:
    document = draft()
    for who, action in (("drafter", "submit"), ("unit_head", "approve"), ("clerk", "approve")):
        act(sign_in(who), document, action)
    return document


def offered(client: FlaskClient, document: str) -> set[str]:
    """Return the acts whose button a page shows, pressable or not."""
    tree = html.fromstring(client.get(f"/documents/{document}").text)
    shown = tree.xpath("//section[@class='acts']//form/@action")
    greyed = tree.xpath("//section[@class='acts']//button[@disabled]/@aria-describedby")
    return {str(one).rpartition("/")[2] for one in shown} | {str(one).partition("-")[2] for one in greyed}


def test_what_is_put_off_says_until_when_and_is_listed_apart(sign_in: SignIn) -> None:
    document = at_signing(sign_in)
    signatory = sign_in("signatory")
    form = form_to(signatory.get(f"/documents/{document}"), "/defer")
    until = clock.today() + timedelta(days=7)
    assert filled(form)["until"] == until.isoformat()
    assert not {"resume", "answer"} & offered(signatory, document)
    refused = act(signatory, document, "defer", until=clock.today().isoformat(), comment="等会议。")
    assert refused.status_code == 422
    assert "缓至的日期须在今天之后" in refused.text
    assert act(signatory, document, "defer", comment="等会议。").status_code == 302
    assert row(document).deferred_until == until
    said = f"缓发至{deferring.day_of(until)}"
    assert text_of(signatory.get(f"/documents/{document}"), "//section[@aria-label='缓发']").startswith(said)
    assert document not in signatory.get("/").text
    apart = signatory.get("/?only=deferred")
    assert f"/documents/{document}" in apart.text
    assert said in text_of(apart, "//ol[@data-rows]")
    drafter = sign_in("drafter")
    assert said in text_of(drafter.get("/begun"), "//ol[@data-rows]")
    assert "等会议。" in text_of(drafter.get("/to-read"), "//ol[@data-rows]")
    assert act(signatory, document, "resume").status_code == 302
    assert document in signatory.get("/").text


def test_a_question_reaches_the_drafters_desk_and_the_answer_stands_above_the_paper(sign_in: SignIn) -> None:
    document = at_signing(sign_in)
    signatory, drafter = sign_in("signatory"), sign_in("drafter")
    assert "answer" not in offered(drafter, document)
    assert act(signatory, document, "ask_drafter", comment="经费从哪里出？").status_code == 302
    assert "经费从哪里出？" in text_of(drafter.get("/"), "//section[@aria-label='向您的询问']")
    assert "已有一个询问等拟稿人答复" in text_of(
        signatory.get(f"/documents/{document}"), "//ul[@id='why-ask_drafter']"
    )
    above = "//header//section[@aria-label='对拟稿人的询问']"
    assert "尚未答复。" in text_of(signatory.get(f"/documents/{document}"), above)
    assert act(drafter, document, "answer", comment="从工作经费列支。").status_code == 302
    shown = text_of(signatory.get(f"/documents/{document}"), above)
    assert shown.index("经费从哪里出？") < shown.index("从工作经费列支。")
    assert "尚未答复。" not in shown
    assert "向您的询问" not in drafter.get("/").text
    assert act(signatory, document, "sign").status_code == 302


def test_a_document_that_went_on_says_that_a_question_stayed_open(sign_in: SignIn) -> None:
    document = at_signing(sign_in)
    signatory = sign_in("signatory")
    act(signatory, document, "ask_drafter", comment="经费从哪里出？")
    act(signatory, document, "sign")
    shown = text_of(sign_in("clerk").get(f"/documents/{document}"), "//header")
    assert "未等答复，文稿已往下办理。" in shown


def test_a_refusal_ends_it_and_stands_on_the_sheet(sign_in: SignIn) -> None:
    document = at_signing(sign_in)
    signatory = sign_in("signatory")
    assert act(signatory, document, "refuse", comment="").status_code == 422
    assert act(signatory, document, "refuse", comment="与上级部署重复。").status_code == 302
    assert row(document).state == "terminated"
    drafter = sign_in("drafter")
    assert "不发：与上级部署重复。" in text_of(drafter.get(f"/documents/{document}/slip"), "//main")
    assert "与上级部署重复。" in text_of(drafter.get("/to-read"), "//ol[@data-rows]")
