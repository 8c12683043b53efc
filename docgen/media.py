"""Put pictures into a DOCX as parts of it; equal pictures make equal parts."""

import io
import re
import zipfile
from collections.abc import Iterable
from copy import copy
from dataclasses import dataclass
from struct import unpack_from

from .layout import CAPTION, PICTURE
from .package import write_part
from .picture import kind_of
from .styles import style_xml

_TYPES, _RELATIONS, _STYLES = "[Content_Types].xml", "word/_rels/document.xml.rels", "word/styles.xml"
_IMAGE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/image"
_HEADER, _NAME_LENGTH = 30, 26  # bytes of a part's header in a package, and where its lengths are
_SHORT = 16  # hex digits of the hash that tell the pictures of one paper apart


@dataclass(frozen=True)
class Media:
    """A picture's bytes, and the hash that it is known by."""

    sha256: str
    data: bytes

    @property
    def relation(self) -> str:
        return f"rIdPicture{self.sha256[:_SHORT]}"

    @property
    def part(self) -> str:
        return f"media/{self.sha256[:_SHORT]}.{kind_of(self.data)}"


def with_media(docx: bytes, media: Iterable[Media]) -> bytes:
    """Return the DOCX with the pictures that it does not hold yet, and with the styles of their lines."""
    stream = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(docx)) as source, zipfile.ZipFile(stream, "w") as target:
        there = set(source.namelist())
        new = {one.part: one for one in media if f"word/{one.part}" not in there}
        for entry in source.infolist():
            there_now = source.read(entry) if entry.filename in (_TYPES, _RELATIONS, _STYLES) else b""
            changed = _changed(entry.filename, there_now, list(new.values()))
            if changed == there_now:
                _copy(docx, entry, target, stream)
            else:
                write_part(target, entry.filename, changed)
        for part, one in sorted(new.items()):
            write_part(target, f"word/{part}", one.data, packed=False)
    return stream.getvalue()


def _copy(package: bytes, entry: zipfile.ZipInfo, target: zipfile.ZipFile, stream: io.BytesIO) -> None:
    """Write a part as it lies packed in another package: packing takes most of the time."""
    name_length, extra_length = unpack_from("<HH", package, entry.header_offset + _NAME_LENGTH)
    start = entry.header_offset + _HEADER + name_length + extra_length
    copied = copy(entry)
    copied.header_offset = stream.tell()
    stream.write(copied.FileHeader() + package[start : start + entry.compress_size])
    target.filelist.append(copied)
    target.NameToInfo[copied.filename] = copied
    target.start_dir = stream.tell()


def _changed(name: str, part: bytes, new: list[Media]) -> bytes:
    if name == _TYPES:
        kinds = sorted({kind_of(one.data) for one in new})
        added = "".join(
            f'<Default Extension="{kind}" ContentType="image/{kind}"/>'
            for kind in kinds
            if f'Extension="{kind}"'.encode() not in part
        )
        return re.sub(rb"(<Types[^>]*>)", lambda found: found[1] + added.encode(), part, count=1)
    if name == _RELATIONS:
        added = "".join(
            f'<Relationship Id="{one.relation}" Type="{_IMAGE}" Target="{one.part}"/>' for one in new
        )
        return part.replace(b"</Relationships>", f"{added}</Relationships>".encode())
    if name == _STYLES:
        styles = [style for style in (PICTURE, CAPTION) if f'w:styleId="{style.id}"'.encode() not in part]
        return part.replace(b"</w:styles>", f"{''.join(map(style_xml, styles))}</w:styles>".encode())
    return part
