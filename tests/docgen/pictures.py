"""Pictures as cameras and programs make them, and contents that show them."""

import hashlib
import io
from dataclasses import replace
from functools import cache

from PIL import Image, PngImagePlugin

from docgen.picture import clean_picture
from docgen.sheet import Content, FileRef
from tests.docgen.twin import notice

PLACE = b"SECRET PLACE"


@cache
def photo(width: int = 120, height: int = 80, *, kind: str = "JPEG", turned: int = 1) -> bytes:
    """Return a picture with its upper left corner red, and with words of its maker beside it."""
    image = Image.new("RGB", (width, height), "navy")
    image.paste("red", (0, 0, width // 2, height // 2))
    exif = Image.Exif()
    exif[0x0112], exif[0x010E] = turned, PLACE.decode()
    words = PngImagePlugin.PngInfo()
    words.add_text("Comment", PLACE.decode())
    stream = io.BytesIO()
    if kind == "PNG":
        image.save(stream, kind, exif=exif, pnginfo=words)
    else:
        image.save(stream, kind, exif=exif, comment=PLACE)
    return stream.getvalue()


def ref(name: str, data: bytes) -> FileRef:
    return FileRef(hashlib.sha256(data).hexdigest(), name, len(data))


def pictured(body: str, files: dict[str, bytes], **others: object) -> tuple[Content, dict[str, bytes]]:
    """Return a notice with these pictures, as they are when they were taken in, and their bytes."""
    clean = {name: clean_picture(data, name, "file") for name, data in files.items()}
    refs = tuple(ref(name, data) for name, data in clean.items())
    content = replace(notice(body, **others), pictures=refs)
    return content, {one.sha256: clean[one.name] for one in refs}
