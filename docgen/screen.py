"""Make the copy of a DOCX that LibreOffice renders; it is never delivered.

LibreOffice 7.4 ignores w:autoSpaceDE and w:autoSpaceDN and widens the gap between 汉字 and figures. An
invisible character between them stops it: a word joiner after a figure, and before one a zero-width
space, where a line may still end. It reads w:overflowPunct the wrong way round. Where the font that stands
in has a blank for a character it looks no further: such a character is given another font.
"""

import io
import re
import zipfile

from .blanks import BLANK
from .styles import fonts

_OTHER_FONT = "Noto Serif CJK SC"
_RUN = re.compile(
    r"<w:r>(<w:rPr>(?:<w:rFonts [^>]*/>)?((?:(?!</w:rPr>).)*)</w:rPr>)"
    r"((?:<w:(?:br|tab)/>|<w:t(?: [^>]*)?>[^<]*</w:t>)+)</w:r>"
)
_BLANK = re.compile(f"[{''.join(sorted(BLANK))}]+")
_TEXT = re.compile(r"(<w:t(?: [^>]*)?>)([^<]*)(</w:t>)")
_HAN = "\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\U00020000-\U0003ffff"
_AFTER = re.compile(f"(?<=[0-9A-Za-z])(?=[{_HAN}])")
_BEFORE = re.compile(f"(?<=[{_HAN}])(?=[0-9A-Za-z])")


def screen_copy(docx: bytes) -> bytes:
    """Return the DOCX with figures and 汉字 set close."""
    stream = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(docx)) as source, zipfile.ZipFile(stream, "w") as target:
        for name in source.namelist():
            data = source.read(name)
            if name == "word/document.xml":
                text = data.decode()
                if _BLANK.search(text):
                    text = _RUN.sub(_shown, text)
                data = _TEXT.sub(_close, text).encode()
            elif name == "word/styles.xml":
                data = data.replace(b'<w:overflowPunct w:val="0"/>', b'<w:overflowPunct w:val="1"/>')
            target.writestr(name, data)
    return stream.getvalue()


def _close(match: re.Match[str]) -> str:
    return match[1] + _BEFORE.sub("\u200b", _AFTER.sub("\u2060", match[2])) + match[3]


def _shown(run: re.Match[str]) -> str:
    """Return a run with those characters in runs of their own that the font has only a blank for."""
    properties, rest, words = run.groups()
    other = f"<w:rPr>{fonts(_OTHER_FONT)}{rest}</w:rPr>"
    start, end = '<w:t xml:space="preserve">', "</w:t>"

    def apart(found: re.Match[str]) -> str:
        alone = f"{end}</w:r><w:r>{other}{start}{found[0]}{end}</w:r>"
        return f"{alone}<w:r>{properties}{start}"

    return f"<w:r>{properties}{_BLANK.sub(apart, words)}</w:r>"
