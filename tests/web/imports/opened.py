"""Compare an opened office with the folder that it was opened from."""

from sqlalchemy import func, select

from tests.opening_day import OpeningDay
from tests.workflow.desk import Desk
from workflow.clock import today
from workflow.installation import read_tx
from workflow.models import Agency, Document, PastRecord, RegisterEntry, Series, User
from workflow.register.start import confirm_start, starts


def check_opened(day: OpeningDay, people: int = 40) -> None:
    """Find everything of the folder in the office, and give a series its first number here."""
    desk = Desk()
    assert desk.findings() == []
    with read_tx() as session:
        count = {
            model: session.scalar(select(func.count()).select_from(model))
            for model in (Agency, User, Document, PastRecord)
        }
        twice = session.scalars(select(PastRecord).where(PastRecord.duplicate)).all()
        missing = session.scalars(select(RegisterEntry.number).where(RegisterEntry.state == "missing"))
        assert sorted(missing) == sorted(day.holes)
        assert [f"{one.agency_code}〔{one.year}〕{one.serial}号" for one in twice] == day.duplicates
        proposed = {one.series.agency_code: one.proposals[day.year] for one in starts(session)}
        series_id = session.scalars(select(Series.id).where(Series.agency_code == "青文明办")).one()
    past = len(day.documents)
    assert count == {Agency: 3, User: people, Document: past, PastRecord: past}
    assert {code: proposed[code] for code in day.next} == day.next
    serial = day.next["青文明办"]
    confirm_start(desk.id("bgs03"), series_id, day.year, serial, "")
    document = desk.bring(desk.draft("zhc02"), "printing")
    assert desk.row(document)["number"] == f"青文明办〔{today().year}〕{serial}号"
    assert desk.findings() == []
