"""A stage (环节): who has the document there, and what they may do to its text."""

from dataclasses import dataclass
from typing import Literal

from . import asking
from .asking import ALL, Mode
from .calls import Call
from .case import Case
from .deadlines import Deadline
from .reasons import Label, Reason
from .rules import SKIPS, Arrival
from .standing_in import delegates, refusals
from .turns import changed
from .who import people

Edit = Literal["none", "free", "in_place", "declared"]
Consent = Literal["any", "all", "agencies"]  # agencies: of each that signs jointly, entered one by one


@dataclass(frozen=True)
class Stage:
    """One stage of a procedure."""

    name: str
    label: Label
    holders: tuple[Call, ...] = ()
    own: Literal["allowed", "never"] = "allowed"
    skip: tuple[Call, ...] = ()
    edit: Edit = "none"
    consent: Consent = "any"
    modes: tuple[Mode, ...] = ()  # how the drafter may have all asked; none: of everyone at the same time
    opinion: bool = False
    final: bool = False
    deadline: Deadline | None = None
    signs_off: bool = False  # said by the procedure: one of its steps is the sign-off

    def asked(self, case: Case) -> tuple[int, ...]:
        """Return those to whom the document comes here, whoever is asked before them first."""
        first, rest = self._asked(case)
        return (*first, *rest) if first else rest

    def _asked(self, case: Case) -> tuple[tuple[int, ...], tuple[int, ...]]:
        """Return who is asked before those who hold the stage (加签), and these with what was changed."""
        if not case.turns or case.state != self.name:
            return (), self._by_rule(case)
        handed = self._but_the_drafter(case, case.directory.active(case.handed))
        for call in self.holders:
            by_rule = self._but_the_drafter(case, people(case, call))
            first, rest = self._changed(case, (*handed, *by_rule))
            if by_rule or first or rest:
                return first, rest
        return self._changed(case, handed)

    def _changed(self, case: Case, named: tuple[int, ...]) -> tuple[tuple[int, ...], tuple[int, ...]]:
        first, rest = changed(named, case.turns, each=self.consent == "all")
        come = tuple(turn.to for turn in case.turns)
        gone = set(come).difference(case.directory.active(come))
        return tuple(p for p in first if p not in gone), tuple(p for p in rest if p not in gone)

    def _by_rule(self, case: Case) -> tuple[int, ...]:
        """Return whom the rules name: the first entry that names somebody counts.

        At the present stage those come before them to whom somebody's work was handed over (工作交接).
        """
        handed = case.handed if case.state == self.name else ()
        named = self._but_the_drafter(case, case.directory.active(handed)) if handed else ()
        for call in self.holders:
            if by_rule := self._but_the_drafter(case, people(case, call)):
                return tuple(dict.fromkeys((*named, *by_rule))) if named else by_rule
        return named

    def _but_the_drafter(self, case: Case, named: tuple[int, ...]) -> tuple[int, ...]:
        return tuple(p for p in named if p != case.drafter) if self.own == "never" else named

    def waiting(self, case: Case) -> tuple[int, ...]:
        """Return those of them whose turn it is: who asked another first waits, who has consented is done."""
        first, rest = self._asked(case)
        if self.consent != "all" or case.state != self.name:
            return first or rest
        return asking.turn_of(case, rest, self.mode(case))

    def mode(self, case: Case) -> str:
        """Return how those who must consent are asked, as the drafter chose among what the stage allows."""
        return case.countersign_mode if case.countersign_mode in self.modes else ALL

    def to_be_asked(self, case: Case) -> tuple[int, ...]:
        """Return everyone who has not spoken yet, also those whose turn comes later."""
        first, rest = self._asked(case)
        if self.consent != "all" or case.state != self.name:
            return (*first, *rest)
        return asking.outstanding(case, rest, self.mode(case), case.consented)

    def asked_first(self, case: Case) -> tuple[int, ...]:
        """Return who gives an opinion before those who hold the stage (加签)."""
        return self._asked(case)[0]

    def still_asks(self, case: Case, person: int | None) -> bool:
        """Tell whether somebody has to be asked yet once a person has agreed."""
        first, rest = self._asked(case)
        if self.consent == "all":
            agreed = case.consented | ({person} if person is not None else set())
            return bool(asking.outstanding(case, rest, self.mode(case), agreed))
        return person in first

    def may_hold(self, case: Case) -> tuple[int, ...] | None:
        """Return all whom the stage's entries name, None where the drafter chooses freely."""
        if any(call.name == "chosen_by_drafter" for call in self.holders):
            return None
        return tuple(dict.fromkeys(person for call in self.holders for person in people(case, call)))

    def held_for(self, case: Case) -> dict[int, int | None]:
        """Return who may act here, each with the one for whom they do (委托), or None in their own right.

        Drafting is nobody's to delegate.
        """
        waiting = self.waiting(case)
        held: dict[int, int | None] = dict.fromkeys(waiting)
        if self.edit != "free":
            held.update(delegates(case, waiting, signs_off=self.signs_off))
        return held

    def not_for_another(self, case: Case) -> tuple[Reason, ...]:
        """Return why the one who acts may not do so for another here, or () where nothing was delegated."""
        waiting = () if self.edit == "free" else self.waiting(case)
        return refusals(case, waiting, signs_off=self.signs_off)

    def passed_over(self, case: Case, opinions: frozenset[str]) -> Reason | None:
        """Return why a document that comes here goes on at once, or None."""
        if not self.skip and self.consent == "any":
            return None
        asked = self.asked(case)
        if self.consent == "all" and (done := asking.why_done(case, asked, self.mode(case))):
            return done
        here = Arrival(asked, opinions)
        return next((why for call in self.skip if (why := SKIPS[call.name](case, here, *call.args))), None)
