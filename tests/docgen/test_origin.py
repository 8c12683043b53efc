"""A paper that goes out names the text that it was made of, and is otherwise the same paper."""

import pytest

from docgen.origin import NAME, origin_of, with_origin
from docgen.printed import digest, text_of
from docgen.render import render
from tests.docgen.twin import PARTICULARS, TWIN
from tests.docgen.wordsmith import edited, packed, parts_of, with_part

PAPER = render(TWIN, PARTICULARS)
MARKED = with_origin(PAPER, TWIN.sha256())
PART = "docProps/custom.xml"


def test_the_mark_is_read_again_and_equal_texts_have_equal_bytes() -> None:
    assert origin_of(MARKED) == TWIN.sha256()
    assert with_origin(PAPER, TWIN.sha256()) == MARKED
    assert digest(text_of(MARKED)) == digest(text_of(PAPER))


def test_nothing_of_the_paper_itself_is_changed() -> None:
    plain, marked = parts_of(PAPER), parts_of(MARKED)
    assert set(marked) - set(plain) == {PART}
    assert {name for name in plain if plain[name] != marked[name]} == {"[Content_Types].xml", "_rels/.rels"}


@pytest.mark.parametrize(
    "file",
    [
        PAPER,
        edited(MARKED, NAME, "Another", PART),
        edited(MARKED, TWIN.sha256(), "x" * 64, PART),
        with_part(PAPER, PART, "<Properties"),
        with_part(PAPER, PART, b" " * 70_000),
        packed({**parts_of(MARKED), PART: parts_of(MARKED)[PART].replace(b"lpwstr", b"lpwstr x")}),
    ],
)
def test_a_file_without_a_mark_that_can_be_read_says_nothing(file: bytes) -> None:
    assert origin_of(file) is None
