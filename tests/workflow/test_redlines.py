"""花脸稿, 送审稿 and 定稿 of a document: the texts as they were, each change under its author's name."""

import io
from datetime import timedelta

import docx
import pytest
from lxml import etree

from tests.docgen.revised import W, accepted, body_of, rejected, texts
from tests.workflow.desk import Desk, at, content, mended
from workflow import clock, redlines
from workflow.downloads import Download
from workflow.errors import NotFound
from workflow.installation import read_tx

DAY = at(2024, 11, 5)


def redline_of(desk: Desk, document: str, from_n: int, to_n: int, who: str = "clerk") -> Download:
    with read_tx() as session:
        return redlines.redline_of(session, desk.person(who), document, from_n, to_n)


def paper_docx(desk: Desk, document: str, n: int, who: str = "clerk") -> Download:
    with read_tx() as session:
        return redlines.paper_docx(session, desk.person(who), document, n)


def marks(download: Download) -> set[tuple[str, str, str, str]]:
    return {
        (etree.QName(mark).localname, mark.get(f"{W}author"), mark.get(f"{W}date"), "".join(mark.itertext()))
        for mark in body_of(download.content).iter(f"{W}ins", f"{W}del")
    }


def revised_twice(desk: Desk) -> str:
    """Return a document at 签发 that the clerk and then a leader changed in place, a day apart."""
    with clock.held_at(DAY):
        document = desk.at("office_review")
    with clock.held_at(DAY + timedelta(days=1)):
        desk.revise(document, desk.holders(document)[0], mended("认真总结", "认真做好总结"))
    desk.bring(document, "signing")
    with clock.held_at(DAY + timedelta(days=2)):
        body = mended("认真总结", "认真做好总结")["body"].replace("12月20日", "12月25日")
        desk.revise(document, desk.holders(document)[0], content(body=body))
    return document


def names(desk: Desk, *who: str) -> list[str]:
    return [desk.person(one).name for one in who]


def test_each_change_stands_under_the_name_and_time_of_its_revision(desk: Desk) -> None:
    document = revised_twice(desk)
    clerk, signatory = names(desk, "clerk", "signatory")
    found = redline_of(desk, document, 1, 3)
    assert marks(found) == {
        ("ins", clerk, "2024-11-06T02:00:00Z", "做好"),
        ("del", signatory, "2024-11-07T02:00:00Z", "20"),
        ("ins", signatory, "2024-11-07T02:00:00Z", "25"),
    }
    assert found.name.endswith("关于报送年度工作总结的通知（花脸稿 第1稿至第3稿）.docx")
    assert found == redline_of(desk, document, 1, 3)


def test_accepted_it_is_the_later_text_rejected_the_earlier(desk: Desk) -> None:
    document = revised_twice(desk)
    found = redline_of(desk, document, 2, 3)
    for settled, n in ((accepted(found.content), 3), (rejected(found.content), 2)):
        assert texts(settled) == texts(body_of(paper_docx(desk, document, n).content))


@pytest.mark.parametrize(("from_n", "to_n"), [(2, 2), (3, 2), (0, 2), (1, 9)])
def test_there_is_nothing_between_texts_that_are_not_there(desk: Desk, from_n: int, to_n: int) -> None:
    document = revised_twice(desk)
    with pytest.raises(NotFound):
        redline_of(desk, document, from_n, to_n)
    with pytest.raises(NotFound):
        paper_docx(desk, document, 9)


def test_who_may_not_see_the_document_gets_neither(desk: Desk) -> None:
    document = desk.draft()
    desk.revise(document, "drafter", mended("认真总结", "认真做好总结"))
    assert marks(redline_of(desk, document, 1, 2, "drafter"))
    with pytest.raises(NotFound):
        redline_of(desk, document, 1, 2, "countersigner1")
    with pytest.raises(NotFound):
        paper_docx(desk, document, 1, "countersigner1")


def test_the_submitted_text_has_no_number_and_the_final_one_has(desk: Desk) -> None:
    document = revised_twice(desk)
    desk.bring(document, "printing")
    submitted, between, final = (paper_docx(desk, document, n) for n in (1, 2, 3))
    assert [one.name.partition("（")[2] for one in (submitted, between, final)] == [
        "送审稿 第1稿）.docx",
        "草稿 第2稿）.docx",
        "定稿）.docx",
    ]
    assert (submitted, between, final) == tuple(paper_docx(desk, document, n) for n in (1, 2, 3))
    number = desk.row(document)["number"]
    lines = [
        [p.text for p in docx.Document(io.BytesIO(one.content)).paragraphs] for one in (submitted, final)
    ]
    assert [number in one for one in lines] == [False, True]


def test_the_final_text_is_the_one_signed_with_its_declared_corrections(desk: Desk) -> None:
    document = revised_twice(desk)
    desk.bring(document, "checking")
    body = mended("认真总结", "认真做好总结")["body"].replace("12月20日", "12月25日")
    corrected = content(body=body.replace("如实反映", "据实反映"))
    desk.revise(document, desk.holders(document)[0], corrected, change="wording", reason="用词")
    found = paper_docx(desk, document, 4)
    assert found.name.endswith("（定稿）.docx")
    assert "据实反映" in "".join(texts(body_of(found.content)))
