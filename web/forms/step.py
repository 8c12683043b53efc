"""Make a form of what a step asks for, and read it back."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from werkzeug.datastructures import MultiDict

from states.reasons import Reason
from states.step import Step
from workflow.choices import Colleague
from workflow.describe import Action

from ..language import language
from .points import rows_of

SEVERAL = ("people", "units")  # kinds of which several may be chosen


@dataclass(frozen=True)
class Entry:
    """One thing to enter: how it is asked for, and what stands there."""

    name: str
    kind: str  # text, count, choice, person, people, units, yes_no, line, date, file, points
    title: str
    required: bool
    optional: bool  # nothing is proposed, and it may stay open
    value: Any
    options: Sequence[tuple[Any, str]]


@dataclass(frozen=True)
class StepForm:
    """A step as a form: its button, what it asks for, and why it cannot be taken."""

    name: str
    label: Mapping[str, str]
    direction: str
    allowed: bool
    forbidden: bool  # it is for others
    reasons: tuple[Reason, ...]
    entries: list[Entry]
    comment: str
    comment_required: bool
    wrong: list[str]

    @property
    def brings_files(self) -> bool:
        """Say whether a file may come with it."""
        return any(entry.kind == "file" for entry in self.entries)

    @property
    def asks(self) -> bool:
        """Say whether something must or may be entered before the step is taken."""
        return bool(self.entries) or self.comment_required


def step_form(
    action: Action,
    forbidden: bool,
    colleagues: Callable[[], Sequence[Colleague]],
    units: Callable[[], Sequence[tuple[str, str]]],
    typed: MultiDict[str, str] | None = None,
    wrong: list[str] | None = None,
) -> StepForm:
    """Return a step's form.

    typed: what was entered before it was refused.
    """
    schema = action.inputs(language())
    entries = [
        _entry(name, action.step.inputs[name].kind, schema, colleagues, units, typed)
        for name in action.step.inputs
        if name in schema["properties"] and not forbidden
    ]
    return StepForm(
        action.name,
        action.label,
        action.direction,
        action.allowed,
        forbidden,
        action.reasons,
        entries,
        typed.get("comment", "") if typed else "",
        action.step.comment_required,
        wrong or [],
    )


def _entry(
    name: str,
    kind: str,
    schema: Mapping[str, Any],
    colleagues: Callable[[], Sequence[Colleague]],
    units: Callable[[], Sequence[tuple[str, str]]],
    typed: MultiDict[str, str] | None,
) -> Entry:
    asked = schema["properties"][name]
    options = [(one["const"], one["title"]) for one in asked.get("oneOf", ())]
    if kind == "people" or (kind == "person" and "enum" not in asked):
        options = [(person.username, f"{person.name} · {person.title}") for person in colleagues()]
    elif kind == "units":
        options = [*units()]
    value = asked.get("default")
    if typed is not None and kind != "file":
        value = typed.getlist(name) if kind in SEVERAL else typed.get(name)
    if typed is not None and kind == "points":
        value = rows_of(typed)
    if kind in SEVERAL:
        options = chosen_first(options, value or ())
    required = name in schema["required"] or asked.get("minLength", 0) > 0
    optional = not required and "default" not in asked
    return Entry(name, kind, asked["title"], required, optional, value, options)


def chosen_first(options: Sequence[tuple[Any, str]], chosen: Sequence[Any]) -> list[tuple[Any, str]]:
    """Return the options with those that are chosen in front, in their order: they may be asked in turn."""
    place = {value: number for number, value in enumerate(chosen)}
    return sorted(options, key=lambda one: place.get(one[0], len(place)))


def read_step(step: Step, form: MultiDict[str, str]) -> dict[str, Any]:
    """Return a step's inputs and the comment from a form; what the form lacks is left to its default."""
    inputs: dict[str, Any] = {"comment": form.get("comment", "")}
    for name, wanted in step.inputs.items():
        if wanted.kind in SEVERAL:
            inputs[name] = form.getlist(name)
        elif wanted.kind == "yes_no":
            inputs[name] = name in form
        elif wanted.kind == "points":
            inputs[name] = rows_of(form)
        elif name in form:
            inputs[name] = form[name]
    return inputs
