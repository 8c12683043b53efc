"""Time DOCX and PDF against python-docx writing the same paragraphs bare."""

import io
import statistics
import time
from collections.abc import Callable
from typing import Any

from docx import Document

from docgen import measure, pdf
from docgen.masthead import fit_masthead
from docgen.render import render
from docgen.title import break_title
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
    if pdf.converter():
        rows.append(_pdf_row())
    return rows


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
    first: Callable[[], object], second: Callable[[], object], rounds: int
) -> tuple[float, float]:
    """Return both medians in seconds, measured in turn after one round to warm up."""
    times: tuple[list[float], list[float]] = ([], [])
    for turn in range(rounds + 1):
        for taken, call in zip(times, (first, second), strict=True):
            begun = time.perf_counter()
            call()
            if turn:
                taken.append(time.perf_counter() - begun)
    return statistics.median(times[0]), statistics.median(times[1])


def _render() -> bytes:
    break_title.cache_clear()
    fit_masthead.cache_clear()
    measure._ends.cache_clear()
    return render(TWIN, PARTICULARS)


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
