"""Mark a DOCX with the text that it was made of, so that it is known again when it comes back from Word."""

import io
import re
import zipfile

from .ooxml import read_xml

NAME = "HongtouContent"
_PART, _DATE = "docProps/custom.xml", (1980, 1, 1, 0, 0, 0)
_MOST = 64 * 1024  # bytes of the part with the mark; programs add a few properties of theirs
_HEAD = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
_SPACE = "http://schemas.openxmlformats.org/officeDocument/2006/"
_FORMAT = "{D5CDD505-2E9C-101B-9397-08002B2CF9AE}"
_PROPERTIES = (
    f'{_HEAD}<Properties xmlns="{_SPACE}custom-properties" xmlns:vt="{_SPACE}docPropsVTypes">'
    f'<property fmtid="{_FORMAT}" pid="2" name="{NAME}"><vt:lpwstr>%s</vt:lpwstr></property></Properties>'
)
_ADDED = {
    "[Content_Types].xml": (
        "</Types>",
        f'<Override PartName="/{_PART}"'
        ' ContentType="application/vnd.openxmlformats-officedocument.custom-properties+xml"/>',
    ),
    "_rels/.rels": (
        "</Relationships>",
        f'<Relationship Id="rIdOrigin" Type="{_SPACE}relationships/custom-properties" Target="{_PART}"/>',
    ),
}
_SHA256 = re.compile(r"[0-9a-f]{64}")


def with_origin(docx: bytes, content_sha256: str) -> bytes:
    """Return a paper of ours that names the content it was made of; equal input has equal bytes."""
    stream = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(docx)) as package, zipfile.ZipFile(stream, "w") as marked:
        for entry in package.infolist():
            data = package.read(entry)
            if entry.filename in _ADDED:
                end, added = _ADDED[entry.filename]
                data = data.decode().replace(end, added + end).encode()
            marked.writestr(entry, data)
        entry = zipfile.ZipInfo(_PART, _DATE)
        entry.compress_type, entry.external_attr = zipfile.ZIP_DEFLATED, 0o644 << 16
        marked.writestr(entry, _PROPERTIES % content_sha256)
    return stream.getvalue()


def origin_of(docx: bytes) -> str | None:
    """Return the SHA-256 of the content that a file says it was made of; None where it says nothing.

    The file is one that was read without complaint.
    """
    with zipfile.ZipFile(io.BytesIO(docx)) as package:
        if _PART not in package.namelist() or package.getinfo(_PART).file_size > _MOST:
            return None
        try:
            properties = read_xml(package.read(_PART))
        except ValueError:
            return None
    for one in properties.iterchildren("{*}property"):
        if one.get("name") == NAME:
            value = "".join(one.itertext()).strip()
            return value if _SHA256.fullmatch(value) else None
    return None
