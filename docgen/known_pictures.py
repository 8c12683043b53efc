"""Put words in the place of pictures that a file must show, so that they are compared like its text."""

import hashlib
import io
import posixpath
import zipfile
from collections.abc import Mapping

from .ooxml import read_xml
from .picture_lines import in_words, picture_line
from .wordfile import Element, W, WordFile, main_part

_A = "{http://schemas.openxmlformats.org/drawingml/2006/main}"
_R = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}"
_PICTURE = "http://schemas.openxmlformats.org/drawingml/2006/picture"


def name_pictures(word: WordFile, docx: bytes, names: Mapping[str, str]) -> None:
    """Replace each drawing of a picture in `names` (by the SHA-256 of its bytes) by the words for its name.

    Others stay as they are, and so does what is more than a picture.
    """
    with zipfile.ZipFile(io.BytesIO(docx)) as package:
        known = _names_by_relation(package, names)
    for drawing in list(word.body.iter(f"{W}drawing")):
        kinds = [one.get("uri") for one in drawing.iter(f"{_A}graphicData")]
        found = [known.get(one.get(f"{_R}embed"), "") for one in drawing.iter(f"{_A}blip")]
        if kinds == [_PICTURE] and len(found) == 1 and found[0]:
            drawing.getparent().replace(drawing, _words(found[0]))


def _words(name: str) -> Element:
    words = read_xml(f'<w:t xmlns:w="{W[1:-1]}"/>'.encode())
    words.text = in_words(picture_line("", name))
    return words


def _names_by_relation(package: zipfile.ZipFile, names: Mapping[str, str]) -> dict[str, str]:
    folder, part = posixpath.split(main_part(package))
    rels = posixpath.join(folder, "_rels", f"{part}.rels")
    if rels not in package.namelist():
        return {}
    found = {}
    for one in read_xml(package.read(rels)):
        target = posixpath.normpath(posixpath.join("/", folder, one.get("Target") or "")).lstrip("/")
        if one.get("TargetMode") != "External" and target in package.namelist():
            name = names.get(hashlib.sha256(package.read(target)).hexdigest())
            if name:
                found[one.get("Id") or ""] = name
    return found
