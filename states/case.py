"""What a procedure's rules may ask: a document under way, the one who acts, the office."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, Protocol

from .applying import Applying
from .delegated import Delegated
from .reasons import Reason
from .turns import Turn


class Directory(Protocol):
    """The office as the rules see it. People and units are named by their ids."""

    def holders(self, post: str) -> tuple[int, ...]:
        """Return the active people in a post, or its stand-in when it is vacant."""
        ...

    def heads(self, unit: int) -> tuple[int, ...]:
        """Return the active heads of a unit."""
        ...

    def leaders(self, unit: int) -> tuple[int, ...]:
        """Return the active leaders in charge of a unit."""
        ...

    def signers(self, agency: int, type: str, upward: bool) -> tuple[int, ...]:
        """Return the active people whom an agency lets sign a 文种; nobody where it has not said who may.

        `upward`: the document goes to a higher body.
        """
        ...

    def active(self, people: tuple[int, ...]) -> tuple[int, ...]:
        """Return those of the people whose accounts are in use, in the order given."""
        ...

    def delegations(self) -> tuple[Delegated, ...]:
        """Return what people delegated (委托) that is in force now."""
        ...


@dataclass
class Case:
    """A document as its procedure sees it at one moment, with the one who acts and what they entered.

    `state` is the attribute that the state machine moves; all else is only read.
    """

    state: str
    drafter: int
    unit: int
    directory: Directory
    actor: int | None = None
    inputs: Mapping[str, Any] = field(default_factory=dict)
    kind: str = ""
    agency: int = 0
    type: str = ""
    urgency: str | None = None
    seal: bool = True
    upward: bool = False  # it goes to a higher body
    head_alone: bool = False  # nobody but the head of the office signs it (条例 art. 22)
    countersigners: tuple[int, ...] = ()
    countersign_units: tuple[int, ...] = ()  # units asked through their heads
    countersign_mode: str = "all"
    countersign_needed: int | None = None  # of those asked, where any so many are enough
    turns: tuple[Turn, ...] = ()  # what changed about whom the present stage asks, in this round
    co_agencies: tuple[str, ...] = ()  # who else signs a joint document (联署机关), in order
    co_signed: frozenset[str] = frozenset()  # of them, those whose signature has come in
    consented: frozenset[int] = frozenset()  # who already agreed at the present stage in this round
    handed: tuple[int, ...] = ()  # who has it at the present stage because another's work went to them
    deputed: frozenset[int] = frozenset()  # who has a task at the present stage for another (委托)
    asked_signers: tuple[int, ...] = ()  # leaders whom a signatory asked to sign in their place
    passed: tuple[str, ...] = ()  # stages really passed in this round, in order
    resume_at: str | None = None  # the stage to go straight back to after mending
    opened: bool = False  # somebody who holds the document at the present stage has opened it
    last_action: str | None = None  # the last step that a person took
    last_actor: int | None = None
    signed: bool = False
    changed_since_signing: bool = False
    undeclared_changes: bool = False  # the text differs from the signed one by more than declared corrections
    correction: str = ""  # what the signatory asked to be corrected when signing (修改后发)
    numbered: bool = False
    deferred: bool = False  # put off until a day that has not come (缓发)
    question: bool = False  # the drafter was asked something and has not answered (询问)
    today: str = ""  # 2024-04-07
    frozen: bool = False  # the file for printing is made
    open_points: tuple[Reason, ...] = ()  # of a return: what nobody has answered yet, point by point
    problems: tuple[Reason, ...] = ()  # what the content still lacks, or why it cannot be laid out
    unapproved: tuple[Reason, ...] = ()  # how the list in its annex differs from the one that was approved
    applying: Applying | None = None  # what only an application (申报) has

    @property
    def unsigned(self) -> tuple[str, ...]:
        """Return the agencies whose signature is still awaited, in order."""
        return tuple(name for name in self.co_agencies if name not in self.co_signed)
