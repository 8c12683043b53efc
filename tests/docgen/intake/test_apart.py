"""A draft is read in a process of its own, and what that says is what reading it here would say."""

import pytest

from docgen.errors import ContentError
from docgen.intake import intake
from docgen.intake.apart import Draft, intake_apart
from docgen.origin import with_origin
from docgen.redline import redline
from docgen.render import render
from tests.docgen.twin import PARTICULARS, TWIN, notice


def test_all_that_was_found_comes_back_from_the_other_process() -> None:
    file = with_origin(render(TWIN, PARTICULARS), TWIN.sha256())
    assert intake_apart(file, "草稿.docx") == Draft(intake(file), None, TWIN.sha256())


def test_tracked_changes_are_read_in_both_ways() -> None:
    file = redline(
        notice("甲甲甲。"), notice("甲乙甲。"), PARTICULARS, author="甲", at="2031-04-01T09:00:00Z"
    )
    draft = intake_apart(file, "草稿.docx")
    assert draft.original
    assert (draft.original.content["body"], draft.taken.content["body"]) == ("甲甲甲。", "甲乙甲。")


def test_a_refusal_comes_back_in_words() -> None:
    with pytest.raises(ContentError) as refusal:
        intake_apart(b"%PDF-1.4", "草稿.docx")
    assert [str(one) for one in refusal.value.problems] == [
        "file: 草稿.docx is damaged: it cannot be opened."
    ]


def test_a_file_that_takes_too_long_is_refused_as_damaged() -> None:
    with pytest.raises(ContentError, match=r"草稿\.docx is damaged"):
        intake_apart(b"", "草稿.docx", seconds=0.001)
