"""The 发文稿纸: every opinion in its box."""

import re
from collections.abc import Callable

from flask.testing import FlaskClient
from lxml import html

from tests.web.browsing import act, form_to, send, text_of
from tests.web.test_documents import draft

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
    assert "部门负责人" in found["部门核稿"]
    assert found["办公室审核"].startswith("审核五项均已核。 文秘")
    assert "文秘" in found["复核"]
    assert found["标题"] == "关于印发《年度省直志愿服务工作要点》的通知"
    assert found["主送机关"].startswith("省直各单位")
    assert found["抄送"].startswith("省委宣传部")
    assert found["拟稿部门"] == "综合处"
    assert re.search(r"20\d\d年\d+月\d+日 \d\d:\d\d", found["签发"])
    assert "拟稿人" in found["拟稿人、时间"]
    assert found["发文字号"].endswith("1号")
    assert found["印制份数"].isdigit()


def test_the_archive_stamp_has_its_place_at_the_top(sign_in: SignIn, document_at: DocumentAt) -> None:
    page = sign_in("archivist").get(f"/documents/{document_at('archived')}/slip")
    assert "Z109-WS" in text_of(page, "//div[@class='slip-stamp']")
    first = html.fromstring(page.text).xpath("//article[@class='slip']/*[1]/@class")
    assert first == ["slip-stamp"]


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
    assert "同意。" in found["办公室审核"]
    assert "同意。" in found["分管领导审签"]


def test_an_opinion_on_an_older_text_says_so(sign_in: SignIn, document_at: DocumentAt) -> None:
    document = document_at("signing", urgency=None)
    signatory = sign_in("signatory")
    before = boxes(signatory, document)["部门核稿"]
    send(signatory, form_to(signatory.get(f"/documents/{document}/edit"), "/edit"), body="改过的正文。")
    assert boxes(signatory, document)["部门核稿"] != before
