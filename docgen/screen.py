"""Make the copy of a DOCX that LibreOffice renders; it is never delivered.

LibreOffice 7.4 ignores w:autoSpaceDE and w:autoSpaceDN and widens the gap between 汉字 and figures. An
invisible character between them stops it: a word joiner after a figure, and before one a zero-width
space, where a line may still end. It reads w:overflowPunct the wrong way round.
"""

import io
import re
import zipfile

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
                data = _TEXT.sub(_close, data.decode()).encode()
            elif name == "word/styles.xml":
                data = data.replace(b'<w:overflowPunct w:val="0"/>', b'<w:overflowPunct w:val="1"/>')
            target.writestr(name, data)
    return stream.getvalue()


def _close(match: re.Match[str]) -> str:
    return match[1] + _BEFORE.sub("\u200b", _AFTER.sub("\u2060", match[2])) + match[3]
