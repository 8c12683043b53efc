"""Read procedures from YAML, and refuse what cannot be used with file, line, key and reason."""

from collections.abc import Collection
from functools import lru_cache
from pathlib import Path
from typing import Annotated, Any, Literal

import yaml
from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, ValidationError
from pydantic_core import ErrorDetails

from . import checks, slip
from .asking import Mode
from .calls import Call, parse_call
from .checks import Fault
from .deadlines import MOST_URGENT, URGENT, Deadline, Span, read_span
from .errors import ProcedureError
from .inputs import Input, Kind
from .procedure import Procedure
from .reasons import Label
from .stage import Consent, Edit, Stage
from .step import Direction, Step
from .yaml_tree import refuse_odd

_Name = Annotated[str, Field(pattern=r"^[a-z][a-z0-9_]*$")]
_Words = Annotated[list[str], BeforeValidator(lambda given: [given] if isinstance(given, str) else given)]
_Text = Annotated[str, Field(min_length=1)]
_Span = Annotated[Span, BeforeValidator(read_span)]


class _Part(BaseModel):
    model_config = ConfigDict(extra="forbid", strict=True)


class _Label(_Part):
    zh: _Text
    en: _Text

    def made(self) -> Label:
        return Label(zh=self.zh, en=self.en)


class _Input(_Part):
    type: Kind
    label: _Label
    required: bool = False
    default: Any = None
    choices: str | None = None


class _Deadline(_Part):
    ordinary: _Span
    urgent: Annotated[_Span | None, Field(alias=URGENT)] = None
    most_urgent: Annotated[_Span | None, Field(alias=MOST_URGENT)] = None

    def made(self) -> Deadline:
        return Deadline(self.ordinary, self.urgent, self.most_urgent)


class _Stage(_Part):
    label: _Label
    holders: list[str] = []
    own: Literal["allowed", "never"] = "allowed"
    skip: list[str] = []
    edit: Edit = "none"
    consent: Consent = "any"
    modes: list[Mode] = []
    opinion: bool = False
    final: bool = False
    deadline: _Deadline | None = None


class _Step(_Part):
    action: _Name
    label: _Label
    stages: Annotated[list[str], Field(alias="from", min_length=1)]
    to: str
    direction: Direction
    who: _Words
    comment: Literal["required", "welcome"] = "welcome"
    when: list[str] = []
    effects: list[str] = []
    inputs: dict[_Name, _Input] = {}


class _Box(_Part):
    stage: str | None = None
    label: _Label | None = None


class _Row(_Part):
    room: slip.Room
    boxes: Annotated[list[_Box], Field(min_length=1, max_length=3)]


class _File(_Part):
    kind: _Name
    label: _Label
    start: str
    stages: dict[_Name, _Stage]
    steps: list[_Step]
    slip: list[_Row] | None = None


def load(path: Path, *, effects: Collection[str]) -> Procedure:
    """Read one file.

    effects: the names of the effects that the engine knows.
    Errors: ProcedureError.
    """
    try:
        text = Path(path).read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError) as error:
        raise ProcedureError(str(path), "file", str(error)) from None
    return load_text(text, file=str(path), effects=effects)


def load_folder(folder: Path, *, effects: Collection[str]) -> dict[str, Procedure]:
    """Read every *.yaml of a folder, keyed by kind.

    Errors: ProcedureError.
    """
    found: dict[str, Procedure] = {}
    for path in sorted(Path(folder).glob("*.yaml")):
        procedure = load(path, effects=effects)
        if procedure.kind in found:
            raise ProcedureError(str(path), "kind", f"{procedure.kind!r} is another file's kind")
        found[procedure.kind] = procedure
    return found


def load_text(text: str, *, file: str, effects: Collection[str]) -> Procedure:
    """Read a procedure's text; `file` is what errors call it.

    Errors: ProcedureError.
    """
    return _read(text, file, frozenset(effects))


@lru_cache(maxsize=32)
def _read(text: str, file: str, effects: Collection[str]) -> Procedure:
    try:
        root = yaml.compose(text, yaml.CSafeLoader)
        refuse_odd(root)
        data = _File.model_validate(yaml.load(text, yaml.CSafeLoader))
    except yaml.MarkedYAMLError as error:
        line = error.problem_mark.line + 1 if error.problem_mark else None
        raise ProcedureError(file, "yaml", str(error.problem), line) from None
    except yaml.YAMLError as error:
        raise ProcedureError(file, "yaml", str(error)) from None
    except ValidationError as error:
        fault = _first(error)
        raise ProcedureError(file, _key(fault.path), fault.reason, _line(root, fault.path)) from None
    try:
        stages = {name: _stage(name, given) for name, given in data.stages.items()}
        steps = tuple(_step(("steps", index), given) for index, given in enumerate(data.steps))
        checks.check(data.start, stages, steps, effects)
        rows = _slip(data.slip, stages)
    except Fault as fault:
        raise ProcedureError(file, _key(fault.path), fault.reason, _line(root, fault.path)) from None
    return Procedure(data.kind, data.label.made(), data.start, stages.values(), steps, text, rows)


def _stage(name: str, given: _Stage) -> Stage:
    return Stage(
        name=name,
        label=given.label.made(),
        holders=_calls(("stages", name, "holders"), given.holders),
        own=given.own,
        skip=_calls(("stages", name, "skip"), given.skip),
        edit=given.edit,
        consent=given.consent,
        modes=tuple(given.modes),
        opinion=given.opinion,
        final=given.final,
        deadline=given.deadline.made() if given.deadline else None,
    )


def _step(path: checks.Path, given: _Step) -> Step:
    return Step(
        action=given.action,
        label=given.label.made(),
        stages=tuple(given.stages),
        to=given.to,
        direction=given.direction,
        who=_calls((*path, "who"), given.who),
        comment_required=given.comment == "required",
        when=_calls((*path, "when"), given.when),
        effects=tuple(given.effects),
        inputs={
            name: Input(
                name, wanted.type, wanted.label.made(), wanted.required, wanted.default, wanted.choices
            )
            for name, wanted in given.inputs.items()
        },
    )


def _slip(given: list[_Row] | None, stages: dict[str, Stage]) -> tuple[slip.Row, ...] | None:
    """Return the sheet's rows; a box goes with its stage, so that an office drops a stage in one place."""
    if given is None:
        return None
    rows = []
    for number, row in enumerate(given):
        placed = [
            _place(("slip", number, "boxes", index), box, stages)
            for index, box in enumerate(row.boxes)
            if box.stage is None or box.stage in stages
        ]
        rows += [slip.Row(row.room, tuple(placed))] if placed else []
    slip.check(rows, stages)
    return tuple(rows)


def _place(path: checks.Path, box: _Box, stages: dict[str, Stage]) -> slip.Place:
    if box.label is not None:
        return slip.Place(box.stage, box.label.made())
    if box.stage is None:
        raise Fault(path, "a box has a stage, a label or both")
    return slip.Place(box.stage, stages[box.stage].label)


def _calls(path: checks.Path, texts: list[str]) -> tuple[Call, ...]:
    calls = []
    for index, text in enumerate(texts):
        try:
            calls.append(parse_call(text))
        except ValueError as error:
            raise Fault((*path, index), str(error)) from None
    return tuple(calls)


def _first(error: ValidationError) -> Fault:
    """Choose the error to tell: a misspelt key explains the missing one."""
    found: list[ErrorDetails] = sorted(error.errors(), key=lambda one: one["type"] != "extra_forbidden")
    reason = (
        "there is no such key"
        if found[0]["type"] == "extra_forbidden"
        else found[0]["msg"].removeprefix("Value error, ")
    )
    return Fault(tuple(word for word in found[0]["loc"] if word != "[key]"), reason)


def _key(path: checks.Path) -> str:
    return ".".join(map(str, path)) or "file"


def _line(root: yaml.Node | None, path: checks.Path) -> int | None:
    """Return the line of a key, or of the nearest thing around it that the file has."""
    node, line = root, 1 if root else None
    for word in path:
        if isinstance(node, yaml.MappingNode):
            here = next(((key, value) for key, value in node.value if key.value == str(word)), None)
            if here is None:
                break
            line, node = here[0].start_mark.line + 1, here[1]
        elif isinstance(node, yaml.SequenceNode) and isinstance(word, int) and word < len(node.value):
            node = node.value[word]
            line = node.start_mark.line + 1
        else:
            break
    return line
