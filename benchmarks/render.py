"""Time DOCX and PDF against python-docx writing the same paragraphs bare, and each form against a notice."""

import io
import statistics
from collections.abc import Callable
from dataclasses import replace
from time import perf_counter, process_time
from typing import Any

from docx import Document

from docgen import measure, pdf
from docgen.joint import fit_joint_masthead
from docgen.masthead import fit_masthead
from docgen.render import render
from docgen.title import break_title
from tests.docgen.forms import FORMS, text_of
from tests.docgen.papers import BYTES, PEOPLE, SHOWN, WIDE, Paper
from tests.docgen.twin import PARTICULARS, TWIN, notice

ROUNDS = 15
PDF_ROUNDS = 5


def run() -> list[dict[str, Any]]:
    """Return a row for the DOCX and, where LibreOffice is, one for the PDF."""
    ours, bare = _interleaved(_render, _bare, ROUNDS)
    ratio = ours / bare
    rows = [
        {
            "name": "render a notice as DOCX",
            "value": round(ours * 1000, 2),
            "unit": "ms",
            "against": f"python-docx, same paragraphs bare: {bare * 1000:.2f} ms",
            "ratio": round(ratio, 3),
            "aim": "<= 1.0",
            "holds": ratio <= 1.0,
        }
    ]
    rows += [_format_row(name, paper) for name, paper in _formats().items()]
    if pdf.converter():
        rows.append(_pdf_row())
    return rows


def _formats() -> dict[str, Paper]:
    """Return a paper of each form with the same text, and one of each thing that may stand in a text."""
    same = {"body": text_of(20), "copy_to": TWIN.copy_to}
    forms = {
        name: Paper(replace(form.content, **same), form.particulars)  # type: ignore[arg-type]
        for name, form in FORMS.items()
    }
    things = {"names": (PEOPLE, 18), "a table that lies": (WIDE, 13)}  # and the lines of text beside it
    plain = forms["file"].content
    more = {
        name: Paper(replace(plain, body=f"{thing}\n{text_of(lines)}"))
        for name, (thing, lines) in things.items()
    }
    shown = replace(plain, body=f"![图1](会场.png)\n![图2](流程.jpg)\n{plain.body}", pictures=SHOWN.pictures)
    more["pictures"] = Paper(shown, pictures=BYTES)
    return forms | more


def _format_row(name: str, paper: Paper) -> dict[str, Any]:
    notice_paper = _formats()["file"]
    ours, plain = _interleaved(lambda: _fresh(paper), lambda: _fresh(notice_paper), ROUNDS, process_time)
    ratio = ours / plain
    return {
        "name": f"render as DOCX: {name}",
        "value": round(ours * 1000, 2),
        "unit": "ms",
        "against": f"a notice with as much text: {plain * 1000:.2f} ms",
        "ratio": round(ratio, 3),
        "aim": "<= 2.0",
        "holds": ratio <= 2.0,
    }


def _fresh(paper: Paper) -> bytes:
    """Return the DOCX, made without what earlier ones left in the caches."""
    for known in (break_title, fit_masthead, fit_joint_masthead, measure._ends):
        known.cache_clear()
    return paper.docx()


def _pdf_row() -> dict[str, Any]:
    notice_docx, shortest = render(TWIN, PARTICULARS), render(notice("甲。"), PARTICULARS)
    ours, least = _interleaved(lambda: pdf.to_pdf(notice_docx), lambda: pdf.to_pdf(shortest), PDF_ROUNDS)
    return {
        "name": "turn a notice into a PDF",
        "value": round(ours, 2),
        "unit": "s",
        "against": f"a notice of one sentence, nearly all LibreOffice's start: {least:.2f} s",
        "ratio": round(ours / least, 3),
        "aim": "<= 2.0",
        "holds": ours / least <= 2.0,
    }


def _interleaved(
    first: Callable[[], object],
    second: Callable[[], object],
    rounds: int,
    clock: Callable[[], float] = perf_counter,
) -> tuple[float, float]:
    """Return both medians in seconds, measured in turn after one round to warm up.

    What is done in this process alone is measured by its own time, whatever else the machine does.
    """
    times: tuple[list[float], list[float]] = ([], [])
    for turn in range(rounds + 1):
        for taken, call in zip(times, (first, second), strict=True):
            begun = clock()
            call()
            if turn:
                taken.append(clock() - begun)
    return statistics.median(times[0]), statistics.median(times[1])


def _render() -> bytes:
    return _fresh(Paper(TWIN))


def _bare() -> bytes:
    assert TWIN.issued_text
    document = Document()
    for text in (
        *(PARTICULARS.masthead, PARTICULARS.number or "", TWIN.title, TWIN.addressees, TWIN.body),
        *(PARTICULARS.signature, "2031年4月7日", TWIN.issued_text.title, *TWIN.issued_text.body.split("\n")),
        *(TWIN.copy_to, PARTICULARS.printed_by),
    ):
        document.add_paragraph(text)
    stream = io.BytesIO()
    document.save(stream)
    return stream.getvalue()


if __name__ == "__main__":
    for row in run():
        print(row)
