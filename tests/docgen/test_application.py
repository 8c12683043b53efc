"""An application comes out of its canonical text as it went in, and is refused with every problem at once."""

from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from docgen.application import Answer, ApplicationContent, ApplyingUnit, HeldTitle, parse_application
from docgen.application_reading import LIMITS, read_application
from docgen.errors import ContentError
from docgen.sheet import FileRef

words = st.text(st.characters(min_codepoint=0x4E00, max_codepoint=0x9FFF), max_size=20)
files = st.builds(
    FileRef,
    st.text("0123456789abcdef", min_size=64, max_size=64),
    words.map(lambda name: f"佐{name}.pdf"),
    st.integers(1, 10**9),
)
answers = st.builds(
    Answer,
    words.filter(bool),
    st.none() | st.integers(0, 10_000),
    words,
    st.lists(files, max_size=2).map(tuple),
)
contents = st.builds(
    ApplicationContent,
    campaign=words.filter(bool),
    category=words.filter(bool),
    unit=st.builds(ApplyingUnit, words, words, words, staff=st.none() | st.integers(0, 9999), phone=words),
    titles_held=st.lists(
        st.builds(HeldTitle, words.filter(bool), date=st.dates().map(lambda day: day.isoformat())), max_size=2
    ).map(tuple),
    overview=words,
    honours=words,
    pledged=st.booleans(),
    answers=st.lists(answers, max_size=3, unique_by=lambda one: one.indicator).map(tuple),
    signed_form=st.none() | files,
)


@settings(max_examples=40)
@given(contents)
def test_a_content_comes_out_of_its_canonical_text_and_of_json_as_it_went_in(
    content: ApplicationContent,
) -> None:
    assert parse_application(content.canonical()) == content
    assert read_application(content.to_dict()) == content
    assert parse_application(content.canonical()).sha256() == content.sha256()
    assert len(content.files) == len(content.placed_files())


def problems(**data: Any) -> list[str]:
    with pytest.raises(ContentError) as refusal:
        read_application({"campaign": "c", "category": "unit"} | data)
    return [str(problem) for problem in refusal.value.problems]


FILE = {"sha256": "a" * 64, "name": "佐证.pdf", "size": 3}


@pytest.mark.parametrize(
    ("data", "told"),
    [
        ({"campaign": ""}, "campaign: This must not be empty"),
        ({"category": 3}, "category: This must be a text"),
        ({"colour": "red"}, "colour: There is no such field"),
        ({"unit": {"colour": "red"}}, "unit.colour: There is no such field"),
        ({"unit": {"staff": -1}}, "unit.staff: This must be a whole number from 0"),
        ({"unit": {"members": True}}, "unit.members: This must be a whole number from 0"),
        ({"unit": "省局"}, "unit: This must be an object"),
        ({"overview": "多" * 3001}, "overview: 3001 characters are too many; the limit is 3000"),
        ({"highlights": "\u202e"}, "highlights: The character U+202E cannot be printed"),
        ({"honours": "机密★1年"}, "honours: This system handles no state secrets"),
        ({"pledged": "yes"}, "pledged: This must be true, false or null"),
        ({"titles_held": [{"date": "去年"}]}, "titles_held[0].title: This must not be empty"),
        (
            {"titles_held": [{"title": "文明单位", "date": "去年"}]},
            "titles_held[0].date: This must be",
        ),
        ({"answers": [{"points": 100}]}, "answers[0].indicator: This must not be empty"),
        ({"answers": [{"indicator": "1", "points": 1.5}]}, "answers[0].points: This must be a whole number"),
        ({"answers": [{"indicator": "1"}] * 2}, "answers: There is more than one answer to 1"),
        (
            {"answers": [{"indicator": "1", "evidence": [FILE] * 21}]},
            "answers[0].evidence: There are more",
        ),
        ({"signed_form": {**FILE, "sha256": "x"}}, "signed_form.sha256: This must be a SHA-256"),
    ],
)
def test_what_cannot_be_an_application_is_refused(data: dict[str, Any], told: str) -> None:
    assert told in problems(**data)[0]


def test_every_problem_is_told_at_once() -> None:
    assert len(problems(colour="red", pledged="yes", overview="多" * 3001, unit={"staff": "many"})) == 4


def test_only_campaign_and_category_must_be_there_while_it_is_filled_in() -> None:
    content = read_application({"campaign": "c", "category": "unit", "unit": None, "answers": None})
    assert content == ApplicationContent("c", "unit")
    assert (content.type, content.title, content.files, content.urgency) == ("unit", "申报 unit", (), None)
    assert (LIMITS["overview"], LIMITS["highlights"], LIMITS["honours"]) == (3000, 1000, 1500)
