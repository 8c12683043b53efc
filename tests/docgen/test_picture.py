"""A picture is taken in upright, no larger than print needs, and with nothing beside it."""

import io

import pytest
from PIL import Image

from docgen.errors import ContentError
from docgen.picture import LONGEST_SIDE, clean_picture, is_clean, size_of, thumbnail
from tests.docgen.pictures import PLACE, photo
from tests.files import huge_png, pdf_file, png_file

KINDS = ("JPEG", "PNG")


def red_corners(data: bytes) -> list[str]:
    """Return in which corners of a picture the red is."""
    with Image.open(io.BytesIO(data)) as image:
        shown, (width, height) = image.convert("RGB"), image.size
    places = {"upper left": (2, 2), "upper right": (width - 3, 2), "lower left": (2, height - 3)}
    return [name for name, place in places.items() if shown.getpixel(place)[0] > 128]  # type: ignore[index]


@pytest.mark.parametrize("kind", KINDS)
def test_what_cameras_write_is_left_out_and_the_picture_stays_as_it_is(kind: str) -> None:
    data = photo(kind=kind)
    clean = clean_picture(data, "图", "file")
    assert PLACE in data
    assert PLACE not in clean
    assert Image.open(io.BytesIO(clean)).tobytes() == Image.open(io.BytesIO(data)).tobytes()
    assert not is_clean(data)


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("turned", [1, 6])
def test_a_picture_from_here_stays_as_it_is(kind: str, turned: int) -> None:
    clean = clean_picture(photo(kind=kind, turned=turned), "图", "file")
    assert clean_picture(clean, "图", "file") == clean
    assert is_clean(clean)


@pytest.mark.parametrize("kind", KINDS)
def test_a_picture_on_its_side_is_turned(kind: str) -> None:
    clean = clean_picture(photo(kind=kind, turned=6), "图", "file")
    assert (size_of(photo(kind=kind)), size_of(clean)) == ((120, 80), (80, 120))
    assert (red_corners(photo(kind=kind)), red_corners(clean)) == (["upper left"], ["upper right"])


@pytest.mark.parametrize("kind", KINDS)
def test_a_very_large_picture_is_made_smaller(kind: str) -> None:
    clean = clean_picture(photo(2 * LONGEST_SIDE, 300, kind=kind), "图", "file")
    assert size_of(clean) == (LONGEST_SIDE, 150)
    assert red_corners(clean) == ["upper left"]


@pytest.mark.parametrize("mode", ["1", "L", "LA", "P", "RGBA", "I;16"])
def test_any_kind_of_pixels_is_taken(mode: str) -> None:
    stream = io.BytesIO()
    Image.new(mode, (LONGEST_SIDE + 10, 4)).save(stream, "PNG")
    assert is_clean(clean_picture(stream.getvalue(), "图", "file"))


def test_a_second_picture_behind_the_first_is_left_out() -> None:
    assert clean_picture(png_file() + PLACE, "图", "file") == clean_picture(png_file(), "图", "file")
    assert PLACE not in clean_picture(photo() + PLACE, "图", "file")


REFUSED = {
    "nothing": (b"", "is empty"),
    "a film": (b"GIF89a" + bytes(99), "neither PNG nor JPEG"),
    "a drawing of Windows": (b"\xd7\xcd\xc6\x9a" + bytes(99), "neither PNG nor JPEG"),
    "a document that calls itself a picture": (pdf_file(), "neither PNG nor JPEG"),
    "half a picture": (photo(400, 400)[:2500], "damaged"),
    "half a drawing": (png_file(400, 400)[:200], "damaged"),
    "a picture of no end": (huge_png(), "million pixels"),
}


@pytest.mark.parametrize("case", REFUSED)
def test_what_is_no_picture_is_refused_in_words(case: str) -> None:
    data, words = REFUSED[case]
    with pytest.raises(ContentError) as refusal:
        clean_picture(data, "现场.png", "pictures[0]")
    (problem,) = refusal.value.problems
    assert problem.where == "pictures[0]"
    assert words in str(problem)
    assert "现场.png" in str(problem)


def test_a_thumbnail_is_small_and_shows_the_picture_on_white() -> None:
    small = thumbnail(clean_picture(photo(900, 600), "图", "file"))
    assert size_of(small) == (320, 213)
    assert red_corners(small) == ["upper left"]
    clear = io.BytesIO()
    Image.new("RGBA", (8, 8), (0, 0, 0, 0)).save(clear, "PNG")
    assert Image.open(io.BytesIO(thumbnail(clear.getvalue()))).getpixel((4, 4)) == (255, 255, 255)
