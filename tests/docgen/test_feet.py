"""Papers of every form keep their measures wherever their texts end on a page."""

import pytest

from tests.docgen.batch import AS_DOCX, converted, pages_of
from tests.docgen.feet import faults
from tests.docgen.forms import FORMS, paper_of, sweep
from tests.docgen.papers import PAPERS, Paper

pytestmark = pytest.mark.paper

CRITICAL = ((3, 0), (44, 3))
"""Lines and attachments of papers whose signature or imprint just fits on a page, or just does not."""


def found_in(papers: dict[str, tuple[str, Paper]]) -> dict[str, list[str]]:
    """Return the faults of papers by their names."""
    printed = pages_of(paper.docx() for _, paper in papers.values())
    return {
        name: found
        for pages, (name, (form, paper)) in zip(printed, papers.items(), strict=True)
        if (found := faults(pages, form, paper))
    }


def test_papers_of_every_form_keep_their_measures_where_a_page_just_ends() -> None:
    papers = {
        f"{form}, {lines} lines, {parts} attachments": (form, paper_of(form, lines, parts, seal))
        for form in FORMS
        for (lines, parts), seal in zip(CRITICAL, (True, False), strict=True)
    }
    assert found_in(papers) == {}


@pytest.mark.long
@pytest.mark.timeout(1800)
@pytest.mark.parametrize("form", FORMS)
def test_papers_of_every_form_keep_their_measures_at_every_line_of_two_pages(form: str) -> None:
    assert found_in({name: (form, paper) for name, paper in sweep(form)}) == {}


@pytest.mark.long
def test_every_paper_is_opened_and_saved_by_another_program_without_a_word() -> None:
    made = [paper.docx() for paper in PAPERS.values()]
    assert all(saved.startswith(b"PK") for saved in converted(made, AS_DOCX))
