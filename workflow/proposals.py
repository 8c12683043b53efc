"""Propose what a step asks for: what may be chosen, and what counts when nothing is entered."""

from collections.abc import Mapping
from datetime import timedelta
from typing import Any

from sqlalchemy import bindparam, select
from sqlalchemy.orm import Session

from states.case import Case
from states.errors import NotReady
from states.procedure import Procedure
from states.step import Step
from states.who import other_signers

from .agencies import series_for
from .applications.grounds import grounds
from .asking import OF_PEOPLE, options
from .clock import today
from .models import Correspondent, Unit, User, table
from .numbering import is_open
from .prepared import Prepared
from .register import reserved
from .register.registrar import why_no_number
from .work import load_content

USUAL_SIGNATORY = "负责人"  # of another agency, whose name nobody entered

_users = table(User)
_correspondents = table(Correspondent)
_USERNAMES = select(_users.c.id, _users.c.username).where(
    _users.c.id.in_(bindparam("ids", expanding=True)), _users.c.active
)
_COPIES = Prepared(select(_correspondents.c.name, _correspondents.c.copies))


def propose(
    session: Session, procedure: Procedure, step: Step, case: Case, document: Mapping[str, Any]
) -> dict[str, Any]:
    """Return choices and defaults by provider name, as far as the step's inputs name them.

    Raises NotReady where a number is asked for and none can be given.
    """
    wanted = {name for field in step.inputs.values() for name in (field.choices, field.default)}
    provided = procedure.provided(case)
    if "chosen_countersigners" in wanted:
        provided["chosen_countersigners"] = usernames(session, case.countersigners)
    if "chosen_units" in wanted:
        provided["chosen_units"] = unit_names(session, case.countersign_units)
    for which in OF_PEOPLE & wanted:
        provided[which] = options(session, procedure, step, case, which)
    if "usual_signatory" in wanted:
        provided |= {"usual_signatory": USUAL_SIGNATORY, "today": today().isoformat()}
    if "in_a_week" in wanted:
        provided["in_a_week"] = (today() + timedelta(days=7)).isoformat()
    if "other_leaders" in wanted:
        provided["other_leaders"] = other_leaders(session, case)
    if "negative_items" in wanted:
        provided["negative_items"] = grounds(session, document)
    if "open_years" in wanted:
        series = series_of(session, document)
        provided["open_years"], provided["usual_year"] = years(series, document)
        if document["number"] is None and (reasons := why_no_number(series, provided["open_years"])):
            raise NotReady(reasons)
        if "reserved_numbers" in wanted:
            open_years = provided["open_years"]
            provided["reserved_numbers"] = reserved.choices(session, series.id, open_years)
    if "proposed_copies" in wanted:
        provided["proposed_distribution"], provided["proposed_copies"] = distribution(session, document)
    return provided


def stage_of(procedure: Procedure, effect: str) -> str:
    """Return the stage at which a procedure brings something about."""
    return next(step.stages[0] for step in procedure.steps if effect in step.effects)


def usernames(session: Session, ids: tuple[int, ...]) -> list[str]:
    """Return the user names of those whose accounts are in use, in the order of the ids."""
    if not ids:
        return []
    known = {row.id: row.username for row in session.connection().execute(_USERNAMES, {"ids": ids})}
    return [known[id_] for id_ in ids if id_ in known]


def unit_names(session: Session, ids: tuple[int, ...]) -> list[str]:
    """Return the names of units in the order of their ids."""
    if not ids:
        return []
    known = {row.id: row.name for row in session.execute(select(Unit.id, Unit.name).where(Unit.id.in_(ids)))}
    return [known[id_] for id_ in ids if id_ in known]


def other_leaders(session: Session, case: Case) -> dict[str, str]:
    """Return the leaders who could sign instead of the one who asks: user name to name."""
    rows = session.execute(
        select(_users.c.username, _users.c.name)
        .where(_users.c.id.in_(other_signers(case)))
        .order_by(_users.c.id)
    )
    return {row.username: row.name for row in rows}


def years(series: Any, document: Mapping[str, Any]) -> tuple[dict[int, str], int]:
    """Return the years whose numbers may be taken, and the usual one.

    What was signed in December and is registered in January takes the old year's next number while
    the series is open for it.
    """
    this_year = today().year
    signed_year = document["dated"].year if document["dated"] else this_year
    open_ = [year for year in dict.fromkeys((signed_year, this_year)) if is_open(series, year)]
    return {year: f"{year}年" for year in open_}, (open_ or [this_year])[0]


def series_of(session: Session, document: Mapping[str, Any]) -> Any:
    return series_for(session, document["agency_id"], document["type"])


def distribution(session: Session, document: Mapping[str, Any]) -> tuple[str, int]:
    """Propose to whom a document goes and in how many copies: as its drafter said, else by its addressees."""
    content = load_content(session, document["id"], document["revision"])
    lists = [content.distribution] if content.distribution else [content.addressees, content.copy_to]
    names = [name for text in lists for name in split_names(text)]
    known = {row.name: row.copies for row in _COPIES.rows(session, {})}
    copies = content.copies or sum(known.get(name, 1) for name in names)
    return "、".join(names) or "本机关", max(copies, 1)


def split_names(text: str) -> list[str]:
    """Return the names in a list such as 主送机关."""
    for separator in "，；,;\n":
        text = text.replace(separator, "、")
    return [name.strip() for name in text.split("、") if name.strip()]
