"""Take in the picture of somebody's signature."""

import io

from PIL import Image, ImageOps

from .errors import ContentError, Problem
from .files import examine

MOST_BYTES = 1024 * 1024
LARGEST = (1200, 600)  # pixels: 300 to the inch on a box of the approval sheet

_TOO_LARGE = Problem("", "%(name)s has more than %(most)s MB.", {"most": str(MOST_BYTES // 1024**2)})
_NO_PICTURE = Problem("", "%(name)s is neither PNG nor JPEG.")


def clean_signature(data: bytes) -> bytes:
    """Return the picture as PNG with nothing but its pixels, made smaller where it is very large.

    Raises ContentError, whose problems leave %(name)s open.
    """
    if len(data) > MOST_BYTES:
        raise ContentError([_TOO_LARGE])
    if examine(data, "", "") not in ("png", "jpeg"):
        raise ContentError([_NO_PICTURE])
    with Image.open(io.BytesIO(data), formats=("PNG", "JPEG")) as picture:
        upright = ImageOps.exif_transpose(picture).convert("RGBA")
    upright.thumbnail(LARGEST)
    written = io.BytesIO()
    upright.save(written, "PNG", optimize=True)
    return written.getvalue()
