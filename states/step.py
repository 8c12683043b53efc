"""A step (步骤): where it leads, who may take it, on what conditions, and what it asks for."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any, Literal

from .calls import Call
from .case import Case
from .errors import NotAllowed, NotReady
from .inputs import Input
from .reasons import Label, Reason
from .rules import unmet
from .stage import Stage
from .who import HOLDER, meant, people

Direction = Literal["forward", "back", "other"]
SAME, PASSED = "same", "passed"
TRANSFER = "transfer"  # the effect by which a step hands a task on (转办)
NOT_HANDED_ON = Reason("You have this document by delegation: what is delegated is not handed on to another")
COMMENT = Label(zh="意见", en="Comment")


def returns(case: Case) -> tuple[str, ...]:
    """Return the stages really passed in this round before the present one, to which it may go back."""
    passed = tuple(dict.fromkeys(case.passed))
    return passed[: passed.index(case.state)] if case.state in passed else passed


@dataclass(frozen=True)
class Step:
    """One step of a procedure, open at one stage or at several."""

    action: str
    label: Label
    stages: tuple[str, ...]
    to: str
    direction: Direction
    who: tuple[Call, ...]
    comment_required: bool = False
    when: tuple[Call, ...] = ()
    effects: tuple[str, ...] = ()
    inputs: Mapping[str, Input] = field(default_factory=dict)

    def brings_on(self) -> bool:
        """Tell whether the step goes forward to another stage."""
        return self.direction == "forward" and self.to not in (SAME, PASSED)

    def forbidden(self, case: Case, here: Stage) -> tuple[Reason, ...]:
        """Return for whom the step is when it is not for the one who acts, otherwise ()."""
        for call in self.who:
            if case.actor in (here.held_for(case) if call.name == HOLDER else people(case, call)):
                hands_on = TRANSFER in self.effects and self.acts_for(case, here) is not None
                return (NOT_HANDED_ON,) if hands_on else ()
        known = here.not_for_another(case) if any(call.name == HOLDER for call in self.who) else ()
        return known or tuple(meant(call) for call in self.who)

    def acts_for(self, case: Case, here: Stage) -> int | None:
        """Return for whom the one who acts would take the step (委托), or None in their own right."""
        if case.actor is None or not case.directory.delegations():
            return None
        by_rule = (people(case, call) for call in self.who if call.name != HOLDER)
        if any(case.actor in named for named in by_rule):
            return None
        return here.held_for(case).get(case.actor)

    def unmet(self, case: Case) -> tuple[Reason, ...]:
        """Return every condition of the document that is not met, otherwise ()."""
        return unmet(case, self.when)

    def lacking(self, case: Case) -> tuple[Reason, ...]:
        """Return what is wrong with the comment and the inputs of the one who acts, otherwise ()."""
        found = []
        if self.comment_required and not str(case.inputs.get("comment") or "").strip():
            found.append(Reason("A comment is required"))
        for name, wanted in self.inputs.items():
            if reason := wanted.missing(case.inputs.get(name)):
                found.append(reason)
        if self.to == PASSED and case.inputs.get("target") not in returns(case):
            found.append(Reason("The document can go back only to a stage that it has passed in this round"))
        return tuple(found)

    def check(self, case: Case, here: Stage, wrong: Iterable[Reason] = ()) -> None:
        """Let through or refuse.

        Errors: NotAllowed before all else; NotReady with every reason at once, `wrong` among them
        (what reading the inputs found; then they are not looked at again).
        """
        if refusal := self.forbidden(case, here):
            raise NotAllowed(refusal)
        wrong = tuple(wrong)
        if reasons := (*self.unmet(case), *(wrong or self.lacking(case))):
            raise NotReady(reasons)

    def destination(self, case: Case, here: Stage) -> str:
        """Return the stage that the document is at after the step."""
        if self.to == SAME:
            return here.name
        if self.to == PASSED:
            return str(case.inputs["target"])
        if self.direction != "forward":
            return self.to
        whose = self.acts_for(case, here) or case.actor
        if here.still_asks(case, whose):
            return here.name
        if here.consent == "agencies" and set(case.unsigned) - {case.inputs.get("agency")}:
            return here.name
        return case.resume_at or self.to

    def schema(self, provided: Mapping[str, Any], language: str) -> dict[str, Any]:
        """Return the JSON Schema object of what the step asks for, names in `language` (zh or en).

        What may be left open and has nothing to choose from is not asked for.
        """
        comment: dict[str, Any] = {"title": COMMENT[language], "type": "string"}
        properties = {
            name: wanted.schema(provided, language)
            for name, wanted in self.inputs.items()
            if wanted.required or wanted.options(provided) != {}
        }
        required = [
            name
            for name, wanted in self.inputs.items()
            if wanted.required and "default" not in properties[name]
        ]
        if self.comment_required:
            comment["minLength"] = 1
            required.append("comment")
        return {
            "type": "object",
            "properties": {**properties, "comment": comment},
            "required": required,
            "additionalProperties": False,
        }

    def read(self, raw: Mapping[str, Any], provided: Mapping[str, Any]) -> dict[str, Any]:
        """Return the comment and every input with its value, proposals filled in.

        People stay user names.
        Errors: NotReady with all reasons, a key that the step does not ask for among them.
        """
        values: dict[str, Any] = {}
        wrong = [
            Reason("This step does not ask for %(key)s", {"key": str(key)})
            for key in raw
            if key not in self.inputs and key != "comment"
        ]
        for name, wanted in (*self.inputs.items(), ("comment", self._comment())):
            try:
                values[name] = wanted.read(raw.get(name), provided)
            except NotReady as refusal:
                wrong += refusal.reasons
        if wrong:
            raise NotReady(wrong)
        return {**values, "comment": values["comment"] or ""}

    def _comment(self) -> Input:
        return Input("comment", "text", COMMENT, required=self.comment_required)
