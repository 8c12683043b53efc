"""Make pictures of the first pages of a PDF, or of a scan, beside it: python picturing.py FILE MOST

Run as a program, within limits, so that a hostile file ends this process and no other.
"""

import resource
import sys
from pathlib import Path

import pypdfium2
from PIL import Image

DPI = 110
LONGEST_SIDE = 2000  # pixels
MEMORY = 2 * 1024**3
SECONDS = 60


def main() -> int:
    """Write 001.png, 002.png, …; return 0."""
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
    resource.setrlimit(resource.RLIMIT_CPU, (SECONDS, SECONDS))
    source, most = Path(sys.argv[1]), int(sys.argv[2])
    if source.read_bytes()[:1024].find(b"%PDF-") < 0:
        _picture_scan(source, most)
    else:
        _picture_pdf(source, most)
    return 0


def _picture_pdf(source: Path, most: int) -> None:
    with pypdfium2.PdfDocument(source) as document:
        for number in range(min(len(document), most)):
            page = document[number]
            scale = min(DPI / 72, LONGEST_SIDE / max(*page.get_size(), 1))
            page.render(scale=scale).to_pil().save(source.with_name(f"{number + 1:03}.png"))
            page.close()


def _picture_scan(source: Path, most: int) -> None:
    """Scans are shown no larger than a page is; a TIFF may have several."""
    Image.MAX_IMAGE_PIXELS = None  # whoever took the file has looked, and memory is limited here
    with Image.open(source, formats=("TIFF", "PNG", "JPEG")) as scan:
        for number in range(min(getattr(scan, "n_frames", 1), most)):
            scan.seek(number)
            page = scan.convert("RGB")
            page.thumbnail((LONGEST_SIDE, LONGEST_SIDE))
            page.save(source.with_name(f"{number + 1:03}.png"))


if __name__ == "__main__":
    sys.exit(main())
