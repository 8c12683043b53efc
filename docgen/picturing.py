"""Make pictures of a PDF's first pages beside it: python picturing.py FILE.pdf MOST

Run as a program, within limits, so that a hostile file ends this process and no other.
"""

import resource
import sys
from pathlib import Path

import pypdfium2

DPI = 110
LONGEST_SIDE = 2000  # pixels
MEMORY = 2 * 1024**3
SECONDS = 60


def main() -> int:
    """Write 001.png, 002.png, …; return 0."""
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
    resource.setrlimit(resource.RLIMIT_CPU, (SECONDS, SECONDS))
    source, most = Path(sys.argv[1]), int(sys.argv[2])
    with pypdfium2.PdfDocument(source) as document:
        for number in range(min(len(document), most)):
            page = document[number]
            scale = min(DPI / 72, LONGEST_SIDE / max(*page.get_size(), 1))
            page.render(scale=scale).to_pil().save(source.with_name(f"{number + 1:03}.png"))
            page.close()
    return 0


if __name__ == "__main__":
    sys.exit(main())
