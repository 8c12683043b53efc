"""Who was there, name chop and copy numbers as content: cleaned, refused where they cannot be, left out."""

from typing import Any

import pytest

from docgen.errors import ContentError
from docgen.reading import read_content
from docgen.sheet import Attendance, parse_canonical
from tests.docgen.test_forms import MINUTES, ORDER
from tests.docgen.twin import notice

THERE = {"present": ["张某某", "李某某。"], "absent": " 王某某；", "observers": None}


def given(type_: str, **fields: Any) -> dict[str, Any]:
    return {"type": type_, "title": f"关于甲的{type_}", "body": "甲。", **fields}


def test_lists_are_cleaned_and_come_back_from_the_stored_text() -> None:
    content = read_content(given("纪要", attendance=THERE, numbered=True))
    assert content.attendance == Attendance("张某某、李某某", "王某某", "")
    assert parse_canonical(content.canonical()) == content
    assert read_content(MINUTES.to_dict()) == MINUTES
    assert read_content(ORDER.to_dict()) == ORDER


@pytest.mark.parametrize("empty", [None, "", {}, {"present": " ", "absent": []}])
def test_what_is_not_set_is_not_stored(empty: Any) -> None:
    content = read_content(given("纪要", attendance=empty, stamp=False, numbered=False))
    assert not {"attendance", "stamp", "numbered"} & set(content.to_dict())
    assert not {"attendance", "stamp", "numbered"} & set(notice("甲。").to_dict())


@pytest.mark.parametrize(
    ("type_", "fields", "where"),
    [
        ("通知", {"attendance": {"present": "张某某"}}, ["attendance"]),
        ("纪要", {"attendance": "张某某"}, ["attendance"]),
        ("纪要", {"attendance": {"guests": "张某某"}}, ["attendance.guests"]),
        (
            "纪要",
            {"attendance": {"present": "张" * 3001, "absent": 3}},
            ["attendance.present", "attendance.absent"],
        ),
        ("纪要", {"attendance": {"present": "秘密★1年"}}, ["attendance.present"]),
        ("纪要", {"stamp": True}, ["stamp"]),
        ("纪要", {"stamp": True, "form": "file"}, []),
        ("命令", {"stamp": True}, []),
        ("通知", {"stamp": "yes", "numbered": 1}, ["stamp", "numbered"]),
    ],
)
def test_what_a_type_cannot_have_is_refused_at_its_field(
    type_: str, fields: dict[str, Any], where: list[str]
) -> None:
    if not where:
        assert read_content(given(type_, **fields)).stamp is True
        return
    with pytest.raises(ContentError) as refusal:
        read_content(given(type_, **fields))
    assert [problem.where for problem in refusal.value.problems] == where
