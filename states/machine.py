"""Hold a procedure's moves in one `transitions.Machine` that keeps no document."""

from collections.abc import Iterable, Mapping
from typing import Any

from transitions import EventData, Machine, Transition

from .case import Case
from .reasons import Reason
from .stage import Stage
from .step import Step

_PASS = "(pass over)"  # noqa: S105 - an event that no action can be named like


class _Move(Transition):
    """A step at one of its stages: refuses with reasons, and finds its destination when it is taken."""

    def __init__(self, source: str, dest: str, *callbacks: Any, step: Step, here: Stage) -> None:
        super().__init__(source, dest, *callbacks)
        self.step, self.here = step, here

    def execute(self, event_data: EventData) -> bool:
        case: Any = event_data.model
        if event_data.event.name == _PASS:
            straight = self.here.consent != "agencies"  # after sign-off nothing is left out on the way back
            dest = (case.resume_at if straight else None) or self.step.to
        else:
            self.step.check(case, self.here, event_data.kwargs["wrong"])
            dest = self.step.destination(case, self.here)
        event_data.machine.set_state(dest, case)
        return True


class Moves(Machine):
    """All moves of a procedure, fired on a case from outside and never registered with it."""

    transition_cls = _Move

    def __init__(self, name: str, stages: Mapping[str, Stage], start: str) -> None:
        super().__init__(
            model=None,
            states=list(stages),
            initial=start,
            auto_transitions=False,
            send_event=True,
            name=name,
        )
        self._stages = stages

    def add(self, step: Step, stage: str) -> None:
        """Open a step at a stage, and let it carry documents that pass the stage over."""
        here = self._stages[stage]
        dest = step.to if step.to in self._stages else stage
        self.add_transition(step.action, stage, dest, step=step, here=here)
        if (here.skip or here.consent != "any") and step.brings_on():
            self.add_transition(_PASS, stage, dest, step=step, here=here)

    def take(self, case: Case, action: str, wrong: Iterable[Reason]) -> None:
        """Take a step that is open at the case's stage.

        Errors: NotAllowed, NotReady.
        """
        self.events[action].trigger(case, wrong=wrong)

    def pass_over(self, case: Case) -> None:
        """Move the case from a stage that is passed over to where its forward step leads."""
        self.events[_PASS].trigger(case)
