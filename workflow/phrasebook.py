"""Offer the texts that documents of a type begin with (模板) and their set phrases (套语)."""

import re
import tomllib
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from docgen.errors import ContentError
from docgen.reading import read_content
from docgen.sheet import TYPES, Content
from states.reasons import Reason

from .errors import Unusable

FOLDER = Path(__file__).parent / "phrases"
PLACES = ("opening", "passing", "closing")
"""Where a phrase stands in the text."""

_FIELDS = ("title", "addressees", "body", "note", "issued_text")
_PLACEHOLDER = re.compile(r"「[^「」\n]{1,30}」")
_EMPTY = re.compile(r"「[….·×xX_＿\s]+」")
_MOST_TOLD = 8


@dataclass(frozen=True)
class Template:
    """What a new document starts with; 「…」 in it is to be filled in."""

    id: str
    name: str
    content: Mapping[str, Any]


@dataclass(frozen=True)
class Phrases:
    """One type's templates, and its set phrases by their place."""

    type: str
    templates: tuple[Template, ...]
    phrases: Mapping[str, tuple[str, ...]]


@cache
def phrasebook() -> tuple[Phrases, ...]:
    """Return the phrases of every type that has some, in the order of the types."""
    return load(FOLDER)


def template(id_: str) -> Template | None:
    """Return a template by its id."""
    return next((one for kind in phrasebook() for one in kind.templates if one.id == id_), None)


def load(folder: Path) -> tuple[Phrases, ...]:
    """Read a folder of TOML files, one a type.

    Raises Unusable, which names the file and what is wrong with it.
    """
    found: dict[str, Phrases] = {}
    for path in sorted(folder.glob("*.toml")):
        try:
            one = _read(path.stem, tomllib.loads(path.read_text(encoding="utf-8")))
        except (ValueError, TypeError, KeyError, ContentError) as error:
            raise Unusable(f"{path.name}: {error}") from error
        if one.type in found:
            raise Unusable(f"{path.name}: another file has the phrases of {one.type}")
        found[one.type] = one
    return tuple(found[kind] for kind in TYPES if kind in found)


def _read(stem: str, data: Mapping[str, Any]) -> Phrases:
    _only(data, ("type", "phrases", "templates"))
    if data["type"] not in TYPES:
        raise ValueError(f"{data['type']} is none of the types")
    _only(data["phrases"], PLACES)
    templates = tuple(_template(stem, data["type"], one) for one in data.get("templates", ()))
    if len({one.id for one in templates}) < len(templates):
        raise ValueError("two templates have one id")
    phrases = {place: tuple(map(_phrase, data["phrases"].get(place, ()))) for place in PLACES}
    return Phrases(data["type"], templates, phrases)


def _template(stem: str, kind: str, data: Mapping[str, Any]) -> Template:
    _only(data, ("id", "name", *_FIELDS))
    given = {name: data[name] for name in _FIELDS if name in data}
    content = read_content({"type": kind, **given})
    if not content.title.endswith((kind, f"复{kind}")):
        raise ValueError(f"the title of {data['name']} does not end with its type")
    whole = content.to_dict()
    return Template(
        f"{stem}-{data['id']}", str(data["name"]), {name: whole[name] for name in ("type", *given)}
    )


def _phrase(text: object) -> str:
    if not (isinstance(text, str) and text.strip() == text and text):
        raise ValueError(f"{text!r} is no phrase")
    return text


def _only(data: Mapping[str, Any], known: Iterable[str]) -> None:
    unknown = sorted(set(data) - set(known))
    if unknown:
        raise ValueError(f"there is no such key: {', '.join(unknown)}")


@cache
def placeholders() -> frozenset[str]:
    """Return every placeholder of the templates and phrases."""
    texts: list[str] = []
    for kind in phrasebook():
        texts += [str(value) for one in kind.templates for value in _texts(one.content.values())]
        texts += [phrase for of_place in kind.phrases.values() for phrase in of_place]
    return frozenset(found for text in texts for found in _PLACEHOLDER.findall(text))


def unfilled(content: Content) -> tuple[Reason, ...]:
    """Return what a drafter has still to fill in, as a reason for not submitting; nothing if there is none.

    Only what a template or a phrase has put there counts, and brackets around nothing: 「」 may be meant.
    """
    plain = content.to_dict()
    texts = [text for name in (*_FIELDS, "attachments") for text in _texts([plain[name]])]
    found = [word for text in texts if "「" in text for word in _PLACEHOLDER.findall(text)]
    left = dict.fromkeys(word for word in found if word in placeholders() or _EMPTY.fullmatch(word))
    if not left:
        return ()
    told = "".join(list(left)[:_MOST_TOLD]) + ("……" if len(left) > _MOST_TOLD else "")
    params = {"places": told, "count": str(len(left))}
    return (Reason("Still to be filled in (%(count)s): %(places)s", params),)


def _texts(values: Iterable[Any]) -> Iterator[str]:
    for value in values:
        if isinstance(value, str):
            yield value
        elif isinstance(value, Mapping):
            yield from _texts(value.values())
        elif isinstance(value, (list, tuple)):
            yield from _texts(value)
