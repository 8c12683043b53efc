"""A stage (环节): who has the document there, and what they may do to its text."""

from dataclasses import dataclass
from typing import Literal

from .calls import Call
from .case import Case
from .deadlines import Deadline
from .reasons import Label, Reason
from .rules import SKIPS, Arrival
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
    opinion: bool = False
    final: bool = False
    deadline: Deadline | None = None

    def asked(self, case: Case) -> tuple[int, ...]:
        """Return those to whom the document comes here: the first entry that names somebody counts.

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
        """Return those of them who have not yet given the consent that all must give."""
        asked = self.asked(case)
        if self.consent != "all" or case.state != self.name:
            return asked
        return tuple(person for person in asked if person not in case.consented)

    def passed_over(self, case: Case, opinions: frozenset[str]) -> Reason | None:
        """Return why a document that comes here goes on at once, or None."""
        if not self.skip and self.consent == "any":
            return None
        asked = self.asked(case)
        if self.consent == "all" and asked and case.consented.issuperset(asked):
            return Reason("Everybody asked has already consented")
        here = Arrival(asked, opinions)
        return next((why for call in self.skip if (why := SKIPS[call.name](case, here, *call.args))), None)
