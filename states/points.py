"""Read what is said at single places when a document is sent back (退回), and describe it as JSON Schema."""

from collections.abc import Iterator, Mapping
from typing import Any

from .errors import NotReady
from .reasons import Label, Reason

MOST = 50
OTHER = "other"
KINDS: Mapping[str, Label] = {
    "wording": Label(zh="文字", en="Wording"),
    "fact": Label(zh="事实", en="Facts"),
    "form": Label(zh="格式", en="Form"),
    "basis": Label(zh="依据", en="Grounds"),
    "unheeded": Label(zh="意见未采纳", en="Opinion not taken up"),
    OTHER: Label(zh="其他", en="Other"),
}
_KEYS = ("place", "kind", "text")


def schema(language: str) -> dict[str, Any]:
    """Return the JSON Schema of points, names in `language` (zh or en).

    A place is named as the content names it, a paragraph by its place in its text: `title`, `body[2]`,
    `attachments[0].body[1]`; '' is the whole document.
    """
    kinds = [{"const": name, "title": label[language]} for name, label in KINDS.items()]
    properties = {
        "place": {"type": "string", "default": ""},
        "kind": {"type": "string", "enum": list(KINDS), "oneOf": kinds, "default": OTHER},
        "text": {"type": "string", "minLength": 1},
    }
    point = {"type": "object", "properties": properties, "required": ["text"], "additionalProperties": False}
    return {"type": "array", "maxItems": MOST, "items": point}


def read(given: Any) -> tuple[dict[str, str], ...]:
    """Return points with place, kind and text; raises NotReady with every reason."""
    if not isinstance(given, list | tuple) or not all(isinstance(one, Mapping) for one in given):
        raise NotReady([Reason("Points are a list; each has a text, and may have a place and a kind")])
    wrong = [reason for n, one in enumerate(given, 1) for reason in _wrong(str(n), one)]
    if len(given) > MOST:
        wrong.append(Reason("At most %(most)s points are given at once", {"most": str(MOST)}))
    if wrong:
        raise NotReady(wrong)
    return tuple(
        {"place": one.get("place") or "", "kind": one.get("kind") or OTHER, "text": one["text"].strip()}
        for one in given
    )


def _wrong(n: str, one: Mapping[Any, Any]) -> Iterator[Reason]:
    for key in one:
        if key not in _KEYS:
            yield Reason("Point %(n)s has no field %(key)s", {"n": n, "key": str(key)})
    if not isinstance(one.get("place") or "", str):
        yield Reason("Point %(n)s: the place must be text", {"n": n})
    kind = one.get("kind") or OTHER
    if not isinstance(kind, str) or kind not in KINDS:
        yield Reason("Point %(n)s: there is no kind %(kind)s", {"n": n, "kind": str(kind)})
    text = one.get("text")
    if not isinstance(text, str) or not text.strip():
        yield Reason("Say in words what is meant by point %(n)s", {"n": n})
