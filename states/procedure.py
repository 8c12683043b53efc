"""A procedure (办文程序): the stages and steps of one kind of document over one shared state machine."""

import hashlib
from collections.abc import Iterable, Mapping
from dataclasses import replace
from typing import Any

from . import slip
from .asking import MODES
from .case import Case
from .errors import NoSuchStep
from .machine import Moves
from .outcomes import Ahead, Fired, Offer, Skipped
from .reasons import Label, Reason
from .stage import Stage
from .step import Step, returns

SIGN_OFF = "sign_off"  # the effect by which a step is the sign-off


class Procedure:
    """One kind of document's stages and steps; shared by all its documents, and keeps none of them."""

    def __init__(
        self,
        kind: str,
        label: Label,
        start: str,
        stages: Iterable[Stage],
        steps: Iterable[Step],
        text: str,
        rows: tuple[slip.Row, ...] | None = None,
    ) -> None:
        """Take what the loader has checked.

        text: the file as it was read; its SHA-256 is the version that a document keeps.
        rows: of the 发文稿纸, the usual ones where there are none.
        """
        self.kind, self.label, self.start, self.text = kind, label, start, text
        self.hash = hashlib.sha256(text.encode()).hexdigest()
        self.steps = tuple(steps)
        signing = {name for step in self.steps if SIGN_OFF in step.effects for name in step.stages}
        self.stages: Mapping[str, Stage] = {
            stage.name: replace(stage, signs_off=stage.name in signing) for stage in stages
        }
        self._open: dict[str, dict[str, Step]] = {name: {} for name in self.stages}
        self._modes = next((stage.modes for stage in self.stages.values() if stage.modes), ())
        self._moves = Moves(kind, self.stages, start)
        for step in self.steps:
            for name in step.stages:
                self._open[name][step.action] = step
                self._moves.add(step, name)
        self.opinions = frozenset(
            step.action
            for name, steps in self._open.items()
            for step in steps.values()
            if self.stages[name].opinion and step.brings_on()
        )
        self.line = self._line()
        self.slip = slip.usual(self.line) if rows is None else rows

    def step(self, stage: str, action: str) -> Step:
        """Return a stage's step.

        Errors: NoSuchStep.
        """
        step = self._open[stage].get(action)
        if step is None:
            known: dict[str, str | Label] = {"action": action, "stage": self.stages[stage].label}
            raise NoSuchStep([Reason("There is no step %(action)s at the stage %(stage)s", known)])
        return step

    def holders(self, case: Case, stage: str | None = None) -> tuple[int, ...]:
        """Return who has the document at its present stage, or would have it at another."""
        return tuple(self.stages[stage or case.state].held_for(case))

    def held_for(self, case: Case) -> dict[int, int | None]:
        """Return who has the document now, each with the one for whom (委托), or None in their own right."""
        return self.stages[case.state].held_for(case)

    def offers(self, case: Case) -> list[Offer]:
        """Return every step of the present stage, in the file's order, as it stands for the one who asks.

        What the step asks for (comment, inputs) is not looked at.
        """
        here, offers = self.stages[case.state], []
        for step in self._open[case.state].values():
            if refusal := step.forbidden(case, here):
                offers.append(Offer(step, False, refusal, True))
            else:
                reasons = step.unmet(case)
                offers.append(Offer(step, not reasons, reasons))
        return offers

    def fire(self, case: Case, action: str, wrong: Iterable[Reason] = ()) -> Fired:
        """Take a step: move the case, or refuse and leave it as it is.

        wrong: what reading the inputs found (NotReady.reasons of Step.read), told with the rest.
        Errors: NoSuchStep, then NotAllowed, then NotReady with every reason.
        """
        source = case.state
        step = self.step(source, action)
        self._moves.take(case, action, wrong)
        return Fired(step, source, case.state, self._resume(case, step, source))

    def skip(self, case: Case) -> Skipped | None:
        """Pass the present stage over if one of its rules gives a reason; call until it returns None."""
        source = case.state
        reason = self.stages[source].passed_over(case, self.opinions)
        if reason is None:
            return None
        self._moves.pass_over(case)
        return Skipped(source, case.state, reason)

    def may_edit(self, case: Case) -> tuple[Reason, ...]:
        """Return why the one who asks may not change the text now, or ()."""
        here = self.stages[case.state]
        if here.edit == "none":
            return (Reason("The text cannot be changed at the stage %(stage)s", {"stage": here.label}),)
        if case.actor not in here.held_for(case):
            return (Reason("Only those who hold the document may change its text"),)
        if (here.held_for(case)[case.actor] or case.actor) in here.asked_first(case):
            return (Reason("Whoever is asked for an opinion gives it without changing the text"),)
        return ()

    def provided(self, case: Case) -> dict[str, Any]:
        """Return those choices of inputs that follow from the case alone."""
        return {
            "passed_stages": {name: self.stages[name].label for name in returns(case)},
            "unsigned_agencies": {name: name for name in case.unsigned},
            "next_agency": next(iter(case.unsigned), None),
            "countersign_modes": {mode: MODES[mode] for mode in self._modes},
            "chosen_mode": case.countersign_mode,
            "chosen_needed": case.countersign_needed,
        }

    def onward(self, stage: str) -> Step | None:
        """Return the step that brings a document on from a stage."""
        return next((step for step in self._open[stage].values() if step.brings_on()), None)

    def ahead(self, case: Case) -> list[Ahead]:
        """Return the stages to come, as far as can be told now; the case is not touched.

        Whoever alone holds a stage is taken to be the one who will act there.
        """
        coming: list[Ahead] = []
        now, skipped = replace(case), None
        while step := self.onward(now.state):
            if skipped is None:
                holders = self.stages[now.state].to_be_asked(now)
                now.last_action, now.last_actor = step.action, holders[0] if len(holders) == 1 else None
            now.state, now.resume_at, now.consented = now.resume_at or step.to, None, frozenset()
            now.handed, now.turns = (), ()
            there = self.stages[now.state]
            skipped = there.passed_over(now, self.opinions)
            coming.append(Ahead(there, there.asked(now), skipped))
        return coming

    def posts(self) -> frozenset[str]:
        """Return the codes of the posts that the procedure names."""
        calls = [call for stage in self.stages.values() for call in stage.holders]
        calls += [call for step in self.steps for call in step.who]
        return frozenset(call.args[0] for call in calls if call.name == "post")

    def _resume(self, case: Case, step: Step, source: str) -> str | None:
        if case.state == source:
            return case.resume_at
        if step.direction == "back":
            return source if case.inputs.get("resume") == "jump" else None
        keeps = step.direction == "other" and case.resume_at != case.state
        return case.resume_at if keeps else None

    def _line(self) -> tuple[Stage, ...]:
        line = [self.stages[self.start]]
        while step := self.onward(line[-1].name):
            line.append(self.stages[step.to])
        return tuple(line)
