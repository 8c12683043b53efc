"""Hold a content's list of pictures against the lines that stand for them."""

from collections.abc import Iterator

from .adjust import texts
from .errors import Problem
from .picture_lines import PictureLine, read_picture
from .sheet import Content, FileRef

MOST_PICTURES = 30
LONGEST_CAPTION = 100
EXTENSIONS = ("png", "jpg", "jpeg")


def picture_lines(content: Content) -> Iterator[tuple[str, PictureLine]]:
    """Yield the lines that stand for pictures in the order of the paper, each after its field's name."""
    for field, text in texts(content):
        if "!" in text or "！" in text:
            for line in text.split("\n"):
                if picture := read_picture(line.strip()):
                    yield field, picture


def problems(content: Content) -> Iterator[Problem]:
    """Yield what is wrong with a content's pictures and with the lines that stand for them."""
    names = [file.name for file in content.pictures]
    for place, name in enumerate(names):
        if name.rpartition(".")[2].lower() not in EXTENSIONS:
            yield Problem(f"pictures[{place}]", "%(name)s is neither PNG nor JPEG.", {"name": name})
        if name in names[:place]:
            yield Problem(
                f"pictures[{place}]",
                "Two pictures are named %(name)s; give one of them another name.",
                {"name": name},
            )
    for field, picture in picture_lines(content):
        if picture.name not in names:
            yield Problem(
                field,
                "There is no picture named %(name)s: add it, or mend the name in this line.",
                {"name": picture.name[:60]},
            )
        elif len(picture.caption) > LONGEST_CAPTION:
            yield Problem(
                field,
                "The caption of %(name)s has more than %(most)s characters.",
                {"name": picture.name, "most": str(LONGEST_CAPTION)},
            )


def unplaced(content: Content) -> list[FileRef]:
    """Return the pictures that no line names: they are kept, and stand nowhere on paper."""
    named = {picture.name for _, picture in picture_lines(content)}
    return [file for file in content.pictures if file.name not in named]
