"""Find what is wrong with a procedure before any document runs on it."""

from collections.abc import Callable, Collection, Iterable, Mapping
from graphlib import CycleError, TopologicalSorter
from typing import Any

from .calls import Call, words_wanted
from .inputs import CHOICES, DEFAULTS, MOST, Input, Kind
from .rules import CONDITIONS, SKIPS
from .stage import Stage
from .step import PASSED, SAME, Step
from .who import HOLDER, WHO, WORDS

Path = tuple[str | int, ...]
Stages = Mapping[str, Stage]


class Fault(ValueError):
    """Something wrong at a place of the file."""

    def __init__(self, path: Path, reason: str) -> None:
        super().__init__(reason)
        self.path, self.reason = path, reason


def check(start: str, stages: Stages, steps: tuple[Step, ...], effects: Collection[str]) -> None:
    """Refuse the first fault.

    Errors: Fault.
    """
    if start not in stages or stages[start].final:
        raise Fault(("start",), f"{start!r} is no stage to start at")
    for name, stage in stages.items():
        if name in (SAME, PASSED):
            raise Fault(("stages", name), "the word has a meaning of its own in a step")
        _check_stage(("stages", name), stage)
    for index, step in enumerate(steps):
        _check_step(("steps", index), step, stages, effects)
    _check_twins(steps)
    _check_ways(start, stages, steps)


def _check_stage(path: Path, stage: Stage) -> None:
    _check_calls((*path, "holders"), stage.holders, WHO, 1)
    _check_calls((*path, "skip"), stage.skip, SKIPS, 2)
    if not stage.final and not stage.holders:
        raise Fault(path, "nobody holds the stage")
    if stage.final and (stage.holders or stage.skip or stage.edit != "none"):
        raise Fault(path, "a final stage has no holders, is not passed over and its text stays")
    if stage.modes and stage.consent != "all":
        raise Fault((*path, "modes"), "only a stage where all consent says how they are asked")
    if stage.final and stage.deadline:
        raise Fault((*path, "deadline"), "nothing is to be done at a final stage, so it has no deadline")


def _check_step(path: Path, step: Step, stages: Stages, effects: Collection[str]) -> None:
    if not step.who:
        raise Fault((*path, "who"), "nobody may take the step")
    _check_calls((*path, "who"), [call for call in step.who if call != Call(HOLDER)], WHO, 1)
    _check_calls((*path, "when"), step.when, CONDITIONS, 1)
    for index, stage in enumerate(step.stages):
        if stage not in stages:
            raise Fault((*path, "from", index), f"unknown stage {stage!r}")
        if stages[stage].final:
            raise Fault((*path, "from", index), f"the final stage {stage!r} has a step out")
    if step.to not in stages and step.to not in (SAME, PASSED):
        raise Fault((*path, "to"), f"unknown stage {step.to!r}")
    if step.to in step.stages:
        raise Fault((*path, "to"), f"a step that stays says {SAME!r}")
    if step.to == PASSED and (step.direction != "back" or not {"target", "resume"} <= set(step.inputs)):
        raise Fault((*path, "to"), "a step to a passed stage goes back and has the inputs target and resume")
    for index, effect in enumerate(step.effects):
        if effect not in effects:
            raise Fault((*path, "effects", index), f"unknown effect {effect!r}")
    if "points" in step.inputs and "keep_points" not in step.effects:
        raise Fault((*path, "effects"), "a step that asks for points keeps them")
    for name, wanted in step.inputs.items():
        _check_input((*path, "inputs", name), wanted, stages)


def _check_calls(
    path: Path, calls: Iterable[Call], rules: Mapping[str, Callable[..., Any]], given: int
) -> None:
    for index, call in enumerate(calls):
        if call.name not in rules:
            raise Fault((*path, index), f"unknown rule {call.name!r}")
        wanted = words_wanted(rules[call.name], given)
        if len(call.args) != wanted:
            raise Fault((*path, index), f"{call.name} takes {wanted} words, not {len(call.args)}")
        for word in call.args:
            if word not in WORDS.get(call.name, {word}):
                raise Fault((*path, index), f"{call.name} does not know {word!r}")


def _check_input(path: Path, wanted: Input, stages: Stages) -> None:
    if wanted.name == "comment":
        raise Fault(path, "every step has a comment already")
    if (wanted.kind == "points") != (wanted.name == "points"):
        raise Fault(path, "the points of a return, and they alone, are called points")
    if wanted.kind == "choice" and wanted.choices is None:
        raise Fault(path, "a choice has choices")
    if wanted.choices is not None:
        if wanted.kind not in ("choice", "person"):
            raise Fault((*path, "choices"), f"an input of type {wanted.kind} has no choices")
        if wanted.choices not in CHOICES:
            raise Fault((*path, "choices"), f"unknown choices {wanted.choices!r}")
    if wanted.default is not None and not _fits(wanted, stages):
        raise Fault((*path, "default"), f"unknown default {wanted.default!r}")


def _fits(wanted: Input, stages: Stages) -> bool:
    default, kind = wanted.default, wanted.kind
    if isinstance(default, bool):
        return kind == "yes_no"
    if isinstance(default, int):
        return kind == "count" and 1 <= default <= MOST
    named: Kind | None = DEFAULTS.get(str(default))
    if named is not None:
        return named == kind
    literal = stages if wanted.choices == "passed_stages" else CHOICES.get(wanted.choices or "") or {}
    return default in literal


def _check_twins(steps: tuple[Step, ...]) -> None:
    taken: set[tuple[str, str]] = set()
    for index, step in enumerate(steps):
        for stage in step.stages:
            if (stage, step.action) in taken:
                raise Fault(("steps", index, "action"), f"{step.action!r} is twice at the stage {stage!r}")
            taken.add((stage, step.action))


def _check_ways(start: str, stages: Stages, steps: tuple[Step, ...]) -> None:
    ways: dict[str, set[str]] = {name: set() for name in stages}
    onward: dict[str, list[str]] = {name: [] for name in stages}
    for step in steps:
        for source in step.stages:
            if step.to in stages:
                ways[source].add(step.to)
            if step.brings_on():
                onward[source].append(step.to)
    backwards = {name: {source for source in ways if name in ways[source]} for name in stages}
    reached = _reach({start}, ways)
    ending = _reach({name for name, stage in stages.items() if stage.final}, backwards)
    for name, stage in stages.items():
        if name not in reached:
            raise Fault(("stages", name), "no step leads to the stage")
        if name not in ending:
            raise Fault(("stages", name), "dead end: no final stage can be reached from it")
        if (stage.skip or stage.consent != "any") and len(onward[name]) != 1:
            raise Fault(
                ("stages", name, "skip"), "no single forward step says where the document goes instead"
            )
    for index, step in enumerate(steps):
        if step.to == PASSED and isinstance(target := step.inputs["target"].default, str):
            _check_target(("steps", index, "inputs", "target", "default"), target, step, onward)
    try:
        TopologicalSorter(onward).prepare()
    except CycleError as error:
        raise Fault(("stages", error.args[1][0]), "forward steps lead round in a circle") from None


def _check_target(path: Path, target: str, step: Step, onward: Mapping[str, list[str]]) -> None:
    ahead = _reach({target}, {name: set(there) for name, there in onward.items()})
    for source in step.stages:
        if source == target or source not in ahead:
            raise Fault(path, f"no document has passed {target!r} when it comes to {source!r}")


def _reach(found: set[str], ways: Mapping[str, set[str]]) -> set[str]:
    new = set(found)
    while new:
        new = set().union(*(ways[name] for name in new)) - found
        found = found | new
    return found
