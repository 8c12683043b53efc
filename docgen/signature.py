"""Take in the picture of somebody's signature."""

import io

from PIL import Image, ImageOps

from .errors import ContentError, Problem
from .files import examine

MOST_BYTES = 1024 * 1024
LARGEST = (1200, 600)  # pixels: 300 to the inch on a box of the approval sheet


def clean_signature(data: bytes, name: str) -> bytes:
    """Return the picture as PNG with nothing but its pixels, made smaller where it is very large.

    `name` is what the reader is told about. Raises ContentError.
    """
    if len(data) > MOST_BYTES:
        most = {"name": name, "most": str(MOST_BYTES // 1024**2)}
        raise ContentError([Problem("", "%(name)s has more than %(most)s MB.", most)])
    if examine(data, name, "") not in ("png", "jpeg"):
        raise ContentError([Problem("", "%(name)s is neither PNG nor JPEG.", {"name": name})])
    with Image.open(io.BytesIO(data), formats=("PNG", "JPEG")) as picture:
        upright = ImageOps.exif_transpose(picture).convert("RGBA")
    upright.thumbnail(LARGEST)
    written = io.BytesIO()
    upright.save(written, "PNG", optimize=True)
    return written.getvalue()
