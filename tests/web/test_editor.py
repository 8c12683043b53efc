"""The editor without scripts: what it takes, what it refuses at which field, and that nothing is lost."""

from collections.abc import Callable

import pytest
from flask.testing import FlaskClient
from lxml import html
from markupsafe import escape

from tests.web.browsing import act, filled, form_to, send, text_of
from tests.web.test_documents import draft
from tests.web.test_documents_steps import acts_of, row
from workflow.describe import describe
from workflow.directory import find_person
from workflow.installation import here

SignIn = Callable[..., FlaskClient]
DocumentAt = Callable[..., str]

TABLE = "如下：\n| 类别 | 时限 |\n| --- | --- |\n| 单位 | 九月 |"


def content_of(public_id: str) -> dict[str, object]:
    with here().database.read_tx() as session:
        person = find_person(session, row(public_id).drafter_id)
        assert person is not None
        return describe(session, person, public_id).content.to_dict()


def id_in(location: str) -> str:
    return location.partition("?")[0].rsplit("/", 1)[1]


def test_every_field_comes_through(sign_in: SignIn) -> None:
    drafter = sign_in("drafter")
    form = form_to(drafter.get("/documents/new"), "/documents/new")
    values = filled(
        form,
        type="函",
        title="关于商请支持的函",
        addressees="省委宣传部",
        body=TABLE,
        issued_title="办法",
        issued_body="一、总则",
        attachment_title=["甲", "乙"],
        attachment_body=["甲文", "乙文"],
        copy_to="省文明办",
        urgency="加急",
        note="此件公开发布",
        agency="省直文明委",
        seal="no",
    )
    answer = drafter.post("/documents/new", data=values)
    assert answer.status_code == 302
    assert content_of(id_in(answer.location)) == {
        "type": "函",
        "title": "关于商请支持的函",
        "addressees": "省委宣传部",
        "body": TABLE,
        "issued_text": {"title": "办法", "body": "一、总则"},
        "attachments": [{"title": "甲", "body": "甲文"}, {"title": "乙", "body": "乙文"}],
        "copy_to": "省文明办",
        "urgency": "加急",
        "note": "此件公开发布",
        "agency": "省直文明委",
        "seal": False,
        "classification": None,
    }


def test_saving_without_a_change_keeps_every_character(sign_in: SignIn) -> None:
    document = draft(body="\n".join(("一、要求", TABLE, "“引号”&符号<完>")), note="甲")
    before = content_of(document)
    drafter = sign_in("drafter")
    send(drafter, form_to(drafter.get(f"/documents/{document}/edit"), "/edit"))
    assert content_of(document) == before
    assert row(document).revision == 1


def test_a_draft_is_saved_and_submitted_at_once(sign_in: SignIn) -> None:
    drafter = sign_in("drafter")
    form = form_to(drafter.get("/documents/new"), "/documents/new")
    values = filled(
        form, title="关于值班的通知", body="请安排值班。", then="submit", countersigners=["countersigner2"]
    )
    first, second = (drafter.post("/documents/new", data=values) for _ in range(2))
    assert first.status_code == 302
    document = id_in(first.location)
    assert second.location == first.location
    assert acts_of(document) == ["draft", "submit"]
    assert "会签人乙" in text_of(drafter.get(f"/documents/{document}"), "//ol[@class='way']")


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("title", "题" * 201),
        ("title", "响\x07铃"),
        ("title", "　"),
        ("body", "文" * 100_001),
        ("body", "倒\u202e转"),
        ("addressees", "机" * 5001),
        ("note", "响\x07铃"),
        ("note", "注" * 201),
        ("type", "便条"),
        ("agency", "不存在的机关"),
        ("title", "秘密★1年"),
    ],
)
def test_what_cannot_be_used_is_told_at_its_field_and_kept(sign_in: SignIn, field: str, value: str) -> None:
    drafter = sign_in("drafter")
    form = form_to(drafter.get("/documents/new"), "/documents/new")
    entered = {"title": "关于值班的通知", "body": "请安排值班。", field: value}
    answer = drafter.post("/documents/new", data=filled(form, **entered))
    assert answer.status_code == 422
    again = form_to(answer, "/documents/new")
    assert [one.get("name") for one in again.xpath(".//*[@aria-invalid]")] == [field]
    described = again.xpath(".//*[@aria-invalid]/@aria-describedby")[0]
    assert text_of(answer, f"//*[@id='{described}']")
    for given in entered.values():
        assert str(escape(given)) in answer.text
    assert filled(again)["key"] == filled(form)["key"]


def test_problems_of_an_attachment_stand_at_that_attachment(sign_in: SignIn) -> None:
    drafter = sign_in("drafter")
    form = form_to(drafter.get("/documents/new"), "/documents/new")
    parts = {"attachment_title": ["甲", "", "丙"], "attachment_body": ["甲文", "", ""]}
    answer = send(drafter, form, title="关于值班的通知", body="请安排值班。", **parts)
    assert answer.status_code == 422
    again = form_to(answer, "/documents/new")
    assert again.xpath(".//*[@aria-invalid]/@name") == ["attachment_body"]
    assert again.xpath(".//*[@aria-invalid]/@aria-describedby") == ["problem-attachments[1].body"]


def test_attachments_are_added_and_removed_without_scripts(sign_in: SignIn) -> None:
    drafter = sign_in("drafter")
    form = form_to(drafter.get("/documents/new"), "/documents/new")
    one = form_to(send(drafter, form, title="题", do="add"), "/documents/new")
    two = form_to(send(drafter, one, attachment_title="甲", do="add"), "/documents/new")
    assert filled(two).getlist("attachment_title") == ["甲", ""]
    left = form_to(send(drafter, two, attachment_title=["甲", "乙"], do="remove:0"), "/documents/new")
    assert filled(left).getlist("attachment_title") == ["乙"]
    assert filled(left)["title"] == "题"


def test_a_stale_text_is_shown_again_with_a_notice(sign_in: SignIn) -> None:
    document = draft()
    drafter = sign_in("drafter")
    stale = form_to(drafter.get(f"/documents/{document}/edit"), "/edit")
    send(drafter, form_to(drafter.get(f"/documents/{document}/edit"), "/edit"), body="先存的正文。")
    answer = send(drafter, stale, body="后存的正文。")
    assert answer.status_code == 409
    assert answer.headers["Content-Type"].startswith("text/html")
    again = form_to(answer, "/edit")
    assert filled(again)["body"] == "后存的正文。"
    assert content_of(document)["body"] == "先存的正文。"
    assert send(drafter, again).status_code == 302
    assert content_of(document)["body"] == "后存的正文。"


def test_text_of_a_document_that_moved_on_is_kept_but_cannot_be_saved(sign_in: SignIn) -> None:
    document = draft()
    drafter = sign_in("drafter")
    stale = form_to(drafter.get(f"/documents/{document}/edit"), "/edit")
    act(drafter, document, "submit")
    answer = send(drafter, stale, body="迟到的正文。")
    assert answer.status_code == 409
    again = form_to(answer, "/edit")
    assert filled(again)["body"] == "迟到的正文。"
    assert again.xpath(".//button[@name='then']") == []


def test_one_text_sent_twice_is_one_revision(sign_in: SignIn) -> None:
    document = draft()
    drafter = sign_in("drafter")
    form = form_to(drafter.get(f"/documents/{document}/edit"), "/edit")
    assert [send(drafter, form, body="新的正文。").status_code for _ in range(2)] == [302, 302]
    assert row(document).revision == 2


@pytest.mark.parametrize(
    ("state", "holder"), [("unit_review", "unit_head"), ("office_review", "clerk"), ("signing", "signatory")]
)
def test_who_holds_a_document_changes_it_in_place(
    sign_in: SignIn, document_at: DocumentAt, state: str, holder: str
) -> None:
    document = document_at(state)
    client = sign_in(holder)
    answer = send(client, form_to(client.get(f"/documents/{document}/edit"), "/edit"), body="改过的正文。")
    assert answer.location.startswith(f"/documents/{document}")
    assert row(document).state == state
    assert row(document).revision == 2
    assert sign_in("drafter").get(f"/documents/{document}/edit").status_code == 403


@pytest.mark.parametrize(
    ("entered", "state"),
    [
        ({"change": "wording", "reason": "错字", "body_from": "精心", "body_to": "用心"}, "checking"),
        (
            {"change": "substance", "reason": "时限有变", "body_from": "本月底", "body_to": "下月底"},
            "signing",
        ),
    ],
)
def test_after_sign_off_a_change_says_what_it_is(
    sign_in: SignIn, document_at: DocumentAt, entered: dict[str, str], state: str
) -> None:
    document = document_at("checking")
    clerk = sign_in("clerk")
    form = form_to(clerk.get(f"/documents/{document}/edit"), "/edit")
    body = filled(form)["body"].replace(entered["body_from"], entered["body_to"])
    assert send(clerk, form, body=body).status_code == 422
    answer = send(clerk, form, body=body, change=entered["change"], reason=entered["reason"])
    assert answer.status_code == 302
    assert row(document).state == state


def test_a_false_declaration_is_refused_with_every_reason_and_keeps_the_text(
    sign_in: SignIn, document_at: DocumentAt
) -> None:
    document = document_at("checking")
    clerk = sign_in("clerk")
    form = form_to(clerk.get(f"/documents/{document}/edit"), "/edit")
    answer = send(clerk, form, body="另写一篇。", title="关于另一件事的通知", change="wording", reason="错字")
    assert answer.status_code == 422
    assert len(html.fromstring(answer.text).xpath("//ul[@role='alert']/li")) >= 2
    again = filled(form_to(answer, "/edit"))
    assert (again["body"], again["change"], again["reason"]) == ("另写一篇。", "wording", "错字")


def test_complaint_a_document_that_serves_as_a_base_lends_no_number_and_no_dates(
    sign_in: SignIn, document_at: DocumentAt
) -> None:
    issued = document_at("issued")
    drafter = sign_in("drafter")
    page = drafter.get(f"/documents/new?base={issued}")
    form = form_to(page, "/documents/new")
    assert filled(form)["title"] == row(issued).title
    number = row(issued).number
    assert number is not None
    assert number not in text_of(page, "//main")
    answer = send(drafter, form)
    copied = row(id_in(answer.location))
    assert (copied.number, copied.dated, copied.state) == (None, None, "draft")


def test_a_base_that_may_not_be_seen_is_not_there(sign_in: SignIn) -> None:
    assert sign_in("countersigner1").get(f"/documents/new?base={draft()}").status_code == 404


def test_people_outside_the_office_draft_nothing(sign_in: SignIn) -> None:
    for username in ("unit1", "admin"):
        assert sign_in(username).get("/documents/new").status_code == 403


def test_what_is_typed_is_kept_offered_restored_and_dropped(sign_in: SignIn) -> None:
    document = draft()
    drafter = sign_in("drafter")
    form = form_to(drafter.get(f"/documents/{document}/edit"), "/edit")
    typed = filled(
        form,
        title="",
        body="打到一半",
        attachment_title="甲",
        attachment_body="",
        countersigners="countersigner1",
    )
    kept = drafter.post(f"/documents/{document}/typed", data=typed)
    assert set(kept.get_json()) == {"at"}
    assert row(document).revision == 1

    offered = drafter.get(f"/documents/{document}/edit")
    assert filled(form_to(offered, "/edit"))["body"] == "请照此办理。"
    (restore,) = html.fromstring(offered.text).xpath("//*[contains(@class, 'offer')]/a/@href")
    restored = filled(form_to(drafter.get(restore), "/edit"))
    assert (restored["title"], restored["body"]) == ("", "打到一半")
    assert restored.getlist("attachment_title") == ["甲"]
    assert restored.getlist("countersigners") == ["countersigner1"]

    assert send(drafter, form_to(offered, "/typed/discard")).status_code == 302
    page = drafter.get(f"/documents/{document}/edit")
    assert not html.fromstring(page.text).xpath("//*[contains(@class, 'offer')]/a")


def test_saving_drops_the_kept_copy(sign_in: SignIn) -> None:
    drafter = sign_in("drafter")
    form = form_to(drafter.get("/documents/new"), "/documents/new")
    drafter.post("/typed", data=filled(form, body="打到一半"))
    assert html.fromstring(drafter.get("/documents/new").text).xpath("//*[contains(@class, 'offer')]/a")
    assert send(drafter, form, title="题目", body="全文").status_code == 302
    assert not html.fromstring(drafter.get("/documents/new").text).xpath("//*[contains(@class, 'offer')]/a")
    drafter.post("/typed", data=filled(form, body="打到一半"))  # still on its way when the form was saved
    assert not html.fromstring(drafter.get("/documents/new").text).xpath("//*[contains(@class, 'offer')]/a")


def test_typed_text_is_its_owners_alone(sign_in: SignIn) -> None:
    document = draft()
    drafter = sign_in("drafter")
    form = form_to(drafter.get(f"/documents/{document}/edit"), "/edit")
    drafter.post(f"/documents/{document}/typed", data=filled(form, body="打到一半"))
    drafter.post("/typed", data=filled(form, body="新件打到一半"))
    assert "打到一半" not in sign_in("unit_head").get("/documents/new?restore=1").text
    clerk = sign_in("clerk")
    token = filled(form_to(clerk.get("/documents/new"), "/documents/new"))["csrf_token"]
    assert clerk.post(f"/documents/{document}/typed", data={"csrf_token": token}).status_code == 404


def test_restoring_over_a_newer_text_says_so(sign_in: SignIn) -> None:
    document = draft()
    drafter = sign_in("drafter")
    form = form_to(drafter.get(f"/documents/{document}/edit"), "/edit")
    drafter.post(f"/documents/{document}/typed", data=filled(form, body="打到一半"))
    sign_elsewhere = form_to(drafter.get(f"/documents/{document}/edit"), "/edit")
    send(drafter, sign_elsewhere, body="另存的正文。")
    drafter.post(f"/documents/{document}/typed", data=filled(form, body="打到一半"))
    page = drafter.get(f"/documents/{document}/edit?restore=1")
    assert text_of(page, "//p[contains(@class, 'told-warning')]")


def test_an_ended_session_is_told_to_scripts_and_its_new_token_is_given(
    sign_in: SignIn, client: FlaskClient
) -> None:
    drafter = sign_in("drafter")
    form = form_to(drafter.get("/documents/new"), "/documents/new")
    values = filled(form, body="打到一半")
    drafter.post("/sign-out", data={"csrf_token": values["csrf_token"]})
    assert drafter.post("/typed", data=values).status_code == 401
    sign_in("drafter", drafter)
    assert drafter.post("/typed", data=values).status_code == 400
    values["csrf_token"] = drafter.get("/typed").get_json()["csrf_token"]
    assert drafter.post("/typed", data=values).status_code == 200


@pytest.mark.parametrize("path", ["/documents/new", "/typed", "/preview", "/typed/discard"])
def test_a_form_without_its_token_is_refused(sign_in: SignIn, path: str) -> None:
    answer = sign_in("drafter").post(path, data={"title": "题", "body": "文"})
    assert answer.status_code == 400


def test_what_is_too_long_to_keep_is_told(sign_in: SignIn) -> None:
    drafter = sign_in("drafter")
    form = form_to(drafter.get("/documents/new"), "/documents/new")
    assert drafter.post("/typed", data=filled(form, body="x" * 600_000)).status_code == 422
