"""Say in one sentence what each stage, step and field is for, and in two pages what a role does."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Annotated, Literal

import yaml
from pydantic import BaseModel, ConfigDict, Field, ValidationError

from .errors import ProcedureError
from .procedure import Procedure
from .reasons import Label

Subject = Literal["stages", "steps", "inputs", "fields"]
COMMENT = "comment"  # every step takes one

_Text = Annotated[str, Field(min_length=1)]


class _Part(BaseModel):
    model_config = ConfigDict(extra="forbid", strict=True)


class _Words(_Part):
    zh: _Text
    en: _Text


class _Task(_Part):
    how: _Words
    do: Annotated[list[_Words], Field(min_length=1)]


class _Role(_Part):
    name: _Text
    label: _Words
    about: _Words
    stages: list[str]
    fields: bool = False
    tasks: Annotated[list[_Task], Field(min_length=1)]


class _File(_Part):
    kind: str
    stages: dict[str, _Words]
    steps: dict[str, _Words]
    inputs: dict[str, _Words]
    fields: dict[str, _Words]
    roles: list[_Role]


@dataclass(frozen=True)
class Task:
    """Something that a role does, and how."""

    how: Label
    do: tuple[Label, ...]


@dataclass(frozen=True)
class Role:
    """Whose two pages these are; `fields` says whether the content's fields belong on them."""

    name: str
    label: Label
    about: Label
    stages: tuple[str, ...]
    fields: bool
    tasks: tuple[Task, ...]


@dataclass(frozen=True)
class Help:
    """The words to one kind of document."""

    kind: str
    sentences: Mapping[Subject, Mapping[str, Label]]
    roles: tuple[Role, ...]

    def sentence(self, subject: Subject, name: str) -> Label | None:
        """Return the sentence to a stage, step, input or field; None where an office's own has none."""
        return self.sentences[subject].get(name)


def load(path: Path) -> Help:
    """Read the help to a kind of document; raises ProcedureError."""
    try:
        return _read(path.read_text(encoding="utf-8"))
    except (OSError, UnicodeDecodeError, yaml.YAMLError) as error:
        raise ProcedureError(str(path), "file", str(error)) from None
    except ValidationError as error:
        first = error.errors()[0]
        raise ProcedureError(str(path), ".".join(map(str, first["loc"])), first["msg"]) from None


@lru_cache(maxsize=32)
def _read(text: str) -> Help:
    data = _File.model_validate(yaml.load(text, yaml.CSafeLoader))
    sentences: dict[Subject, Mapping[str, Label]] = {
        "stages": _labels(data.stages),
        "steps": _labels(data.steps),
        "inputs": _labels(data.inputs),
        "fields": _labels(data.fields),
    }
    return Help(data.kind, sentences, tuple(_role(role) for role in data.roles))


def check(path: Path, words: Help, procedure: Procedure) -> None:
    """Refuse help that names what its procedure has not, or lacks a stage, a step or an input of it.

    Errors: ProcedureError.
    """
    _compare(path, "kind", {words.kind}, {procedure.kind})
    inputs = {name for step in procedure.steps for name in step.inputs} | {COMMENT}
    _compare(path, "stages", set(words.sentences["stages"]), set(procedure.stages))
    _compare(path, "steps", set(words.sentences["steps"]), {step.action for step in procedure.steps})
    _compare(path, "inputs", set(words.sentences["inputs"]), inputs)
    for role in words.roles:
        _compare(path, f"roles.{role.name}", set(role.stages) - set(procedure.stages), set())


def _compare(path: Path, key: str, found: set[str], wanted: set[str]) -> None:
    if unknown := sorted(found - wanted):
        raise ProcedureError(str(path), key, f"there is no {', '.join(unknown)}")
    if lacking := sorted(wanted - found):
        raise ProcedureError(str(path), key, f"nothing is said of {', '.join(lacking)}")


def _labels(words: Mapping[str, _Words]) -> dict[str, Label]:
    return {name: _label(one) for name, one in words.items()}


def _label(words: _Words) -> Label:
    return Label(zh=words.zh, en=words.en)


def _role(given: _Role) -> Role:
    tasks = tuple(Task(_label(task.how), tuple(_label(one) for one in task.do)) for task in given.tasks)
    return Role(
        given.name, _label(given.label), _label(given.about), tuple(given.stages), given.fields, tasks
    )
