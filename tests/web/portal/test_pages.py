"""A unit applies and its body recommends, as a browser without scripts does; nobody sees another's."""

import io
import re
from collections.abc import Callable
from typing import Any
from zipfile import ZipFile

import pytest
from flask import Flask
from flask.testing import FlaskClient
from PIL import Image
from werkzeug.test import TestResponse

from tests.web.browsing import filled, form_to, forms, send, text_of
from tests.workflow.applications import campaign as rounds
from tests.workflow.applications.walking import at, begin
from tests.workflow.desk import Desk
from workflow import engine
from workflow.applications import form_code
from workflow.applications.portal import portal
from workflow.describe import describe
from workflow.installation import read_tx
from workflow.spreadsheets import Table, read_workbook, write_workbook

SignIn = Callable[..., FlaskClient]


@pytest.fixture
def desk(office_app: Flask) -> Desk:
    return Desk()


@pytest.fixture
def campaign(desk: Desk) -> str:
    return rounds.open_campaign(desk, quotas={"body1": 2}, late_rule="finish", grace_minutes=30)


def content_of(desk: Desk, document: str, who: str = "unit1") -> Any:
    with read_tx() as session:
        return describe(session, desk.person(who), document, every_kind=True).content


def picture() -> tuple[io.BytesIO, str]:
    stream = io.BytesIO()
    Image.new("RGB", (40, 30), (90, 140, 190)).save(stream, "PNG")
    stream.seek(0)
    return stream, "活动 照片.png"


def pdf(name: str = "扫描件.pdf") -> tuple[io.BytesIO, str]:
    stream = io.BytesIO()
    Image.new("RGB", (40, 30)).save(stream, "PDF")
    stream.seek(0)
    return stream, name


def save(client: FlaskClient, document: str, **changes: Any) -> TestResponse:
    address = f"/applications/{document}/edit"
    return client.post(address, data=filled(form_to(client.get(address), "/edit"), **changes))


def test_a_unit_applies_and_its_body_recommends(sign_in: SignIn, desk: Desk, campaign: str) -> None:
    unit = sign_in("unit1")
    page = unit.get("/portal")
    assert "30" in page.text
    begun = send(unit, form_to(page, f"/portal/{campaign}/unit"))
    address = begun.location
    document = address.split("/")[2]
    first = save(
        unit, document, **{"unit.legal_person": "主要负责人甲", "points.1.1": "19.5", "points.1.2": "30"}
    )
    assert first.location == address
    typed = {f"unit.{name}": value for name, value in _UNIT.items()} | _TEXTS | _ANSWERS
    files = {"file.1.1": [picture(), pdf("制度.pdf")], "file.2.2": picture()}
    kept = save(unit, document, **typed, **files)
    assert kept.status_code == 302, text_of(kept, "//*[@role='alert']")
    found = content_of(desk, document)
    assert [len(one.evidence) for one in found.answers] == [2, 0, 0, 1]
    assert [one.points for one in found.answers] == [1950, 3000, 1500, 3500]
    edit = unit.get(address)
    assert text_of(edit, "//b[@data-lacks-count]").split()[0] == "1"
    assert "99.5" in text_of(edit, "//b[@data-total]")
    code = form_code.current(found)
    assert code in text_of(edit, "//main")
    sealed = save(unit, document, code=code.lower(), **{"file.signed_form": pdf()}, do="submit")
    assert sealed.location == f"/applications/{document}", text_of(sealed, "//*[@role='alert']")
    assert content_of(desk, document).signed_form.name == f"盖章申报表 {code}.pdf"
    body = sign_in("body1")
    assert body.get("/sign-in").location == "/recommendations"
    waiting = body.get("/recommendations")
    assert "省交通运输厅" in text_of(waiting, "//ul[contains(@class, 'recommending')]")
    assert "2" in text_of(waiting, "//ul[@class='shares']")
    shown = body.get(f"/applications/{document}")
    assert "一致" in text_of(shown, "//section[@aria-labelledby='paper-title']")
    done = send(body, form_to(shown, "/steps/recommend"), comment="同意推荐。")
    assert (done.location, desk.state(document)) == ("/recommendations", "qualification")
    assert "同意推荐。" in text_of(unit.get(f"/applications/{document}"), "//ol[@class='timeline']")
    assert desk.findings() == []


_UNIT = {
    "legal_person": "主要负责人甲",
    "in_charge": "分管负责人乙",
    "staff": "120",
    "members": "80",
    "address": "示范路1号",
    "contact": "联络员丙",
    "phone": "0371-60000000",
}
_TEXTS = {"overview": "创建工作常抓不懈。", "practice": "抓学习，抓服务。", "pledged": "yes"}
_ANSWERS = {"points.2.1": "15", "points.2.2": "35", "statement.1.1": "已落实。"}


def test_what_cannot_be_taken_comes_back_with_all_that_was_typed(
    sign_in: SignIn, desk: Desk, campaign: str
) -> None:
    document, unit = begin(desk, campaign), sign_in("unit1")
    wrong = {"points.1.1": "二十", "points.1.2": "31", "unit.staff": "很多", "overview": "长" * 3001}
    refused = save(unit, document, **wrong)
    assert refused.status_code == 422
    assert 'value="二十"' in refused.text
    assert "长" * 3001 in refused.text
    refused = save(unit, document, **wrong | {"points.1.1": "20"})
    places = set(re.findall(r'aria-describedby="[^"]*wrong-([^"]+)"', refused.text))
    assert places == {"unit.staff", "overview"}
    refused = save(unit, document, **{"points.1.2": "31", "statement.1.1": "长" * 501})
    assert set(re.findall(r'aria-describedby="[^"]*wrong-([^"]+)"', refused.text)) == {"points.1.2"}
    assert "501" in text_of(refused, "//*[@role='alert']")
    late = save(unit, document, do="submit", pledged=None)
    assert late.status_code == 422
    assert desk.state(document) == "draft"


def test_what_is_typed_is_kept_and_what_is_missing_is_told(
    sign_in: SignIn, desk: Desk, campaign: str
) -> None:
    document, unit = begin(desk, campaign), sign_in("unit1")
    address = f"/applications/{document}/edit"
    typed = filled(form_to(unit.get(address), "/edit"), overview="", honours="正在写")
    answer: Any = unit.post(f"/applications/{document}/typed", data=typed).json
    assert [one["where"] for one in answer["lacks"]] == ["overview"]
    assert content_of(desk, document).overview
    again = unit.get(address)
    assert "正在写" in again.text
    assert unit.post(f"/applications/{document}/typed/discard", data=typed).location == address
    assert "正在写" not in unit.get(address).text
    unit.post(f"/applications/{document}/typed", data=typed)
    data = content_of(desk, document).to_dict() | {"highlights": "同事写的。"}
    desk.revise(document, "unit1", data)
    offered = unit.get(address)
    assert "正在写" not in offered.text
    assert "同事写的。" in offered.text
    assert "正在写" in unit.get(f"{address}?restore=1").text
    stale = unit.post(address, data=typed)
    assert (stale.status_code, "正在写" in stale.text) == (409, True)
    assert send(unit, form_to(stale, "/edit")).status_code == 302
    assert content_of(desk, document).honours == "正在写"
    twice = filled(form_to(unit.get(address), "/edit"), highlights="再改。")
    assert [unit.post(address, data=twice).status_code for _ in range(2)] == [302, 302]


def test_files_come_by_the_script_over_text_that_is_being_typed(
    sign_in: SignIn, desk: Desk, campaign: str
) -> None:
    document, unit = begin(desk, campaign), sign_in("unit1")
    address = f"/applications/{document}/edit"
    typed = filled(form_to(unit.get(address), "/edit"), honours="先打开的表。")
    token = {"csrf_token": typed["csrf_token"]}
    sent: Any = unit.post(
        f"/applications/{document}/evidence", data=token | {"place": "2.1", "file": picture()}
    )
    assert (sent.status_code, sent.json["files"][0]["kind"]) == (201, "PNG")
    file = sent.json["files"][0]
    assert unit.get(file["small"]).mimetype == "image/jpeg"
    assert unit.get(file["href"]).data.startswith(b"\x89PNG")
    other = {"place": "2.1", "replaces": file["sha256"], "file": pdf()}
    replaced: Any = unit.post(f"/applications/{document}/evidence", data=token | other)
    assert [one["kind"] for one in replaced.json["files"]] == ["PDF"]
    book = write_workbook([Table("表", ("列",), [("1",)])])
    bad: Any = unit.post(
        f"/applications/{document}/evidence",
        data=token | {"place": "2.1", "file": (io.BytesIO(book), "表.xlsx")},
    )
    assert (bad.status_code, "JPEG" in bad.json["reasons"][0]) == (422, True)
    unknown = unit.post(f"/applications/{document}/evidence", data=token | {"place": "9.9", "file": pdf()})
    assert unknown.status_code == 422
    assert unit.post(address, data=typed).status_code == 302
    found = content_of(desk, document)
    answers = {one.indicator: one for one in found.answers}
    assert (found.honours, [one.name for one in answers["2.1"].evidence]) == ("先打开的表。", ["扫描件.pdf"])
    remove = save(unit, document, do=f"remove:2.1:{answers['2.1'].evidence[0].sha256}")
    assert remove.location.endswith("#at-2.1")
    assert [len(one.evidence) for one in content_of(desk, document).answers] == [1, 0, 0, 1]


def test_the_form_bears_the_code_of_its_text_and_a_change_after_it_is_told(
    sign_in: SignIn, desk: Desk, campaign: str
) -> None:
    document, unit = begin(desk, campaign), sign_in("unit1")
    found = content_of(desk, document)
    assert form_code.standing(found) == "unchecked"
    paper = unit.get(f"/applications/{document}/form.docx").data
    words = ZipFile(io.BytesIO(paper)).read("word/document.xml").decode()
    code = form_code.current(found)
    assert code in words
    bad = save(unit, document, code="12", **{"file.signed_form": pdf()})
    assert (bad.status_code, "1A2B-3C4D-5E6F" in text_of(bad, "//*[@role='alert']")) == (422, True)
    save(unit, document, code=code, **{"file.signed_form": pdf()})
    assert form_code.standing(content_of(desk, document)) == "same"
    save(unit, document, honours="打印之后补写。")
    assert form_code.standing(content_of(desk, document)) == "changed"
    assert "重新打印" in unit.get(f"/applications/{document}/edit").text


def test_a_correction_is_shown_with_its_deadline_and_handed_in_again(
    sign_in: SignIn, desk: Desk, campaign: str
) -> None:
    document, unit = at(desk, campaign, "amendment"), sign_in("unit1")
    for page in ("/portal", f"/applications/{document}", f"/applications/{document}/edit"):
        assert "请补充第1.1项佐证。" in text_of(unit.get(page), "//*[contains(@class, 'told')]"), page
    assert save(unit, document, honours="补正。", do="submit").location == f"/applications/{document}"
    assert desk.state(document) == "qualification"
    gone = send(unit, form_to(unit.get(f"/applications/{document}"), "/steps/abandon"), comment="不再申报。")
    assert (gone.status_code, desk.state(document)) == (302, "withdrawn")
    assert unit.get(f"/applications/{document}/edit").status_code == 302


def test_a_body_goes_through_what_waits_and_says_why_it_does_not_recommend(
    sign_in: SignIn, desk: Desk, campaign: str
) -> None:
    one = at(desk, campaign, "recommendation")
    other = rounds.complete(desk, campaign, "unit1", "campus")
    two = engine.draft(desk.id("unit1"), "application", other).document
    desk.take(two, "unit1", "submit")
    body = sign_in("body1")
    first = body.get(f"/applications/{one}")
    assert f"/applications/{two}" in first.text
    silent = send(body, form_to(first, "/steps/decline"), comment="")
    assert silent.status_code == 422
    onward = send(body, form_to(first, "/steps/send_back"), comment="概况请写具体。")
    assert onward.location == f"/applications/{two}"
    assert desk.state(one) == "draft"
    assert "概况请写具体。" in text_of(sign_in("unit1").get("/portal"), "//blockquote")
    ended = send(body, form_to(body.get(onward.location), "/steps/decline"), comment="名额所限。")
    assert (ended.location, desk.state(two)) == ("/recommendations", "not_recommended")


PATHS = (
    ("GET", "/applications/{}"),
    ("GET", "/applications/{}/edit"),
    ("POST", "/applications/{}/edit"),
    ("POST", "/applications/{}/typed"),
    ("POST", "/applications/{}/typed/discard"),
    ("POST", "/applications/{}/evidence"),
    ("GET", "/applications/{}/files/{sha256}"),
    ("GET", "/applications/{}/form.docx"),
    ("POST", "/applications/{}/steps/submit"),
    ("POST", "/applications/{}/steps/recommend"),
    ("POST", "/applications/{}/steps/abandon"),
    ("GET", "/documents/{}"),
    ("GET", "/documents/{}/edit"),
    ("POST", "/documents/{}/steps/submit"),
    ("GET", "/assessments/{}/evidence/1.1/0"),
    ("GET", "/assessments/{}/material"),
    ("GET", "/api/v1/documents/{}"),
)


def test_every_route_that_takes_an_application_is_tried(office_app: Flask) -> None:
    rules = {
        (method, re.sub(r"<[^<>]*?(\w+)>", r"<\1>", rule.rule))
        for rule in office_app.url_map.iter_rules()
        for method in (rule.methods or set()) & {"GET", "POST"}
        if rule.rule.startswith("/applications/")
    }
    tried = {
        (method, re.sub(r"steps/\w+", "steps/<action>", path.format("<public_id>", sha256="<sha256>")))
        for method, path in PATHS
        if path.startswith("/applications/")
    }
    assert rules == tried


FEW = PATHS[:2] + PATHS[6:9]


@pytest.mark.parametrize(
    ("owner", "stage", "names"),
    [
        ("unit1", "draft", ("unit2", "body1", "expert1", "clerk")),
        ("unit2", "recommendation", ("unit1", "body1", "expert1", "drafter")),
    ],
)
def test_nobody_else_is_told_that_an_application_is_there(
    sign_in: SignIn, desk: Desk, campaign: str, owner: str, stage: str, names: tuple[str, ...]
) -> None:
    document = at(desk, campaign, stage, owner)
    sha256 = content_of(desk, document, owner).files[0].sha256
    for name in names:
        client = sign_in(name)
        token = form_to(client.get("/help"), "/sign-out").fields["csrf_token"]
        for method, path in PATHS if name.startswith("unit") else FEW:
            address = path.format(document, sha256=sha256)
            data = {"csrf_token": token, "version": "1"} if method == "POST" else None
            answer = client.open(address, method=method, data=data)
            expected = 401 if address.startswith("/api") else 404
            assert answer.status_code == expected, (name, method, address)


def test_a_notice_is_no_application(sign_in: SignIn, document_at: Callable[..., str]) -> None:
    assert sign_in("clerk").get(f"/applications/{document_at('issued')}").status_code == 404


def test_applications_filed_elsewhere_come_in_once(sign_in: SignIn, desk: Desk, campaign: str) -> None:
    clerk, address = sign_in("clerk"), f"/campaigns/{campaign}/import"
    sheet = read_workbook(clerk.get(f"{address}/template.xlsx").data)["申报"]
    row = {
        "单位名称": "省交通运输厅",
        "申报类别": "文明单位",
        "1.1 自评": "18.5",
        "创建概况": "一\n二",
        "职工人数": "60",
    }
    wrong = {"单位名称": "没有的单位", "申报类别": "文明村", "1.2 自评": "多", "2.1 说明": "长" * 501}

    def book(*rows: dict[str, str]) -> tuple[io.BytesIO, str]:
        cells = [[one.get(heading) for heading in sheet.headings] for one in rows]
        return io.BytesIO(write_workbook([Table("申报", sheet.headings, cells)])), "外系统.xlsx"

    def check(client: FlaskClient, *rows: dict[str, str]) -> TestResponse:
        return client.post(address, data=filled(_checking(client.get(address)), workbook=book(*rows)))

    refused = check(clerk, row, wrong, row | {"1.2 自评": "31"}, row | {"申报类别": "文明村"}, row)
    assert refused.status_code == 422
    found = re.sub(r"\s+", " ", text_of(refused, "//table[contains(@class, 'findings')]"))
    for said in ("3", "1.2 自评", "2.1 说明", "文明单位、文明校园", "与第2行"):
        assert said in found, said
    unit = sign_in("unit1")
    assert check(unit, row | {"单位名称": "省农业农村厅"}).status_code == 422
    seen = check(clerk, row)
    assert seen.status_code == 200
    taken = send(clerk, next(one for one in forms(seen) if "seen" in one.fields), do="take_in")
    assert taken.location == f"/campaigns/{campaign}"
    with read_tx() as session:
        (own,) = portal(session, desk.person("unit1")).own
    kept = content_of(desk, own.id)
    assert (kept.answers[0].points, kept.overview, kept.unit.staff) == (1850, "一\n二", 60)
    assert rounds.application(own.id).came_from == "外系统.xlsx #2"
    (begun,) = desk.movements(own.id)
    assert (begun.actor, begun.on_behalf_of) == ("clerk", "unit1")
    again = check(clerk, row)
    assert "1行已有申报" in again.text
    assert desk.findings() == []
    assert save(unit, own.id, honours="接着填。").status_code == 302


def _checking(page: TestResponse) -> Any:
    return next(form for form in forms(page) if "workbook" in form.fields)
