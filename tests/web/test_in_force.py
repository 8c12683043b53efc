"""What rescinds, repeals or replaces what: in the editor, on the document's page, in archive and register."""

from collections.abc import Callable
from typing import Any

import pytest
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from tests.web.browsing import form_to, send, text_of
from tests.workflow.desk import Desk, mended
from workflow import clock

SignIn = Callable[..., FlaskClient]
DocumentAt = Callable[..., str]


@pytest.fixture
def desk(office_app: Any) -> Desk:
    return Desk()


def begin(client: FlaskClient, asked: str, **typed: Any) -> TestResponse:
    form = form_to(client.get(f"/documents/new?{asked}"), "/documents/new")
    return send(client, form, then="save", **typed)


def begun(answer: TestResponse) -> str:
    assert answer.status_code == 302, answer.text
    return answer.location.partition("/documents/")[2].partition("?")[0]


def test_a_document_is_rescinded_by_one_begun_from_its_page(
    sign_in: SignIn, document_at: DocumentAt, desk: Desk
) -> None:
    drafter, first = sign_in("drafter"), document_at("issued")
    number = desk.row(first)["number"]
    assert f"/documents/new?ends={first}" in drafter.get(f"/documents/{first}").text
    texts = {"title": "关于撤销一份文件的通知", "body": "现予撤销。", "addressees": "省直各单位"}
    second = begun(begin(drafter, f"ends={first}", **texts))
    page = drafter.get(f"/documents/{second}")
    assert number in text_of(page, "//section[contains(@class, 'ends-panel')]")
    assert form_to(drafter.get(f"/documents/{second}/edit"), "/edit").form_values()
    desk.bring(second, "issued")
    told = text_of(drafter.get(f"/documents/{first}"), "//p[contains(@class, 'standing')]")
    assert "已撤销" in told
    assert desk.row(second)["number"] in told
    assert f"/documents/new?ends={first}" not in drafter.get(f"/documents/{first}").text
    found = "//ol[contains(@class, 'found')]"
    assert "已撤销" in text_of(drafter.get("/archive"), found)
    only = text_of(drafter.get("/archive?in_force=1"), found)
    assert "已撤销" not in only
    assert "关于撤销一份文件的通知" in only
    registrar = sign_in("registrar")
    assert "已撤销" in text_of(registrar.get("/register"), "//td[@class='what-became']")
    assert "已撤销" in text_of(
        registrar.get(f"/documents/{first}/sending"), "//p[contains(@class, 'standing')]"
    )


def test_a_day_that_is_none_is_refused_and_a_past_day_is_asked(sign_in: SignIn) -> None:
    client = sign_in("drafter")
    assert client.get("/archive?in_force=morgen").status_code == 422
    before = client.get("/archive?in_force=1999-01-01")
    assert text_of(before, "//ol[contains(@class, 'found')]") == ""
    assert client.get(f"/archive?in_force={clock.today()}").status_code == 200


def test_a_wrong_line_is_told_at_its_field(sign_in: SignIn) -> None:
    client = sign_in("drafter")
    row = {"end_number": "省〔1999〕1号", "end_act": "repeal", "end_reason": "过时"}
    answer = begin(client, "", title="关于废止的通知", body="废止。", **row)
    assert answer.status_code == 422
    assert "没有字号为省〔1999〕1号的已印发文件" in text_of(answer, "//*[@id='problem-ends[0].number']")
    assert form_to(answer, "/new").form_values().count(("end_reason", "过时")) == 1


def test_a_wrong_number_is_mended_by_issuing_anew_to_the_same_list(
    sign_in: SignIn, document_at: DocumentAt, desk: Desk
) -> None:
    registrar, first = sign_in("registrar"), document_at("issued")
    row = desk.row(first)
    kept = form_to(registrar.get(f"/documents/{first}/sending"), "/sending")
    send(registrar, kept, name=["省文化馆", "省图书馆"], copies=["3", "4"])
    assert f"/documents/new?replaces={first}" in registrar.get(f"/documents/{first}").text
    anew = begun(begin(registrar, f"replaces={first}"))
    assert desk.row(anew)["title"] == row["title"]
    desk.bring(anew, "issued")
    assert (desk.row(anew)["distribution"], desk.row(anew)["copies"]) == ("省文化馆、省图书馆", row["copies"])
    listed = form_to(registrar.get(f"/documents/{anew}/sending"), "/sending").form_values()
    assert [value for name, value in listed if name == "copies"][:2] == ["3", "4"]
    told = text_of(registrar.get(f"/documents/{first}/sending"), "//p[contains(@class, 'standing')]")
    assert "已更正重发" in told
    assert desk.row(anew)["number"] in told
    assert f"replaces={first}" not in registrar.get(f"/documents/{first}").text


@pytest.mark.parametrize(("who", "state", "status"), [("drafter", "issued", 403), ("clerk", "signing", 422)])
def test_only_the_office_issues_anew_and_only_what_was_issued(
    sign_in: SignIn, document_at: DocumentAt, who: str, state: str, status: int
) -> None:
    client = sign_in(who)
    document = document_at(state)
    assert client.get(f"/documents/new?replaces={document}").status_code == status
    assert f"replaces={document}" not in client.get(f"/documents/{document}").text


def test_a_base_brings_no_ending_along(sign_in: SignIn, document_at: DocumentAt, desk: Desk) -> None:
    client, first = sign_in("clerk"), document_at("issued")
    second = begun(begin(client, f"ends={first}", title="关于撤销的通知", body="撤销。"))
    form = form_to(client.get(f"/documents/new?base={second}"), "/new")
    assert {value for name, value in form.form_values() if name == "end_number"} == {""}


def test_the_signatory_reads_the_number_with_file_and_list(
    sign_in: SignIn, document_at: DocumentAt, desk: Desk
) -> None:
    document = desk.bring(desk.draft("drafter"), "checking")
    changed = mended("现将", "兹将")
    desk.revise(document, "clerk", changed, change="wording", reason="校正")
    desk.bring(document, "issued")
    page = sign_in("signatory").get("/to-read")
    line = f"//li[.//a[contains(@href, '/documents/{document}?')]]"
    assert f"您签发的文件已以{desk.row(document)['number']}印发；签发后校正1次" in text_of(page, line)
    assert f"/documents/{document}/changes?to=2&amp;from=1" in page.text
    assert f"/documents/{document}/files/docx" in page.text


def test_a_correction_is_asked_for_and_accepted_on_the_documents_page(
    sign_in: SignIn, document_at: DocumentAt, desk: Desk
) -> None:
    document, drafter = desk.bring(desk.draft("drafter"), "checking"), sign_in("drafter")
    page = drafter.get(f"/documents/{document}")
    empty = send(drafter, form_to(page, "/corrections"), place="正文第1段", words="")
    assert empty.status_code == 422
    assert "应改为什么" in text_of(empty, "//section[contains(@class, 'corrections')]")
    again = form_to(empty, "/corrections")
    assert ("place", "正文第1段") in again.form_values()
    assert send(drafter, again, words="“现将”应为“兹将”").status_code == 302
    clerk = sign_in("clerk")
    assert "申请更正" in text_of(clerk.get("/to-read"), "//ol")
    answer = send(clerk, form_to(clerk.get(f"/documents/{document}?from=tasks&only=checking"), "/accept"))
    assert "from=tasks" in answer.location
    assert "only=checking" in answer.location
    form = form_to(clerk.get(answer.location), "/edit")
    assert dict(form.form_values())["reason"] == "应拟稿人申请更正：正文第1段，“现将”应为“兹将”"
    assert send(clerk, form, body=mended("现将", "兹将")["body"], then="save").status_code == 302
    assert "已同意" in text_of(
        drafter.get(f"/documents/{document}"), "//section[contains(@class, 'corrections')]"
    )


def test_a_correction_is_declined_on_the_documents_page(sign_in: SignIn, desk: Desk) -> None:
    document, drafter = desk.bring(desk.draft("drafter"), "registration"), sign_in("drafter")
    form = form_to(drafter.get(f"/documents/{document}"), "/corrections")
    assert send(drafter, form, place="标题", words="多一字").status_code == 302
    registrar = sign_in("registrar")
    page = registrar.get(f"/documents/{document}")
    assert "/accept" not in page.text
    assert send(registrar, form_to(page, "/decline"), answer="").status_code == 422
    assert send(registrar, form_to(page, "/decline"), answer="原文无误").status_code == 302
    assert "原文无误" in text_of(
        drafter.get(f"/documents/{document}"), "//section[contains(@class, 'corrections')]"
    )


def test_what_was_issued_is_found_by_part_of_number_or_title_for_those_who_see_it(
    sign_in: SignIn, document_at: DocumentAt, desk: Desk
) -> None:
    row = desk.row(document_at("issued"))
    found = sign_in("drafter").get("/documents/endable", query_string={"q": row["title"][2:8]}).json
    assert {"number": row["number"], "title": row["title"], "ended": ""} in found["items"]
    by_number = sign_in("clerk").get("/documents/endable", query_string={"q": row["number"]}).json
    assert [one["title"] for one in by_number["items"]] == [row["title"]]
    for asked in ("", "  ", "没有这样的文件", "x" * 5000):
        assert sign_in("drafter").get("/documents/endable", query_string={"q": asked}).json == {"items": []}
    outside = sign_in("unit1").get("/documents/endable", query_string={"q": row["number"]})
    assert row["title"] not in outside.text
