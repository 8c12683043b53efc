"""Render a document of each form; put the first page of each, the last and what lies into paper/."""

import io
import shutil
import sys
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

from paper_samples import SAMPLES
from PIL import Image

from docgen import pdf
from docgen.archival import faults

FOLDER = Path("paper")
DPI = 80
AT_A_TIME = 2
A_ROW, THUMBNAIL, GAP = 8, (330, 467), 8  # of the contact sheet


def main() -> int:
    """Render all, or those whose names hold a word that is given; return 1 if a PDF is not what it says."""
    chosen = {
        name: made
        for name, made in SAMPLES.items()
        if not sys.argv[1:] or any(w in name for w in sys.argv[1:])
    }
    shutil.rmtree(FOLDER, ignore_errors=True)
    FOLDER.mkdir()
    with ThreadPoolExecutor(AT_A_TIME) as pool:
        made = dict(zip(chosen, pool.map(lambda name: _pages(name, chosen[name]()), chosen), strict=True))
    shown = [page for pages in made.values() for page in pages]
    _contact_sheet(shown).save(FOLDER / "all.png")
    print(f"{len(made)} documents, {len(shown)} pages: {FOLDER}/all.png")
    return 0


def _pages(name: str, docx: bytes) -> list[Image.Image]:
    """Write a document, its PDF, and its first, last and lying pages; return these."""
    made = pdf.to_pdf(docx)
    (FOLDER / f"{name}.docx").write_bytes(docx)
    (FOLDER / f"{name}.pdf").write_bytes(made)
    for fault in faults(made):
        print(f"{name}: {fault}", file=sys.stderr)
    pages = [Image.open(io.BytesIO(png)).convert("RGB") for png in pdf.pictures(made, dpi=DPI)]
    chosen = {n: one for n, one in enumerate(pages, 1) if n in (1, len(pages)) or one.width > one.height}
    for number, page in chosen.items():
        page.save(FOLDER / f"{name} {number}.png")
    return list(chosen.values())


def _contact_sheet(pages: list[Image.Image]) -> Image.Image:
    width, height = (side + GAP for side in THUMBNAIL)
    rows = -(-len(pages) // A_ROW)
    sheet = Image.new("RGB", (width * A_ROW + GAP, height * rows + GAP), (150, 150, 150))
    for place, page in enumerate(pages):
        page.thumbnail(THUMBNAIL)
        sheet.paste(page, (GAP + place % A_ROW * width, GAP + place // A_ROW * height))
    return sheet


if __name__ == "__main__":
    sys.exit(main())
