"""Files in the editor and beside the paper, with scripts and without."""

import io
from collections.abc import Callable
from typing import Any

import pytest
from flask.testing import FlaskClient
from lxml import html

from tests.files import ACTIVE_PDFS, OLE, pdf_file, png_file, xlsx_file
from tests.web.browsing import act, filled, form_to, send, text_of
from tests.web.test_editor import content_of, id_in
from tests.web.test_papers import do_jobs
from tests.web.test_slip import boxes
from web.documents.files import NOTHING_RUNS

SignIn = Callable[[str], FlaskClient]

XLSX, PDF, PNG = xlsx_file(), pdf_file(2), png_file()


def upload(data: bytes, name: str) -> tuple[io.BytesIO, str]:
    return io.BytesIO(data), name


def begin(drafter: FlaskClient, **fields: Any) -> Any:
    """Send the form of a new document, files and all; return the answer."""
    form = form_to(drafter.get("/documents/new"), "/documents/new")
    values = filled(form, title="关于报名的通知", body="请报名。", addressees="省直各单位", **fields)
    return drafter.post("/documents/new", data=values)


def with_files(drafter: FlaskClient) -> str:
    """Begin a draft with every kind of file; return its id."""
    answer = begin(
        drafter,
        attachment_uploads=[upload(XLSX, "报名表.xlsx"), upload(PDF, "方案.pdf")],
        reference_uploads=[upload(PNG, "现场.png"), upload(ACTIVE_PDFS["a script"], "来文.pdf")],
        basis="根据年度工作安排。",
        disclosure="不予公开",
        disclosure_reason="内部管理事务",
        contact="综合处",
        copies="60",
        distribution="省直各单位",
    )
    assert answer.status_code == 302
    return id_in(answer.location)


@pytest.fixture(scope="module")
def sign_in(one_sign_in: SignIn) -> SignIn:
    return one_sign_in


@pytest.fixture
def drafter(sign_in: SignIn) -> FlaskClient:
    return sign_in("drafter")


@pytest.fixture(scope="module")
def document(sign_in: SignIn) -> str:
    """Return a draft with files that stays as it is."""
    return with_files(sign_in("drafter"))


def test_a_form_without_scripts_brings_its_files_along(document: str) -> None:
    content = content_of(document)
    assert [(one["title"], one["file"]["name"]) for one in content["attachments"]] == [  # type: ignore[index,union-attr]
        ("报名表", "报名表.xlsx"),
        ("方案", "方案.pdf"),
    ]
    assert [one["name"] for one in content["references"]] == ["现场.png", "来文.pdf"]  # type: ignore[index,union-attr]
    assert content["disclosure"] == {"kind": "不予公开", "reason": "内部管理事务"}
    assert (content["basis"], content["copies"]) == ("根据年度工作安排。", 60)


def test_saving_again_keeps_every_file(drafter: FlaskClient) -> None:
    document = with_files(drafter)
    before = content_of(document)
    page = drafter.get(f"/documents/{document}/edit")
    assert send(drafter, form_to(page, "/edit"), body="请按时报名。").status_code == 302
    assert content_of(document) == {**before, "body": "请按时报名。"}


def test_a_row_takes_a_file_instead_of_its_text_and_lets_it_go(drafter: FlaskClient) -> None:
    form = form_to(drafter.get("/documents/new"), "/documents/new")
    one = form_to(send(drafter, form, do="add"), "/documents/new")
    values = filled(one, attachment_title="表", do="upload")
    values.add("attachment_upload-0", upload(XLSX, "报名表.xlsx"))  # type: ignore[arg-type]
    held = form_to(drafter.post("/documents/new", data=values), "/documents/new")
    assert "报名表.xlsx" in filled(held)["attachment_file"]
    assert filled(held)["attachment_title"] == "表"
    empty = form_to(send(drafter, held, do="nofile:0"), "/documents/new")
    assert filled(empty)["attachment_file"] == ""
    moved = send(drafter, held, attachment_title=["甲", "乙"], attachment_body=["", "文"], do="up:1")
    assert filled(form_to(moved, "/documents/new")).getlist("attachment_title") == ["乙", "甲"]


def test_a_refused_file_is_told_at_its_row_and_nothing_else_is_lost(drafter: FlaskClient) -> None:
    answer = begin(
        drafter,
        attachment_title=["甲", ""],
        attachment_body=["甲文", ""],
        **{"attachment_upload-1": [upload(OLE, "旧表.xls")]},
        reference_uploads=[upload(PNG, "现场.png"), upload(b"MZ", "程序.exe")],
    )
    assert answer.status_code == 422
    form = form_to(answer, "/documents/new")
    kept = filled(form)
    assert kept["title"] == "关于报名的通知"
    assert kept.getlist("attachment_title") == ["甲", ""]
    assert "现场.png" in kept["reference_file"]
    assert len(kept.getlist("reference_file")) == 1
    told = text_of(answer, "//*[@id='problem-attachments[1].file']")
    assert "旧表.xls" in told
    assert "程序.exe" in text_of(answer, "//*[@id='problem-references']")
    again = send(drafter, form, attachment_title=["甲"], attachment_body=["甲文"])
    assert content_of(id_in(again.location))["references"][0]["name"] == "现场.png"  # type: ignore[index]


def test_two_at_one_place_are_refused(drafter: FlaskClient) -> None:
    answer = begin(
        drafter,
        attachment_title=["甲"],
        attachment_body=["甲文"],
        **{"attachment_upload-0": [upload(XLSX, "报名表.xlsx")]},
    )
    assert answer.status_code == 422
    assert text_of(answer, "//*[@id='problem-attachments[0].body']")


UNUSABLE: tuple[tuple[dict[str, Any], str], ...] = (
    ({"copies": "很多"}, "copies"),
    ({"copies": "0"}, "copies"),
    ({"disclosure": "不予公开"}, "disclosure.reason"),
    ({"basis": "据" * 4001}, "basis"),
    ({"reference_file": ["{"]}, ""),
    ({"reference_file": ['{"sha256": "%s", "name": "甲.pdf", "size": 1}' % ("0" * 64)]}, ""),
)


def test_what_cannot_be_used_is_told_and_its_fields_are_unfolded(drafter: FlaskClient) -> None:
    for entered, where in UNUSABLE:
        answer = begin(drafter, **entered)
        assert answer.status_code == 422, entered
        assert text_of(answer, "//*[contains(@class, 'told-danger')]")
        if where:
            (told,) = html.fromstring(answer.text).xpath(f"//*[@id='problem-{where}']")
            assert told.text_content().strip()
            assert not told.xpath("ancestor::details[not(@open)]")


def test_a_script_sends_a_file_and_learns_how_to_refer_to_it(drafter: FlaskClient) -> None:
    token = filled(form_to(drafter.get("/documents/new"), "/documents/new"))["csrf_token"]
    got = drafter.post("/uploads", data={"csrf_token": token, "file": upload(XLSX, "a/报名表")})
    assert got.status_code == 201
    assert (got.get_json()["name"], got.get_json()["size"]) == ("报名表.xlsx", len(XLSX))
    for sent in ({"file": upload(OLE, "旧表.xls")}, {"file": upload(b"", "空.pdf")}, {}):
        answer = drafter.post("/uploads", data={"csrf_token": token, **sent})
        assert (answer.status_code, len(answer.get_json()["reasons"])) == (422, 1)
    assert drafter.post("/uploads", data={"file": upload(XLSX, "甲.xlsx")}).status_code == 400
    larger = {"data": bytes(22 * 1024 * 1024), "content_type": "multipart/form-data; boundary=x"}
    assert drafter.post("/uploads", **larger).status_code == 413


def test_who_neither_belongs_to_the_office_nor_applies_sends_nothing(sign_in: SignIn) -> None:
    outside = sign_in("expert1")
    token = filled(form_to(outside.get("/help"), "/sign-out"))["csrf_token"]
    answer = outside.post("/uploads", data={"csrf_token": token, "file": upload(XLSX, "甲.xlsx")})
    assert answer.status_code == 403


HANDED_OUT = {
    "attachments/1": ("application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", "attachment"),
    "attachments/2": ("application/pdf", "inline"),
    "references/1": ("image/png", "inline"),
    "references/2": ("application/pdf", "attachment"),
}


def test_a_file_is_handed_out_so_that_nothing_in_it_runs(drafter: FlaskClient, document: str) -> None:
    for place, (mimetype, how) in HANDED_OUT.items():
        answer = drafter.get(f"/documents/{document}/{place}?revision=1")
        assert (answer.status_code, answer.mimetype) == (200, mimetype), place
        assert answer.headers["Content-Disposition"].startswith(f"{how}; filename="), place
        assert "filename*=UTF-8''%" in answer.headers["Content-Disposition"]
        assert answer.headers["X-Content-Type-Options"] == "nosniff"
        assert answer.headers["Content-Security-Policy"] == NOTHING_RUNS


def test_files_are_for_those_who_see_the_document(sign_in: SignIn, drafter: FlaskClient) -> None:
    document = with_files(drafter)
    paths = [
        f"/documents/{document}/{place}" for place in ("attachments/1", "references/1", "attachments/2/paper")
    ]
    for path in paths:
        assert drafter.get(path).status_code == 200
        assert sign_in("clerk").get(path).status_code == 404
    act(drafter, document, "submit")
    for path in paths:
        assert sign_in("unit_head").get(path).status_code == 200
        assert sign_in("countersigner1").get(path).status_code == 404
    for path in ("attachments/3", "attachments/0", "references/9", "attachments/1?revision=7", "files/1"):
        assert drafter.get(f"/documents/{document}/{path}").status_code == 404


def test_who_decides_sees_grounds_and_files_and_opens_them_in_place(
    sign_in: SignIn, drafter: FlaskClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    document = with_files(drafter)
    monkeypatch.setattr("docgen.pdf.converter", lambda: None)  # a PDF is shown without it
    act(drafter, document, "submit")
    head = sign_in("unit_head")
    address = f"/documents/{document}"
    page = head.get(address)
    facts = text_of(page, "//section[contains(@class, 'facts')]")
    for words in ("根据年度工作安排。", "不予公开（内部管理事务）", "综合处", "60", "报名表", "现场.png"):
        assert words in facts
    tabs = html.fromstring(page.text).xpath("//nav[@data-tabs]/a/@href")
    assert len(tabs) == 5
    sheet = head.get(tabs[1])
    assert "第一处" in text_of(sheet, "//section[@class='shown-file']//table")
    assert form_to(sheet, "/steps/approve") is not None
    assert head.get(tabs[3]).text.count(f'src="{address}/references/1"') == 1
    making = head.get(f"{address}/attachments/2/paper").get_json()
    assert making["state"] == "making"
    do_jobs()
    ready = head.get(making["poll"]).get_json()
    assert (ready["state"], len(ready["pages"])) == ("ready", 2)
    assert head.get(ready["pages"][1]).mimetype == "image/png"
    assert sign_in("countersigner1").get(ready["pages"][1]).status_code == 404
    assert head.get(f"{address}?show=attachments-9").status_code == 200


def test_the_approval_sheet_has_what_the_drafter_said(drafter: FlaskClient, document: str) -> None:
    found = boxes(drafter, document)
    assert found["公开属性"] == "不予公开（内部管理事务）"
    assert (found["联系人"], found["份数"], found["分送范围"]) == ("综合处", "60", "省直各单位")


def test_a_base_lends_its_files_to_a_new_document(drafter: FlaskClient, document: str) -> None:
    form = form_to(drafter.get(f"/documents/new?base={document}"), "/documents/new")
    assert filled(form)["base"] == document
    copied = id_in(send(drafter, form).location)
    assert content_of(copied)["references"] == content_of(document)["references"]


def test_what_is_typed_keeps_its_files(drafter: FlaskClient, document: str) -> None:
    typed = filled(form_to(drafter.get(f"/documents/{document}/edit"), "/edit"), body="打到一半")
    assert drafter.post(f"/documents/{document}/typed", data=typed).status_code == 200
    restored = filled(form_to(drafter.get(f"/documents/{document}/edit?restore=1"), "/edit"))
    assert restored["body"] == "打到一半"
    for name in ("attachment_file", "reference_file"):
        assert restored.getlist(name) == typed.getlist(name)


def test_what_changed_beside_the_text_is_shown(drafter: FlaskClient) -> None:
    document = with_files(drafter)
    form = form_to(drafter.get(f"/documents/{document}/edit"), "/edit")
    held = filled(form)
    first, second = held.getlist("attachment_file")
    changed = {"attachment_file": [second, first], "reference_file": held.getlist("reference_file")[:1]}
    send(drafter, form, disclosure="主动公开", **changed)
    answer = drafter.get(f"/documents/{document}/changes")
    page = text_of(answer, "//section[@aria-label][last()]")
    for words in ("公开属性", "不予公开", "主动公开", "参阅材料", "来文.pdf", "附件1 · 文件"):
        assert words in page
    before, after = html.fromstring(answer.text).xpath("//a[contains(@href, '/attachments/1')]/@href")
    assert (drafter.get(before).data, drafter.get(after).data) == (XLSX, PDF)
    assert content_of(document)["disclosure"] == {"kind": "主动公开", "reason": ""}
