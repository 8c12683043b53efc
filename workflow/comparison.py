"""Show what changed between two texts of a document, sentence by sentence."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from difflib import SequenceMatcher
from typing import Any, Literal

from docgen.picture_lines import in_words

_SENTENCE = re.compile(r"[^。！？；\n]*(?:[。！？；\n]+|$)")
_ALIKE = 0.4  # two sentences less alike than this are shown whole, not woven into one
_LONGEST_WOVEN = 2000

Kind = Literal["same", "out", "in"]
Run = tuple[Kind, str]


@dataclass(frozen=True)
class FieldChange:
    """A field whose text changed; `field` is named as in the content (`attachments[0].body`)."""

    field: str
    runs: list[Run]


def compare(before: Mapping[str, Any], after: Mapping[str, Any]) -> list[FieldChange]:
    """Return the fields that differ between two contents, each with its runs of text."""
    old, new = fields_of(before), fields_of(after)
    return [
        FieldChange(name, runs(old.get(name, ""), new.get(name, "")))
        for name in max(old, new, key=len)  # the one with more attachments names every field
        if old.get(name, "") != new.get(name, "")
    ]


def runs(old: str, new: str) -> list[Run]:
    """Return a text's change as runs that stayed, went out and came in."""
    before, after = _SENTENCE.findall(old), _SENTENCE.findall(new)
    found: list[Run] = []
    for tag, i1, i2, j1, j2 in SequenceMatcher(None, before, after, autojunk=False).get_opcodes():
        if tag == "equal":
            found.append(("same", "".join(before[i1:i2])))
        elif tag == "replace" and i2 - i1 == j2 - j1:
            for left, right in zip(before[i1:i2], after[j1:j2], strict=True):
                found += _woven(left, right)
        else:
            found += [("out", "".join(before[i1:i2])), ("in", "".join(after[j1:j2]))]
    return [run for run in found if run[1]]


def changed_sentences(change: FieldChange) -> list[list[Run]]:
    """Return only the sentences of a field in which something changed."""
    sentences: list[list[Run]] = [[]]
    for kind, text in change.runs:
        for piece in _SENTENCE.findall(text):
            if not piece:
                continue
            sentences[-1].append((kind, piece.replace("\n", "")))
            if piece[-1] in "。！？；\n" and kind == "same":
                sentences.append([])
    return [sentence for sentence in sentences if any(kind != "same" for kind, _ in sentence)]


def _woven(left: str, right: str) -> Iterator[Run]:
    matcher = SequenceMatcher(None, left, right, autojunk=False)
    if len(left) + len(right) > _LONGEST_WOVEN or matcher.ratio() < _ALIKE:
        yield from (("out", left), ("in", right))
        return
    for tag, i1, i2, j1, j2 in matcher.get_opcodes():
        if tag == "equal":
            yield ("same", left[i1:i2])
        else:
            yield ("out", left[i1:i2])
            yield ("in", right[j1:j2])


def fields_of(content: Mapping[str, Any]) -> dict[str, str]:
    """Return a content's texts by field name, in the order of the paper."""
    issued = content.get("issued_text") or {}
    found = {name: content.get(name) or "" for name in ("type", "title", "addressees", "body")}
    found["body"] = in_words(found["body"])
    found["issued_text.title"] = issued.get("title") or ""
    found["issued_text.body"] = in_words(issued.get("body") or "")
    for number, part in enumerate(content.get("attachments") or ()):
        found[f"attachments[{number}].title"] = part.get("title") or ""
        found[f"attachments[{number}].body"] = in_words(part.get("body") or "")
        found[f"attachments[{number}].file"] = _file(part["file"]) if part.get("file") else ""
    found |= {name: content.get(name) or "" for name in ("copy_to", "urgency", "note", "agency")}
    there = content.get("attendance") or {}
    found |= {f"attendance.{name}": there.get(name) or "" for name in ("present", "absent", "observers")}
    found["seal"] = {True: "用印", False: "不用印"}.get(content.get("seal"), "")  # type: ignore[arg-type]
    found |= {name: "是" if content.get(name) else "" for name in ("stamp", "numbered")}
    disclosure = content.get("disclosure") or {}
    found["disclosure"] = "：".join(filter(None, (disclosure.get("kind"), disclosure.get("reason"))))
    found["basis"] = content.get("basis") or ""
    found["pictures"] = "\n".join(map(_file, content.get("pictures") or ()))
    found["references"] = "\n".join(map(_file, content.get("references") or ()))
    found |= {name: content.get(name) or "" for name in ("contact", "distribution", "form")}
    found["co_agencies"] = "、".join(content.get("co_agencies") or ())
    found["lead_only"] = "仅用主办机关标志" if content.get("lead_only") else ""
    found["copies"] = str(content.get("copies") or "")
    found["ends"] = "\n".join(map(_ending, content.get("ends") or ()))
    return found


_ENDED = {"rescind": "撤销", "repeal": "废止", "replace": "更正重发"}


def _ending(ending: Mapping[str, Any]) -> str:
    """Return in words what becomes of an earlier document."""
    since = f"自{day}起" if (day := ending.get("from_date")) else ""
    why = f"（{reason}）" if (reason := ending.get("reason")) else ""
    return f"{since}{_ENDED.get(ending['act'], ending['act'])}{ending['number']}{why}"


def _file(file: Mapping[str, Any]) -> str:
    """Return a file in words; two of one name and size are told apart by a piece of their hash."""
    return f"{file['name']}（{file['size']:,} 字节，校验码 {file['sha256'][:8]}）"
