"""Read the title that a DOCX has in its properties; an order has none on its paper."""

import io
import zipfile

from ..ooxml import read_xml
from .result import cleaned

_PART, _MOST = "docProps/core.xml", 100_000
_TITLE = "{http://purl.org/dc/elements/1.1/}title"


def title_in_properties(docx: bytes) -> str:
    """Return the title in the file's properties, '' where there is none."""
    try:
        with zipfile.ZipFile(io.BytesIO(docx)) as package, package.open(_PART) as part:
            return " ".join(cleaned(read_xml(part.read(_MOST)).findtext(_TITLE) or "").split("\n"))
    except (KeyError, ValueError):
        return ""
