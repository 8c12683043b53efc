"""A scan is shown page by page, no larger than a screen needs it."""

import io

import pytest
from PIL import Image

from docgen.foreign import pictures_of
from docgen.pdf import ConverterFailed


def sizes(pictures: list[bytes]) -> list[tuple[int, int]]:
    return [Image.open(io.BytesIO(picture)).size for picture in pictures]


def test_each_page_of_a_tiff_is_a_picture() -> None:
    pages = [Image.new("1", (800, 1100)), Image.new("L", (400, 300))]
    stream = io.BytesIO()
    pages[0].save(stream, "TIFF", save_all=True, append_images=pages[1:])
    assert sizes(pictures_of(stream.getvalue())) == [(800, 1100), (400, 300)]


def test_a_large_scan_is_made_smaller() -> None:
    stream = io.BytesIO()
    Image.new("RGB", (3000, 6000)).save(stream, "JPEG")
    assert sizes(pictures_of(stream.getvalue())) == [(1000, 2000)]


def test_what_cannot_be_shown_is_told() -> None:
    with pytest.raises(ConverterFailed):
        pictures_of(b"no picture")
