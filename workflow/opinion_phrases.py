"""Keep what a person often writes as an opinion (常用语); whoever keeps none is offered the usual ones."""

from sqlalchemy import delete, select
from sqlalchemy.orm import Session

from docgen.errors import ContentError, Problem, TextError
from docgen.text import clean_text

from .installation import write_tx
from .models import OpinionPhrase
from .work import load_person

USUAL = (
    "同意。",
    "同意，请按程序印发。",
    "拟同意，请×××审示。",
    "请按程序办理。",
    "请按修改意见改后再报。",
    "请核实后再报。",
)
MOST = 20
LONGEST = 60  # characters of one


def of(session: Session, user_id: int) -> tuple[str, ...]:
    """Return a person's phrases in their order, or the usual ones."""
    found = select(OpinionPhrase.text).where(OpinionPhrase.user_id == user_id)
    return tuple(session.scalars(found.order_by(OpinionPhrase.position))) or USUAL


def keep(actor_id: int, lines: str) -> None:
    """Keep a phrase a line, in that order; no line at all brings the usual ones back.

    Raises ContentError with every reason.
    """
    phrases = _read(lines)
    with write_tx() as session:
        person = load_person(session, actor_id)
        session.execute(delete(OpinionPhrase).where(OpinionPhrase.user_id == person.id))
        session.add_all(
            OpinionPhrase(user_id=person.id, position=place, text=text)
            for place, text in enumerate(phrases, 1)
        )


def _read(lines: str) -> list[str]:
    found: dict[str, None] = {}
    wrong: list[Problem] = []
    for line in lines.splitlines():
        try:
            text = clean_text(line, where="phrases", limit=LONGEST, lines=False).strip()
        except TextError as error:
            wrong += error.problems
        else:
            if text:
                found[text] = None
    if len(found) > MOST:
        wrong.append(Problem("phrases", "At most %(most)s phrases are kept", {"most": str(MOST)}))
    if wrong:
        raise ContentError(wrong)
    return list(found)
