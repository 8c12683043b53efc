"""A draft goes out to Word and comes back: what was changed there is taken, all else stays."""

from typing import Any

import pytest

from docgen.intake import intake
from docgen.intake.apart import Draft
from docgen.origin import origin_of, with_origin
from docgen.redline import redline
from docgen.render import render
from docgen.sheet import parse_canonical
from docgen.tracked import before_changes, is_tracked
from tests.docgen.twin import PARTICULARS
from tests.docgen.wordsmith import edited, packed, parts_of
from tests.files import png_file, xlsx_file
from tests.workflow.desk import Desk, content, mended
from workflow import from_word, redlines, uploads
from workflow.errors import ContentError, NotFound
from workflow.from_word import FromWord
from workflow.installation import read_tx
from workflow.work import load_content

BESIDE: dict[str, Any] = {
    "basis": "年度计划。",
    "disclosure": {"kind": "主动公开", "reason": ""},
    "copies": 80,
    "distribution": "省直各单位",
    "contact": "甲某 0371 1234",
    "seal": True,
}


def sent_out(desk: Desk, document: str, n: int = 1, who: str = "drafter") -> bytes:
    with read_tx() as session:
        return redlines.paper_docx(session, desk.person(who), document, n).content


def came_back(desk: Desk, document: str, docx: bytes, who: str = "drafter") -> FromWord:
    original = intake(before_changes(docx)) if is_tracked(docx) else None
    draft = Draft(intake(docx), original, origin_of(docx))
    with read_tx() as session:
        return from_word.held_against(session, desk.person(who), document, draft)


def now(desk: Desk, document: str) -> dict[str, Any]:
    row = desk.row(document)
    with read_tx() as session:
        return load_content(session, row["id"], row["revision"]).to_dict()


def test_what_was_changed_in_word_is_taken_and_what_stands_on_no_paper_stays(desk: Desk) -> None:
    document = desk.draft(**BESIDE)
    back = edited(sent_out(desk, document), "认真总结", "认真做好总结")
    found = came_back(desk, document, back)
    assert (found.made_of, found.newest, found.original, found.tracked) == (1, 1, None, [])
    changed = mended("认真总结", "认真做好总结")["body"]
    assert found.accepted.content == now(desk, document) | {"body": changed}
    assert [change.field for change in found.accepted.changes] == ["body"]
    assert (found.accepted.undone, found.accepted.reports, found.accepted.left) == ([], (), ())
    desk.revise(document, "drafter", found.accepted.content)
    assert now(desk, document)["body"] == changed


def test_a_paper_that_comes_back_as_it_went_changes_nothing(desk: Desk) -> None:
    document = desk.draft(**BESIDE, attachments=[{"title": "名单", "body": "甲、乙。"}], urgency="加急")
    found = came_back(desk, document, sent_out(desk, document))
    assert found.accepted.changes == []
    assert found.accepted.content == now(desk, document)


def test_attachments_that_are_files_are_kept_under_a_changed_title_too(desk: Desk) -> None:
    file = uploads.keep(desk.id("drafter"), "名册.xlsx", xlsx_file(("甲",)))
    parts = [{"title": "名册", "file": vars(file)}, {"title": "说明", "body": "甲甲。"}]
    document = desk.draft(attachments=parts)
    went = sent_out(desk, document)
    kept = came_back(desk, document, edited(went, "甲甲。", "乙乙。")).accepted.content["attachments"]
    assert kept == [{"title": "名册", "body": "", "file": vars(file)}, {"title": "说明", "body": "乙乙。"}]
    renamed = came_back(desk, document, edited(went, "名册", "总名册")).accepted.content["attachments"]
    assert renamed[0] == {"title": "总名册", "body": "", "file": vars(file)}


def test_a_file_of_an_older_text_says_what_it_would_undo(desk: Desk) -> None:
    document = desk.draft()
    went = sent_out(desk, document)
    newer = mended("查找不足", "找准不足") | {"copy_to": "省委组织部"}
    desk.revise(document, "drafter", newer)
    found = came_back(desk, document, edited(went, "认真总结", "认真做好总结"))
    assert (found.made_of, found.newest) == (1, 2)
    assert [change.field for change in found.accepted.undone] == ["body"]
    assert ("in", "准") in found.accepted.undone[0].runs
    assert found.accepted.content["copy_to"] == "省委组织部"
    untouched = came_back(desk, document, edited(went, "关于报送年度工作总结", "关于报送总结"))
    assert untouched.accepted.undone == []
    assert untouched.accepted.content["body"] == newer["body"]


def test_a_file_without_the_mark_is_compared_with_the_present_text(desk: Desk) -> None:
    document = desk.draft()
    with read_tx() as session:
        canonical = redlines.texts_of(session, desk.person("drafter"), document)[1][0]["content"]
    bare = render(parse_canonical(canonical), PARTICULARS)
    found = came_back(desk, document, edited(bare, "认真总结", "认真做好总结"))
    assert found.made_of is None
    assert [change.field for change in found.accepted.changes] == ["body"]
    strange = with_origin(bare, "0" * 64)
    assert came_back(desk, document, strange).made_of is None


def test_tracked_changes_are_offered_in_both_readings(desk: Desk) -> None:
    document = desk.draft()
    with read_tx() as session:
        old = load_content(session, desk.row(document)["id"], 1)
    new = parse_canonical(old.canonical().replace("认真总结", "认真做好总结"))
    marked = redline(old, new, PARTICULARS, author="甲", at="2031-04-01T09:00:00Z")
    found = came_back(desk, document, marked)
    assert found.original
    assert found.original.changes == []
    assert found.accepted.content["body"] == new.body
    assert [change.field for change in found.tracked] == ["body"]
    assert "tracked changes" in found.accepted.reports[0].message


def test_a_title_that_is_gone_is_kept_and_said(desk: Desk) -> None:
    document = desk.draft()
    went = sent_out(desk, document)
    found = came_back(desk, document, edited(went, 'w:val="DocTitle"', 'w:val="Body"'))
    assert found.accepted.content["title"] == content()["title"]


def test_who_may_not_see_it_and_what_is_no_word_file_are_refused(desk: Desk) -> None:
    document, drafter = desk.draft(), desk.person("drafter")
    with read_tx() as session:
        with pytest.raises(NotFound):
            came_back(desk, document, sent_out(desk, document), "countersigner1")
        with pytest.raises(ContentError, match=r"改好的稿\.docx is damaged"):
            from_word.read_from_word(session, drafter, document, b"PK\x03\x04", "改好的稿.docx")


def test_pictures_stay_go_and_come_with_the_lines_that_name_them(desk: Desk) -> None:
    old = uploads.keep(desk.id("drafter"), "活动.png", png_file(400, 300), as_picture=True)
    body = "甲甲甲。\n![图一](活动.png)\n乙乙乙。"
    document = desk.draft(body=body, pictures=[vars(old)])
    went = sent_out(desk, document)
    assert came_back(desk, document, went).accepted.changes == []
    edited_only = came_back(desk, document, edited(went, "乙乙乙", "丙丙丙")).accepted.content
    assert (edited_only["body"], edited_only["pictures"]) == (body.replace("乙乙乙", "丙丙丙"), [vars(old)])

    media = next(name for name in parts_of(went) if name.startswith("word/media/"))
    found = came_back(desk, document, packed({**parts_of(went), media: png_file(200, 100)}))
    (picture,) = found.pictures
    new = uploads.keep(desk.id("drafter"), picture.name, picture.data, as_picture=True)
    assert found.accepted.content["pictures"] == [vars(new)] != [vars(old)]
    desk.revise(document, "drafter", found.accepted.content)

    text = parts_of(went)["word/document.xml"].decode()
    start = text.rindex("<w:p>", 0, text.index("<w:drawing>"))
    gone = edited(went, text[start : text.index("</w:p>", start) + len("</w:p>")], "")
    without = came_back(desk, document, gone).accepted.content
    assert "pictures" not in without
    assert "活动.png" not in without["body"]
