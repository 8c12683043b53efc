"""Content is read strictly and has one canonical text."""

import json
from typing import Any

import pytest
from pydantic import TypeAdapter

from docgen.errors import ContentError
from docgen.reading import read_content
from docgen.sheet import TYPES, Content, Disclosure, FileRef, Part, parse_canonical

LEAST = {"type": "通知", "title": "关于开展读书活动的通知", "body": "请认真组织。"}


def problems_of(data: Any) -> dict[str, str]:
    with pytest.raises(ContentError) as refusal:
        read_content(data)
    return {problem.where: problem.message % problem.params for problem in refusal.value.problems}


def test_type_title_and_body_are_enough() -> None:
    assert read_content(LEAST) == Content("通知", "关于开展读书活动的通知", "请认真组织。")


def test_there_are_fifteen_types() -> None:
    assert len(set(TYPES)) == 15


def test_all_problems_are_told_at_once() -> None:
    said = problems_of(
        {
            "type": "通缉",
            "title": "",
            "body": 7,
            "urgency": "火急",
            "seal": 1,
            "colour": "red",
            "issued_text": "正文",
            "attachments": [{"title": "一览表", "body": "甲", "size": 3}, "乙"],
            "note": "甲\u202e",
        }
    )
    assert set(said) == {
        "type", "title", "body", "urgency", "seal", "colour", "issued_text",
        "attachments[0].size", "attachments[1]", "note",
    }  # fmt: skip


@pytest.mark.parametrize("data", [None, [], "通知", 3])
def test_content_that_is_no_object_is_refused(data: Any) -> None:
    assert set(problems_of(data)) == {"content"}


@pytest.mark.parametrize("classification", ["机密", "", "public", False, 0, []])
def test_any_classification_is_sent_to_the_classified_channel(classification: Any) -> None:
    assert "classified channel" in problems_of({**LEAST, "classification": classification})["classification"]


@pytest.mark.parametrize("mark", ["秘密★1年", "机密 ★", "绝密\u3000★10年", "秘\u200b密★"])
@pytest.mark.parametrize(
    ("where", "change"),
    [
        ("title", lambda mark: {"title": f"关于{mark}的通知"}),
        ("body", lambda mark: {"body": f"甲。\n{mark}\n乙。"}),
        ("note", lambda mark: {"note": mark}),
        ("copy_to", lambda mark: {"copy_to": mark}),
        ("attachments[0].body", lambda mark: {"attachments": [{"title": "表", "body": mark}]}),
        ("issued_text.title", lambda mark: {"issued_text": {"title": mark, "body": "甲"}}),
    ],
)
def test_a_secrecy_mark_anywhere_is_refused(mark: str, where: str, change: Any) -> None:
    assert "classified channel" in problems_of({**LEAST, **change(mark)})[where]


def test_the_words_alone_are_no_secrecy_mark() -> None:
    assert read_content({**LEAST, "body": "保守国家秘密，严防泄露工作机密。★为必填项。"})


@pytest.mark.parametrize(
    ("given", "stored"),
    [
        ("省直各单位：", "省直各单位"),
        ("省直各单位。", "省直各单位"),
        (["省直各单位", "各高等院校："], "省直各单位、各高等院校"),
        ([], ""),
        (None, ""),
        ("  ", ""),
    ],
)
def test_names_come_as_a_text_or_a_list_and_lose_their_end(given: Any, stored: str) -> None:
    content = read_content({**LEAST, "addressees": given, "copy_to": given})
    assert content.addressees == content.copy_to == stored


def test_null_and_empty_are_one_for_optional_texts() -> None:
    names = ("addressees", "copy_to", "urgency", "note", "agency", "issued_text")
    assert read_content({**LEAST, **dict.fromkeys(names)}) == read_content(
        {**LEAST, **dict.fromkeys(names, "")}
    )


def test_too_many_attachments_are_refused() -> None:
    parts = [{"title": "表", "body": "甲"}] * 51
    assert "50" in problems_of({**LEAST, "attachments": parts})["attachments"]


def test_an_unknown_key_is_named_printably() -> None:
    assert set(problems_of({**LEAST, "\ud800\n": 1})) == {"\\ud800\\n"}


def test_the_canonical_text_has_sorted_keys_no_blanks_and_chinese_as_it_is() -> None:
    text = read_content({**LEAST, "attachments": [{"body": "甲", "title": "表"}]}).canonical()
    assert list(json.loads(text)) == sorted(json.loads(text))
    assert '"attachments":[{"body":"甲","title":"表"}]' in text


def test_the_hash_of_known_content_never_changes() -> None:
    content = Content(
        "通知", "标题", "正文", issued_text=Part("要点", "甲"), attachments=(Part("表", "乙"),), seal=False
    )
    assert content.sha256() == "4e5038e39243a4e5bbca7481dd7844a292d695eeac2570d0335c1b6a3ea7c352"


def test_a_text_stored_before_there_were_more_fields_has_its_old_hash() -> None:
    stored = (
        '{"addressees":"省直各单位","agency":"省直文明办","attachments":[{"body":"甲","title":"一览表"}],'
        '"body":"请认真组织。","classification":null,"copy_to":"省委宣传部","issued_text":null,"note":"",'
        '"seal":true,"title":"关于开展读书活动的通知","type":"通知","urgency":"加急"}'
    )
    content = parse_canonical(stored)
    assert content.canonical() == stored
    assert content.sha256() == "9cfeaaca47a2a76d7241ed14852cb182d147c1fc1a6c716a061e3db035ba7ac6"
    assert (content.references, content.disclosure, content.copies) == ((), None, None)


FILE = {"sha256": "0" * 64, "name": "报名表.xlsx", "size": 5000}
MORE = {
    "basis": "根据年度工作安排。\n经费已列入预算。",
    "references": [FILE, FILE | {"sha256": "1" * 64, "name": "来文.pdf"}],
    "disclosure": {"kind": "不予公开", "reason": "内部管理事务"},
    "contact": "综合处",
    "copies": 60,
    "distribution": "省直各单位、各高等院校",
    "attachments": [{"title": "说明", "body": "甲"}, {"title": "报名表", "body": "", "file": FILE}],
}


def test_what_goes_with_the_paper_is_read_and_read_back() -> None:
    content = read_content(LEAST | MORE)
    assert content.disclosure == Disclosure("不予公开", "内部管理事务")
    assert content.files == (FileRef(**FILE), FileRef(**FILE), FileRef("1" * 64, "来文.pdf", 5000))
    assert {name: content.to_dict()[name] for name in MORE} == MORE
    assert parse_canonical(content.canonical()) == content


@pytest.mark.parametrize("field", MORE)
def test_each_field_is_left_out_while_it_is_unset_and_hashed_when_it_is_not(field: str) -> None:
    plain = read_content(LEAST)
    assert field == "attachments" or field not in plain.to_dict()
    assert read_content(LEAST | {field: None}) == plain
    assert read_content(LEAST | {field: MORE[field]}).sha256() != plain.sha256()


@pytest.mark.parametrize(
    ("change", "where"),
    [
        ({"basis": "长" * 4001}, "basis"),
        ({"basis": 3}, "basis"),
        ({"contact": "两\n行"}, "contact"),
        ({"copies": 0}, "copies"),
        ({"copies": 100_001}, "copies"),
        ({"copies": "60"}, "copies"),
        ({"copies": True}, "copies"),
        ({"distribution": "秘密★"}, "distribution"),
        ({"disclosure": "不予公开"}, "disclosure"),
        ({"disclosure": {"kind": "公开"}}, "disclosure.kind"),
        ({"disclosure": {"kind": "依申请公开"}}, "disclosure.reason"),
        ({"disclosure": {"kind": "不予公开", "reason": " "}}, "disclosure.reason"),
        ({"disclosure": {"kind": "主动公开", "until": 1}}, "disclosure.until"),
        ({"references": FILE}, "references"),
        ({"references": [FILE] * 31}, "references"),
        ({"references": [FILE | {"sha256": "0" * 63}]}, "references[0].sha256"),
        ({"references": [FILE | {"sha256": "A" * 64}]}, "references[0].sha256"),
        ({"references": [FILE | {"size": 0}]}, "references[0].size"),
        ({"references": [FILE | {"size": True}]}, "references[0].size"),
        ({"references": [FILE | {"name": "长" * 121}]}, "references[0].name"),
        ({"references": [FILE | {"href": "/"}]}, "references[0].href"),
        ({"attachments": [{"title": "表", "body": "甲", "file": FILE}]}, "attachments[0].body"),
        ({"attachments": [{"title": "表"}]}, "attachments[0].body"),
        ({"attachments": [{"title": "", "file": FILE}]}, "attachments[0].title"),
        ({"attachments": [{"title": "表", "file": "0" * 64}]}, "attachments[0].file"),
        ({"issued_text": {"title": "表", "file": FILE}}, "issued_text.file"),
    ],
)
def test_what_cannot_be_used_is_told_at_its_field(change: dict[str, Any], where: str) -> None:
    assert where in problems_of({**LEAST, **change})


def test_what_is_made_public_needs_no_reason() -> None:
    assert read_content({**LEAST, "disclosure": {"kind": "主动公开"}}).disclosure == Disclosure("主动公开")


def test_content_read_back_from_its_canonical_text_is_the_same() -> None:
    content = read_content({**LEAST, "attachments": [{"title": "表", "body": "甲\n乙"}], "seal": False})
    assert read_content(json.loads(content.canonical())) == content


def test_pydantic_describes_content_for_the_outside() -> None:
    schema = TypeAdapter(Content).json_schema()
    assert schema["additionalProperties"] is False
    assert schema["required"] == ["type", "title", "body"]
