"""Turn the form of an application into its content, and content into what the form shows."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from flask_babel import gettext
from werkzeug.datastructures import MultiDict

from workflow.campaigns.points import read_points, write_points
from workflow.errors import ContentError, Problem

Typed = dict[str, Any]  # what stands in the form, all of it texts but `pledged`

UNIT = (
    "credit_code", "nature", "legal_person", "in_charge", "staff", "members", "address", "contact", "phone",
)  # fmt: skip
COUNTS = ("staff", "members")
TITLE = ("title", "level", "term", "number", "date")
TEXTS = ("overview", "practice", "highlights", "honours")
BLANK_ROWS = 2  # of titles, so that more can be added without a script
MOST_ROWS = 40
NOT_TYPED = {"csrf_token", "key", "words", "version", "code"}


def of_content(content: Mapping[str, Any]) -> Typed:
    """Return what the form shows of a content."""
    unit = content["unit"]
    return {
        "unit": {name: "" if unit[name] is None else str(unit[name]) for name in UNIT},
        "titles": [*({name: one[name] for name in TITLE} for one in content["titles_held"]), *_blank_rows()],
        **{name: content[name] for name in TEXTS},
        "pledged": content["pledged"],
        "points": {one["indicator"]: write_points(one["points"]) for one in content["answers"]},
        "statements": {one["indicator"]: one["statement"] for one in content["answers"]},
    }


def of_form(form: MultiDict[str, str]) -> Typed:
    """Return what a form holds, as it was typed."""
    rows = zip(*(form.getlist(f"title.{name}") for name in TITLE), strict=False)
    titles = [dict(zip(TITLE, row, strict=True)) for row in rows if any(map(str.strip, row))]
    return {
        "unit": {name: form.get(f"unit.{name}", "") for name in UNIT},
        "titles": [*titles[:MOST_ROWS], *_blank_rows()],
        **{name: form.get(name, "") for name in TEXTS},
        "pledged": form.get("pledged") == "yes",
        "points": _of(form, "points."),
        "statements": _of(form, "statement."),
    }


def _of(form: MultiDict[str, str], prefix: str) -> dict[str, str]:
    return {name.removeprefix(prefix): value for name, value in form.items() if name.startswith(prefix)}


def _blank_rows() -> list[dict[str, str]]:
    return [dict.fromkeys(TITLE, "") for _ in range(BLANK_ROWS)]


def read(typed: Typed, present: Mapping[str, Any]) -> dict[str, Any]:
    """Return the content that was typed, with the files of the present one.

    Raises ContentError where points are no number.
    """
    problems: list[Problem] = []
    files = {one["indicator"]: one["evidence"] for one in present["answers"]}
    codes = dict.fromkeys((*files, *typed["points"], *typed["statements"]))
    answers = [
        {
            "indicator": code,
            "points": _points(code, typed["points"].get(code, ""), problems),
            "statement": typed["statements"].get(code, ""),
            "evidence": files.get(code, []),
        }
        for code in codes
    ]
    if problems:
        raise ContentError(problems)
    return {
        "campaign": present["campaign"],
        "category": present["category"],
        "unit": {
            **{name: value for name, value in typed["unit"].items() if name not in COUNTS},
            **{name: _count(typed["unit"].get(name, "")) for name in COUNTS},
        },
        "titles_held": [one for one in typed["titles"] if any(map(str.strip, one.values()))],
        **{name: typed[name] for name in TEXTS},
        "pledged": typed["pledged"],
        "answers": [one for one in answers if _says_something(one)],
        "signed_form": present["signed_form"],
    }


def _says_something(answer: Mapping[str, Any]) -> bool:
    return answer["points"] is not None or bool(answer["statement"].strip() or answer["evidence"])


def _points(code: str, text: str, problems: list[Problem]) -> int | None:
    if not text.strip():
        return None
    points = read_points(text)
    if points is None:
        typed = {"typed": text.strip()[:20]}
        problems.append(Problem(f"points.{code}", "%(typed)s is no number of points such as 1.5", typed))
    return points


def _count(text: str) -> int | str | None:
    """Return a number; what is none is left as it is, to be refused."""
    plain = text.strip()
    return int(plain) if plain.isascii() and plain.isdigit() and len(plain) < 9 else plain or None


def places(problems: Iterable[Problem], data: Mapping[str, Any]) -> list[tuple[str, Problem]]:
    """Return problems with the names of the form's fields at which they are told."""
    return [(_place(problem.where, data), problem) for problem in problems]


def _place(where: str, data: Mapping[str, Any]) -> str:
    path, _, part = where.partition(".")
    name, _, number = path.rstrip("]").partition("[")
    if name == "answers" and number.isdigit():
        code = data["answers"][int(number)]["indicator"]
        kind = part.partition("[")[0]
        return f"{ {'points': 'points', 'evidence': 'evidence'}.get(kind, 'statement') }.{code}"
    if name == "titles_held":
        return "titles_held"
    return where


def field_label(name: str) -> str:
    """Return what a field of the form is called."""
    words: dict[str, str] = {
        "credit_code": gettext("Credit code"),
        "nature": gettext("Nature of the unit"),
        "legal_person": gettext("Head of the unit"),
        "in_charge": gettext("Leader in charge"),
        "staff": gettext("Number of staff"),
        "members": gettext("Number of Party members"),
        "address": gettext("Address of the unit"),
        "contact": gettext("Contact person"),
        "phone": gettext("Telephone"),
        "title": gettext("Title held"),
        "level": gettext("Level of the title"),
        "term": gettext("Term of the title"),
        "number": gettext("Number of the conferring document"),
        "date": gettext("Conferred on"),
        "overview": gettext("Overview"),
        "practice": gettext("What was done and what came of it"),
        "highlights": gettext("Highlights"),
        "honours": gettext("Honours of the last three years"),
    }
    return words[name]


def kept(form: MultiDict[str, str]) -> list[Sequence[str]]:
    """Return a form's fields as the unsaved copy keeps them."""
    return [[name, value] for name, value in form.items(multi=True) if name not in NOT_TYPED]


def of_kept(fields: Iterable[Sequence[str]]) -> Typed:
    """Return what an unsaved copy holds."""
    return of_form(MultiDict([(name, value) for name, value in fields]))
