"""Read what people enter for a step: cleaned, proposals filled in, people looked up."""

from collections.abc import Mapping, Sequence
from typing import Any

from sqlalchemy import select

from docgen.errors import TextError
from docgen.text import clean_text
from states.case import Case
from states.errors import NotReady
from states.reasons import Reason
from states.step import Step

from . import asking
from .asking import OF_PEOPLE
from .directory import find_by_usernames
from .models import Unit
from .points.places import places_of, quoted
from .proposals import propose, unit_names
from .work import Work

LONGEST = 2000  # characters of an opinion, a reason or any other text of a step


def clean_entry(text: str, *, limit: int = LONGEST, lines: bool = True) -> str:
    """Return a text as it is kept with a movement; raises NotReady with every reason."""
    try:
        return clean_text(text, where="", limit=limit, lines=lines)
    except TextError as error:
        raise NotReady(Reason(problem.message, problem.params) for problem in error.problems) from error


def clean_entries(raw: Mapping[str, Any]) -> tuple[dict[str, Any], list[Reason]]:
    """Clean every text among a step's inputs; what cannot be used is left out and told."""
    clean: dict[str, Any] = {}
    wrong: list[Reason] = []
    for name, value in raw.items():
        try:
            clean[name] = _clean(value)
        except NotReady as refusal:
            wrong += refusal.reasons
    return clean, wrong


def _clean(value: Any) -> Any:
    if isinstance(value, str):
        return clean_entry(value)
    if isinstance(value, list | tuple):
        return [_clean(item) for item in value]
    if isinstance(value, Mapping):
        return {name: _clean(item) for name, item in value.items()}
    return value


def read_entries(
    work: Work, step: Step, case: Case, raw: Mapping[str, Any]
) -> tuple[dict[str, Any], tuple[Reason, ...]]:
    """Return the inputs with people as ids, and what is wrong with them."""
    provided: Mapping[str, Any] = {}
    clean, wrong = clean_entries(raw)
    try:
        if step.inputs:
            provided = propose(work.session, work.procedure, step, case, work.document)
        inputs = step.read(clean, provided)
    except NotReady as refusal:
        told = _plainly(work, step, case, clean, provided, refusal.reasons)
        return {"comment": ""}, (*wrong, *told)
    for name, field in step.inputs.items():
        if field.kind == "people":
            inputs[name] = _ids(work, inputs[name] or (), wrong)
        elif field.kind == "units":
            inputs[name] = _unit_ids(work, inputs[name] or (), wrong)
        elif field.kind == "person" and inputs[name]:
            inputs[name] = next(iter(_ids(work, (inputs[name],), wrong)), None)
        elif field.kind == "points" and inputs[name]:
            inputs[name] = _placed(work, inputs[name], wrong)
    return inputs, tuple(wrong)


def _plainly(
    work: Work,
    step: Step,
    case: Case,
    clean: Mapping[str, Any],
    provided: Mapping[str, Any],
    reasons: Sequence[Reason],
) -> list[Reason]:
    """Say of people who are none of the choices why they are none."""
    names = [clean[name] for name, one in step.inputs.items() if one.choices in OF_PEOPLE and clean.get(name)]
    if not names or not provided:
        return list(reasons)
    here, known = work.procedure.stages[case.state], find_by_usernames(work.session, map(str, names))
    told = asking.refused(case, here, step, clean, provided, known)
    labels = [step.inputs[name].label for name in told]
    return [*told.values(), *(why for why in reasons if why.params.get("input") not in labels)]


def _placed(
    work: Work, points: Sequence[Mapping[str, str]], wrong: list[Reason]
) -> tuple[dict[str, str], ...]:
    """Return points with the words that stand at their places; a place that the text has not is wrong."""
    known, found = places_of(work.content()), []
    for n, one in enumerate(points, 1):
        if one["place"] and one["place"] not in known:
            params = {"n": str(n), "place": one["place"]}
            wrong.append(Reason("Point %(n)s: the document has no place %(place)s", params))
        else:
            found.append({**one, "quoted": quoted(one["place"], known)})
    return tuple(found)


def _unit_ids(work: Work, names: tuple[str, ...], wrong: list[Reason]) -> tuple[int, ...]:
    found = []
    rows = work.session.execute(select(Unit.id, Unit.name).where(Unit.name.in_(names), Unit.internal))
    known = {row.name: row.id for row in rows} if names else {}
    for name in names:
        if name not in known:
            wrong.append(Reason("There is no unit called %(name)s in the office", {"name": name}))
        elif set(work.directory.heads(known[name])) <= {work.document["drafter_id"]}:
            wrong.append(Reason("%(name)s has no head who could be asked", {"name": name}))
        else:
            found.append(known[name])
    return tuple(found)


def _ids(work: Work, names: tuple[str, ...], wrong: list[Reason]) -> tuple[int, ...]:
    found = []
    known = find_by_usernames(work.session, names) if names else {}
    for name in names:
        person = known.get(name)
        if person is None or not person.active or not person.in_office:
            wrong.append(Reason("There is nobody called %(name)s in the office", {"name": name}))
        elif person.id == work.document["drafter_id"]:
            wrong.append(Reason("The drafter cannot be chosen for this"))
        else:
            found.append(person.id)
            work.names[person.id] = name
    return tuple(found)


def kept(work: Work, step: Step, inputs: Mapping[str, Any]) -> dict[str, Any]:
    """Return a step's inputs as the movement keeps them: people by user name."""
    details = {name: inputs[name] for name in step.inputs if inputs.get(name) not in (None, "", ())}
    for name, field in step.inputs.items():
        if name in details and field.kind in ("people", "person"):
            ids = details[name] if field.kind == "people" else (details[name],)
            details[name] = [work.names[person] for person in ids]
        elif name in details and field.kind == "units":
            details[name] = unit_names(work.session, details[name])
    return details
