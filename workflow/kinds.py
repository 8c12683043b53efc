"""Say what differs between the kinds of document when one is begun, changed and judged."""

from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass
from typing import Any

from sqlalchemy.orm import Session

from docgen.reading import read_content
from docgen.sheet import Content
from states.errors import NotAllowed
from states.reasons import Reason

from . import endings, revisions
from .agencies import settle_agency
from .applications import rows, settling
from .applications.missing import missing
from .contents import APPLICATION
from .directory import HeldPost, Person
from .laying import paper_of, problems_of
from .work import Work

Row = Mapping[str, Any]


@dataclass(frozen=True)
class Kind:
    """What the engine asks of a kind.

    home: in which post somebody begins one; raises NotAllowed. settle: the content of what came in, for a
    document that there is or a new one, and its agency. add_row: what a new one has besides its document.
    fits: refuse a text that its document can no longer have. owners: whose files a text may name.
    problems: what a content still lacks.
    """

    home: Callable[[Person], HeldPost]
    settle: Callable[[Session, Person, Mapping[str, Any], Row | None], tuple[Any, int]]
    add_row: Callable[[Work, Any], None]
    fits: Callable[[Work, Any, int], None]
    owners: Callable[[Session, Person, Row | None], Collection[int]]
    problems: Callable[[Session, Row, Any], tuple[Reason, ...]]


def kind_of(name: str) -> Kind:
    """Return what is said of a kind; one of which nothing is said is drafted as a notice is."""
    return _KINDS.get(name, _ISSUED)


def _home(person: Person) -> HeldPost:
    if person.home is None:
        raise NotAllowed([Reason("Only people of the office draft documents")])
    return person.home


def _settle(
    session: Session, person: Person, data: Mapping[str, Any], document: Row | None
) -> tuple[Content, int]:
    given = read_content(data)
    usual = document["agency_id"] if document else _home(person).agency_id
    content, agency_id = settle_agency(session, given, usual, document["dated"] if document else None)
    return endings.settle(session, person, content, document), agency_id


def _the_author(session: Session, person: Person, document: Row | None) -> Collection[int]:
    return (person.id,)


def _problems(session: Session, document: Row, content: Content) -> tuple[Reason, ...]:
    return problems_of(paper_of(session, document, content))


def _nothing(*_: object) -> None:
    """Add nothing."""


_ISSUED = Kind(_home, _settle, _nothing, revisions.refuse_another_series, _the_author, _problems)
_KINDS: Mapping[str, Kind] = {
    APPLICATION: Kind(
        settling.home, settling.settle, rows.begin, _nothing, settling.accounts_of_the_unit, missing
    ),
}
