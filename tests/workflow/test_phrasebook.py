"""Templates and set phrases are fit to be used, and what they leave open is not submitted."""

from pathlib import Path

import pytest

from docgen.intake.result import type_of
from docgen.reading import read_content
from tests.workflow.desk import Desk, content
from workflow import phrasebook
from workflow.errors import NotReady, Unusable
from workflow.phrasebook import Template, unfilled

TEMPLATES = [one for kind in phrasebook.phrasebook() for one in kind.templates]
ISSUED_HERE = {"通知", "请示", "报告", "函", "批复", "通报", "决定", "意见", "纪要", "通告"}


def test_every_type_that_the_office_issues_has_templates_and_phrases() -> None:
    book = phrasebook.phrasebook()
    assert {kind.type for kind in book} == ISSUED_HERE
    assert all(kind.templates and kind.phrases["opening"] and kind.phrases["closing"] for kind in book)
    assert len({one.id for one in TEMPLATES}) == len(TEMPLATES)


@pytest.mark.parametrize("template", TEMPLATES, ids=lambda one: one.id)
def test_a_template_is_content_whose_open_places_are_told(template: Template) -> None:
    found = read_content(template.content)
    assert type_of(found.title) == found.type
    (reason,) = unfilled(found)
    assert reason.params["places"].startswith("「")


def test_what_is_left_open_is_a_reason_against_submitting_in_words(desk: Desk) -> None:
    template = phrasebook.template("notice-issue")
    assert template
    document = desk.draft(**template.content)
    with pytest.raises(NotReady) as refusal:
        desk.take(document, "drafter", "submit")
    told = [reason.message % reason.params for reason in refusal.value.reasons]
    assert told == ["Still to be filled in (3): 「文件名称」「主送机关」「文件正文」"]
    desk.revise(document, "drafter", content())
    assert desk.take(document, "drafter", "submit") == "unit_review"


@pytest.mark.parametrize(
    ("text", "open_"),
    [
        ("现将「文件名称」印发给你们。", True),
        ("于「……」前报送。", True),
        ("由「××」负责。", True),
        ("他说「读书好」。", False),
        ("由李××负责，编号××。", False),
        ("「文件名称", False),
    ],
)
def test_only_what_nobody_means_counts_as_open(text: str, open_: bool) -> None:
    assert bool(unfilled(read_content(content(body=text)))) is open_


def test_many_open_places_are_told_in_part() -> None:
    template = phrasebook.template("notice-meeting")
    assert template
    (reason,) = unfilled(read_content(template.content))
    assert reason.params["places"].endswith("……")


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ('type = "便条"\n[phrases]', "便条 is none of the types"),
        ('type = "函"', "'phrases'"),
        ('type = "函"\n[phrases]\nmiddle = []', "there is no such key: middle"),
        ('type = "函"\n[phrases]\nopening = [" "]', "is no phrase"),
        ('type = "函"\nx = ', "Invalid value"),
        (
            'type = "函"\n[phrases]\n[[templates]]\nid = "a"\nname = "甲"\ntitle = "关于甲"\nbody = "乙"',
            "the title of 甲 does not end with its type",
        ),
        (
            'type = "函"\n[phrases]\n[[templates]]\nid = "a"\nname = "甲"\ntitle = "甲函"',
            "body: This must not be empty",
        ),
    ],
)
def test_a_file_that_cannot_be_used_is_refused_by_name(tmp_path: Path, text: str, told: str) -> None:
    (tmp_path / "mine.toml").write_text(text, encoding="utf-8")
    with pytest.raises(Unusable) as refusal:
        phrasebook.load(tmp_path)
    assert str(refusal.value).startswith("mine.toml: ")
    assert told in str(refusal.value)


def test_one_type_has_one_file(tmp_path: Path) -> None:
    for name in ("a", "b"):
        (tmp_path / f"{name}.toml").write_text('type = "函"\n[phrases]', encoding="utf-8")
    with pytest.raises(Unusable, match="another file has the phrases of 函"):
        phrasebook.load(tmp_path)
