"""Scans as an office's machine makes them, one small page each."""

import io
import zipfile
from functools import cache

from PIL import Image

LARGEST = 20 * 1024 * 1024


@cache
def scan(kind: str = "PDF", shade: int = 255) -> bytes:
    """Return a page as PDF, PNG, JPEG or TIFF; another shade is another scan."""
    stream = io.BytesIO()
    Image.new("L", (60, 84), shade).save(stream, kind)
    return stream.getvalue()


@cache
def ofd() -> bytes:
    """Return what has the outer form of an OFD (GB/T 33190-2016): a ZIP with OFD.xml at its root."""
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w") as package:
        package.writestr("OFD.xml", '<ofd:OFD xmlns:ofd="http://www.ofdspec.org/2016"/>')
    return stream.getvalue()


@cache
def other_zip() -> bytes:
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w") as package:
        package.writestr("readme.txt", "no document")
    return stream.getvalue()
