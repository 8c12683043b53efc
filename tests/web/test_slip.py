"""The 发文稿纸: every opinion in its box."""

import io
import re
from collections.abc import Callable
from urllib.parse import unquote

import docx
import pytest
from flask import Flask
from flask.testing import FlaskClient
from lxml import html
from sqlalchemy import select, update
from werkzeug.test import TestResponse

from tests.scans import scan
from tests.web.browsing import act, filled, form_to, send
from tests.web.test_documents import draft
from web.cli.jobs import keep_slip
from workflow import archive, jobs, verify
from workflow.installation import read_tx, write_tx
from workflow.models import Document, DocumentFile, EnteredOpinion, User

SignIn = Callable[..., FlaskClient]
DocumentAt = Callable[..., str]


def boxes(client: FlaskClient, document: str) -> dict[str, str]:
    """Return the sheet's boxes by their labels."""
    page = client.get(f"/documents/{document}/slip")
    assert page.status_code == 200
    cells = html.fromstring(page.text).xpath("//article[@class='slip']//th")
    return {
        " ".join(cell.text_content().split()): " ".join(cell.getnext().text_content().split())
        for cell in cells
    }


def test_each_opinion_stands_in_the_box_of_its_stage(sign_in: SignIn, document_at: DocumentAt) -> None:
    found = boxes(sign_in("archivist"), document_at("archived"))
    assert found["签发"].startswith("同意，请按程序印发。 主任")
    assert "会签人甲" in found["会签"]
    assert "会签人乙" in found["会签"]
    assert "部门负责人" in found["部门负责人核稿"]
    assert found["办公室文秘核稿"].startswith("审核五项均已核。 文秘")
    assert "文秘" in found["复核"]
    assert found["标题"] == "关于印发《年度省直志愿服务工作要点》的通知"
    assert found["主送机关"].startswith("省直各单位")
    assert found["抄送"].startswith("省委宣传部")
    assert found["拟稿部门"] == "综合处"
    assert re.search(r"20\d\d年\d+月\d+日 \d\d:\d\d", found["签发"])
    assert "拟稿人" in found["拟稿人、时间"]
    assert found["发文字号"].endswith("1号")
    assert found["份数"].isdigit()


def test_the_archive_stamp_has_its_place_at_the_top(sign_in: SignIn, document_at: DocumentAt) -> None:
    archivist = sign_in("archivist")
    page = archivist.get(f"/documents/{document_at('archived')}/slip")
    cells = dict(stamp(page))
    assert list(cells) == ["全宗号", "年度", "件号", "机构或问题", "保管期限", "页数"]
    assert (cells["全宗号"], cells["机构或问题"], cells["保管期限"]) == ("Z109", "BGS", "30年")
    assert cells["件号"].isdigit()
    empty = archivist.get(f"/documents/{document_at('issued')}/slip")
    assert [value for _, value in stamp(empty)] == [""] * 6
    first = html.fromstring(page.text).xpath("//article[@class='slip']/*[1]/@class")
    assert first == ["slip-stamp"]


def stamp(page: TestResponse) -> list[tuple[str, str]]:
    """Return the cells of the archive stamp, each with its label."""
    cells = html.fromstring(page.text).xpath("//dl[@class='slip-stamp']/div")
    return [(cell.findtext("dt"), cell.findtext("dd") or "") for cell in cells]


@pytest.mark.parametrize("state", ["archived", "leader_review"])
def test_page_and_docx_have_the_same_words(sign_in: SignIn, document_at: DocumentAt, state: str) -> None:
    document, clerk = document_at(state), sign_in("clerk")
    given = clerk.get(f"/documents/{document}/slip.docx")
    (article,) = html.fromstring(clerk.get(f"/documents/{document}/slip").text).xpath(
        "//article[@class='slip']"
    )
    printed = "".join(docx.Document(io.BytesIO(given.data)).element.body.itertext("{*}t"))
    on_screen = "".join(article.itertext())
    assert len(printed) > 300
    assert sorted("".join(printed.split())) == sorted("".join(on_screen.split()))


def test_the_paper_is_chinese_whatever_its_reader_speaks_and_equal_each_time(
    sign_in: SignIn, document_at: DocumentAt
) -> None:
    document, clerk = document_at("archived"), sign_in("clerk")
    given = clerk.get(f"/documents/{document}/slip.docx")
    assert unquote(given.headers["Content-Disposition"]).endswith("通知.docx")
    with clerk.session_transaction() as cookie:
        cookie["language"] = "en"
    assert "Approval sheet" in clerk.get(f"/documents/{document}/slip").text
    assert clerk.get(f"/documents/{document}/slip.docx").data == given.data
    assert sign_in("unit1").get(f"/documents/{document}/slip.docx").status_code == 404


def test_a_consent_without_words_says_agreed_and_a_return_says_so(
    sign_in: SignIn, document_at: DocumentAt
) -> None:
    document = document_at("signing", urgency=None)
    signatory = sign_in("signatory")
    act(signatory, document, "send_back", comment="请补充依据。")
    assert boxes(signatory, document)["签发"].startswith("退回：请补充依据。")
    document = draft()
    act(sign_in("drafter"), document, "submit")
    act(sign_in("unit_head"), document, "approve")
    found = boxes(sign_in("drafter"), document)["部门负责人核稿"]
    assert found.startswith("同意 部门负责人")
    assert found.endswith("与当前稿一致")


def test_one_person_in_two_successive_stages_fills_both_boxes(sign_in: SignIn) -> None:
    document = draft("clerk", title="关于调整值班的通知", urgency="加急")
    clerk = sign_in("clerk")
    act(clerk, document, "submit")
    clients = {name: sign_in(name) for name in ("deputy", "clerk")}
    found = boxes(clerk, document)
    for _ in range(3):
        for client in clients.values():
            page = client.get(f"/documents/{document}")
            offered = [f for f in html.fromstring(page.text).forms if (f.action or "").endswith("/approve")]
            if offered:
                send(client, offered[0], comment="同意。")
        found = boxes(clerk, document)
    assert "同意。" in found["办公室文秘核稿"]
    assert "同意。" in found["分管领导审签"]


def test_an_opinion_on_an_older_text_says_so(sign_in: SignIn, document_at: DocumentAt) -> None:
    document = document_at("signing", urgency=None)
    signatory = sign_in("signatory")
    before = boxes(signatory, document)["部门负责人核稿"]
    send(signatory, form_to(signatory.get(f"/documents/{document}/edit"), "/edit"), body="改过的正文。")
    assert boxes(signatory, document)["部门负责人核稿"] != before


def test_it_prints_at_every_stage_with_empty_boxes_in_the_offices_order(
    sign_in: SignIn,
) -> None:
    found = boxes(sign_in("drafter"), draft())
    labels = list(found)
    assert labels[:8] == [
        "签发",
        "会签",
        "分管领导审签",
        "办公室文秘核稿",
        "部门负责人核稿",
        "相关部门意见",
        "复核",
        "清样校对",
    ]
    assert {found[label] for label in labels[:8]} == {"年 月 日"}
    fields = ["标题", "发文字号", "密级及期限", "紧急程度", "主送机关", "抄送", "附件", "拟稿说明（依据）"]
    fields += [
        "公开属性",
        "附注",
        "拟稿部门",
        "拟稿人、时间",
        "成文日期",
        "印发日期",
        "分送范围",
        "联系人",
        "校对",
    ]
    fields += ["印制编号", "印刷", "份数"]
    assert labels[8:] == fields
    assert found["密级及期限"] == ""


def test_the_signature_of_who_acted_in_the_browser_stands_in_the_box_and_nowhere_else(
    sign_in: SignIn, document_at: DocumentAt
) -> None:
    picture = scan("PNG")
    with write_tx() as session:
        session.execute(update(User).values(signature_sha256=archive.put(session, picture)))
    document = document_at("signing", urgency=None)
    clerk = sign_in("clerk")
    entered = form_to(clerk.get(f"/documents/{document}/enter"), "/enter")
    sent = filled(entered, scan=(io.BytesIO(scan()), "签批.pdf"), comment="同意。")
    assert clerk.post(entered.action, data=sent).status_code == 302
    page = html.fromstring(clerk.get(f"/documents/{document}/slip").text)
    by_box = {
        box.xpath("string(preceding-sibling::th[1])"): box.xpath(".//img/@src") for box in page.xpath("//td")
    }
    assert by_box["签发"] == []
    (src,) = by_box["部门负责人核稿"]
    shown = clerk.get(src)
    assert (shown.data, shown.mimetype) == (picture, "image/png")
    assert "sandbox" in shown.headers["Content-Security-Policy"]
    assert clerk.get(src, headers={"Sec-Fetch-Dest": "document"}).status_code == 404
    stem, _, _ = src.rpartition("/")
    seq = entered_seq(document)
    assert clerk.get(f"{stem}/{seq}").status_code == 404
    assert sign_in("unit1").get(src).status_code == 404
    assert "/signatures/" not in clerk.get(f"/documents/{document}").text


def entered_seq(document: str) -> int:
    with read_tx() as session:
        found = select(EnteredOpinion.seq).join(Document, Document.id == EnteredOpinion.document_id)
        return session.scalars(found.where(Document.public_id == document)).one()


def test_the_sheet_of_the_day_of_filing_is_kept_with_the_document(
    sign_in: SignIn, document_at: DocumentAt, office_app: Flask
) -> None:
    document, archivist = document_at("issued"), sign_in("archivist")
    before = archivist.get(f"/documents/{document}/slip.docx").data
    act(archivist, document, "archive")
    filed = archivist.get(f"/documents/{document}/slip.docx").data
    assert filed != before  # the stamp is filled
    with office_app.app_context():
        while jobs.work_one({"slip": keep_slip, "pdf": lambda *_: None}):
            pass
    with write_tx() as session:
        session.execute(update(User).values(name="另一个名字"))
    assert archivist.get(f"/documents/{document}/slip.docx").data == filed
    with read_tx() as session:
        found = select(DocumentFile.format, DocumentFile.sha256).join(Document).filter_by(public_id=document)
        kept = {row.format: row.sha256 for row in session.execute(found)}
    assert archive.read(kept["slip"]) == filed
    assert "/files/slip" not in archivist.get(f"/documents/{document}").text
    assert "/files/slip" not in archivist.get("/archive").text
    assert list(verify.findings()) == []
