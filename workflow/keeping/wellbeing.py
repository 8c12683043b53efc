"""Look at an open office: who is in post, what its numbers lack, whether it is backed up."""

from collections.abc import Callable
from datetime import timedelta

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from states.reasons import Reason

from .. import deadlines, jobs
from ..clock import now, read, stamp
from ..directory import OfficeDirectory
from ..installation import here
from ..models import Job, Movement, Series
from ..numbering import gaps
from . import manifest
from .backup import latest

OLDEST_BACKUP = timedelta(days=2)


def _worker(session: Session) -> Reason | None:
    if jobs.worker_is_alive(session):
        return None
    return Reason("No worker gives a sign of life: PDFs and backups are not made; start `make run`")


def _failed_jobs(session: Session) -> Reason | None:
    rows = session.execute(
        select(Job.kind, func.count().label("many"), func.max(Job.error).label("error"))
        .where(Job.state == "failed")
        .group_by(Job.kind)
    ).all()
    if not rows:
        return None
    told = "; ".join(f"{row.kind} × {row.many}: {(row.error.splitlines() or [''])[0][:120]}" for row in rows)
    return Reason("Work has failed: %(jobs)s", {"jobs": told})


def _clock(session: Session) -> Reason | None:
    latest = session.execute(select(func.max(Movement.at))).scalar_one()
    if latest is None or latest <= stamp(now() + timedelta(minutes=5)):
        return None
    return Reason("The clock stands before the latest movement (%(at)s): set it", {"at": latest})


def _backed_up(session: Session) -> Reason | None:
    if session.execute(select(func.count()).select_from(Movement)).scalar_one() == 0:
        return None
    made = latest(here().backups)
    if made is None:
        return Reason("There is no backup in %(folder)s yet: run `flask --app app backup`", _in_backups())
    if now() - read(manifest.load(made).made_at) > OLDEST_BACKUP:
        return Reason("The latest backup in %(folder)s is older than two days", _in_backups())
    return None


def _in_backups() -> dict[str, str]:
    return {"folder": str(here().backups)}


def _other_disk(session: Session) -> Reason | None:
    folder = here().backups
    if not folder.exists() or folder.stat().st_dev != here().data.stat().st_dev:
        return None
    return Reason("Backups lie on the same disk as the data; name another with HONGTOU_BACKUP_DIR")


def _administrator(session: Session) -> Reason | None:
    if OfficeDirectory(session).holders("admin"):
        return None
    return Reason("Nobody is administrator: run `flask --app app office administrator USERNAME NAME`")


def _posts(session: Session) -> Reason | None:
    directory = OfficeDirectory(session)
    wanted = {post for procedure in here().procedures.values() for post in procedure.posts()}
    vacant = sorted(post for post in wanted if not directory.holders(post))
    if not vacant:
        return None
    return Reason("Nobody is in post for %(posts)s, which the procedures name", {"posts": ", ".join(vacant)})


def _starts(session: Session) -> Reason | None:
    codes = session.scalars(
        select(Series.agency_code)
        .where(Series.start_at.is_(None), Series.retired.is_(False))
        .order_by(Series.id)
    ).all()
    if not codes:
        return None
    told = {"series": "、".join(codes)}
    return Reason("The registrar has not confirmed with which number these series start: %(series)s", told)


def _holidays(session: Session) -> Reason | None:
    years = deadlines.unloaded_years(session)
    if not years:
        return None
    told = {"years": "、".join(map(str, years))}
    return Reason("The list of holidays of %(years)s is missing: run `flask --app app calendar load`", told)


def _gaps(session: Session) -> Reason | None:
    found = gaps(session)
    if not found:
        return None
    told = "；".join(f"{gap.agency_code}〔{gap.year}〕{'、'.join(map(str, gap.serials))}" for gap in found)
    return Reason("Nothing explains these numbers: %(numbers)s", {"numbers": told})


OFFICE: tuple[tuple[Reason, Callable[[Session], Reason | None]], ...] = (
    (Reason("Administrator"), _administrator),
    (Reason("Posts"), _posts),
    (Reason("First numbers"), _starts),
    (Reason("Gaps in the register"), _gaps),
    (Reason("Working calendar"), _holidays),
    (Reason("Clock"), _clock),
    (Reason("Worker"), _worker),
    (Reason("Work after a commit"), _failed_jobs),
    (Reason("Backups"), _backed_up),
    (Reason("Place of the backups"), _other_disk),
)
