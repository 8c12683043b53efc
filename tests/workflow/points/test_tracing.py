"""A place of an earlier text is found again in the text as it is now."""

from typing import Any

import pytest

from docgen.reading import read_content
from tests.workflow.desk import content
from workflow.points.places import places_of
from workflow.points.tracing import trace

ONE, TWO, THREE = "各单位要认真总结全年工作。", "请于12月20日前报送总结材料。", "联系电话见附件一览表。"


def sheet(**changes: Any) -> dict[str, Any]:
    return read_content(content(body=f"{ONE}\n{TWO}\n{THREE}") | changes).to_dict()


@pytest.mark.parametrize(
    ("body", "standing", "place"),
    [
        (f"{ONE}\n{TWO}\n{THREE}", "same", "body[1]"),
        (f"新加的第一段，讲讲背景与依据。\n{ONE}\n{TWO}\n{THREE}", "same", "body[2]"),
        (f"{ONE}\n{TWO.replace('20', '25')}\n{THREE}", "changed", "body[1]"),
        (f"{TWO.replace('20', '25')}\n{THREE}", "changed", "body[0]"),
        (f"{ONE}\n{THREE}", "gone", None),
        (f"{ONE}\n经研究，不再开展此项活动。\n{THREE}", "gone", None),
    ],
)
def test_a_paragraph_is_followed_where_it_moved_and_told_gone_where_it_is_no_more(
    body: str, standing: str, place: str | None
) -> None:
    found = trace(sheet(), sheet(body=body), "body[1]")
    assert found is not None
    assert (found.standing, found.place) == (standing, place)
    assert "".join(words for kind, words in found.runs if kind != "in") == TWO


def test_a_field_and_an_attachment_that_moved_are_followed_too() -> None:
    first, second = (
        {"title": "名额分配表", "body": "甲单位3人"},
        {"title": "联络员名单", "body": "乙单位李某"},
    )
    before = sheet(attachments=[first, second])
    moved = trace(before, sheet(attachments=[second]), "attachments[1].body[0]")
    assert moved is not None
    assert (moved.standing, moved.place) == ("same", "attachments[0].body[0]")
    gone = trace(before, sheet(attachments=[second]), "attachments[0].title")
    assert gone is not None
    assert gone.standing == "gone"
    title = trace(before, sheet(title="关于报送总结的通知"), "title")
    assert title is not None
    assert (title.standing, title.place) == ("changed", "title")
    assert trace(before, before, "") is None


def test_places_are_fields_and_paragraphs_and_a_table_is_one() -> None:
    body = f"{ONE}\n\n| 单位 | 名额 |\n| 甲 | 3 |\n{TWO}"
    found = places_of(read_content(content(body=body)))
    assert found["body[1]"] == "| 单位 | 名额 |\n| 甲 | 3 |"
    assert found["body[2]"] == TWO
    assert "body[3]" not in found
    assert list(found)[:3] == ["type", "title", "addressees"]
