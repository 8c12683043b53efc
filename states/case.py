"""What a procedure's rules may ask: a document under way, the one who acts, the office."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, Protocol

from .reasons import Reason


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
    agency: int = 0
    type: str = ""
    urgency: str | None = None
    seal: bool = True
    upward: bool = False  # it goes to a higher body
    countersigners: tuple[int, ...] = ()
    co_agencies: tuple[str, ...] = ()  # who else signs a joint document (联署机关), in order
    co_signed: frozenset[str] = frozenset()  # of them, those whose signature has come in
    consented: frozenset[int] = frozenset()  # who already agreed at the present stage in this round
    handed: tuple[int, ...] = ()  # who has it at the present stage because another's work went to them
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
    frozen: bool = False  # the file for printing is made
    problems: tuple[Reason, ...] = ()  # what the content still lacks, or why it cannot be laid out

    @property
    def unsigned(self) -> tuple[str, ...]:
        """Return the agencies whose signature is still awaited, in order."""
        return tuple(name for name in self.co_agencies if name not in self.co_signed)
