"""Which earlier documents a text ends: cleaned, refused with every problem at once, left out while unset."""

from typing import Any

import pytest

from docgen.errors import ContentError
from docgen.reading import read_content
from docgen.sheet import Ending, parse_canonical

NUMBER = "豫直文明办〔2024〕4号"


def given(*ends: Any) -> dict[str, Any]:
    return {"type": "通知", "title": "关于废止文件的通知", "body": "废止。", "ends": list(ends)}


def test_what_is_ended_comes_back_from_the_stored_text() -> None:
    content = read_content(
        given({"number": f" {NUMBER} ", "act": "repeal", "from_date": "2024-05-01", "reason": "过时"},
              {"number": "甲〔2024〕1号", "act": "rescind", "from_date": None})
    )  # fmt: skip
    assert content.ends == (
        Ending(NUMBER, "repeal", "2024-05-01", "过时"),
        Ending("甲〔2024〕1号", "rescind"),
    )
    assert parse_canonical(content.canonical()) == content


def test_a_text_that_ends_nothing_has_the_hash_that_it_had() -> None:
    plain = {name: value for name, value in given().items() if name != "ends"}
    assert read_content(given()).canonical() == read_content(plain).canonical()
    assert "ends" not in read_content(given()).to_dict()


@pytest.mark.parametrize(
    ("ends", "where"),
    [
        ([{"number": NUMBER, "act": "void"}], ["ends[0].act"]),
        ([{"act": "repeal"}], ["ends[0].number"]),
        ([{"number": NUMBER, "act": "repeal", "from_date": "2024-5-1"}], ["ends[0].from_date"]),
        ([{"number": NUMBER, "act": "rescind", "from_date": "2024-05-01"}], ["ends[0].from_date"]),
        ([{"number": NUMBER, "act": "rescind"}] * 2, ["ends[1].number"]),
        ([NUMBER, {"number": 4, "act": []}], ["ends[0]", "ends[1].number", "ends[1].act"]),
        ([{"number": NUMBER, "act": "rescind", "title": ""}], ["ends[0].title"]),
        ([{"number": "秘密★1年", "act": "rescind"}], ["ends[0].number"]),
    ],
)
def test_what_cannot_be_is_told_at_its_place(ends: list[Any], where: list[str]) -> None:
    with pytest.raises(ContentError) as refusal:
        read_content(given(*ends))
    assert set(where) <= {problem.where for problem in refusal.value.problems}


def test_a_hundred_documents_are_the_most() -> None:
    with pytest.raises(ContentError, match="more than"):
        read_content(given(*({"number": f"甲〔2024〕{n}号", "act": "repeal"} for n in range(1, 102))))
