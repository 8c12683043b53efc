"""Bring an office back from a backup, so that no number is given twice and nobody is still signed in."""

import json
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

from sqlalchemy import delete, select, update
from sqlalchemy.orm import Session

from .. import numbering, opening
from ..clock import stamp, today
from ..errors import Unusable
from ..installation import write_tx
from ..models import Appointment, Job, Login, Mark, Post, RegisterEntry, Series, User, table
from ..office import log
from . import databases, manifest
from .backup import damage, restore_files
from .manifest import LastNumber

MARK = "restored"
LOST = "恢复备份时补登：纸质登记簿已用此号，待查"


def plan(folder: Path, database_url: str, data: Path) -> manifest.Manifest:
    """Check a backup and the place it is to go to; raises Unusable with everything that is in the way."""
    described = manifest.load(folder)
    wrong = list(damage(folder))
    if not databases.is_empty(database_url):
        wrong.append("the database is not empty: a backup is restored into an empty place only")
    if any((data / "files").glob("*/*")):
        wrong.append(f"{data / 'files'} holds files: a backup is restored into an empty place only")
    if wrong:
        raise Unusable("; ".join(wrong))
    return described


def numbers_lost(described: manifest.Manifest, on_paper: Sequence[LastNumber]) -> list[LastNumber]:
    """Return the last numbers on paper that lie behind the backup's; raises Unusable for one before it."""
    known = {(number.agency_code, number.year): number.serial for number in described.numbers}
    codes = {code for code, _ in known}
    wrong = [f"no series has the code {n.agency_code}" for n in on_paper if n.agency_code not in codes]
    for number in on_paper:
        last = known.get((number.agency_code, number.year), 0)
        if number.agency_code in codes and number.serial < last:
            named = numbering.format_number(number.agency_code, number.year, last)
            wrong.append(f"the backup has {named} already, which is later than the last number on paper")
    if wrong:
        raise Unusable("; ".join(wrong))
    return [n for n in on_paper if n.serial > known.get((n.agency_code, n.year), 0)]


def restore(
    folder: Path, database_url: str, data: Path, procedures: Path | None, on_paper: Sequence[LastNumber]
) -> None:
    """Restore a backup into an empty place and open the office; raises Unusable or Damaged.

    on_paper: the last numbers that the paper register shows. What the backup does not have of them is
    entered as missing, so that the next number is the real next one.
    """
    described = plan(folder, database_url, data)
    lost = numbers_lost(described, on_paper)
    databases.put(folder / described.database, database_url)
    opening.prepare(database_url, data)
    opening.open_installation(database_url, data, procedures)
    restore_files(folder)
    with write_tx() as session:
        session.execute(delete(Login))
        session.execute(update(table(Job)).where(Job.state == "running").values(state="waiting", attempts=0))
        entered = [number for last in lost for number in _enter_missing(session, described, last)]
        _mark(session, described)
        details = {"made_at": described.made_at, "entered": entered}
        log.note(session, None, "restored", folder.name, details)


def _enter_missing(session: Session, described: manifest.Manifest, last: LastNumber) -> Iterator[str]:
    """Enter the serials that only paper knows, and go on behind them."""
    series = session.scalars(select(Series).where(Series.agency_code == last.agency_code)).one()
    registrar = _registrar(session)
    run = numbering.run_of(series.id, last.year)
    while numbering.peek(session, run) <= last.serial:
        serial = numbering.take(session, run)
        number = numbering.format_number(last.agency_code, last.year, serial)
        session.connection().execute(
            table(RegisterEntry)
            .insert()
            .values(
                series_id=series.id,
                year=last.year,
                serial=serial,
                number=number,
                state="missing",
                reason=LOST,
                by_id=registrar,
                registered_on=today(),
            )
        )
        yield number


def _registrar(session: Session) -> int:
    """Return whom the entries are put down to: the registrar, else an administrator."""
    for code in ("registrar", "admin"):
        found = session.scalars(
            select(User.id)
            .join(Appointment, Appointment.user_id == User.id)
            .join(Post, Post.id == Appointment.post_id)
            .where(Post.code == code, User.active)
            .order_by(Appointment.id)
        ).first()
        if found is not None:
            return found
    raise Unusable("the backup has neither a registrar nor an administrator")


def _mark(session: Session, described: manifest.Manifest) -> None:
    """Remember what was restored when: backups made in between belong to an office that is lost."""
    known = restored(session)
    value = json.dumps([*known, {"made_at": described.made_at, "at": stamp()}])
    session.merge(Mark(name=MARK, value=value))


def restored(session: Session) -> list[Mapping[str, Any]]:
    """Return each restoration as {made_at: of the backup, at}."""
    mark = session.get(Mark, MARK)
    return json.loads(mark.value) if mark else []
