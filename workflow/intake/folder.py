"""Take in a folder with all that an office begins with: its workbook, its former register, their files."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from sqlalchemy.orm import Session

from states.errors import NotReady
from states.reasons import Reason

from ..installation import read_tx
from . import office, past
from .findings import Finding
from .plan import Plan

OFFICE, REGISTER = "开办表.xlsx", "发文登记簿.xlsx"

Tell = Callable[[int, int], None]
HandOut = Callable[[Sequence[office.Newcomer]], Callable[[], None]]  # gives what takes it back


@dataclass
class Taken:
    """What a folder held, and what became of it: with findings nothing has been changed."""

    plan: Plan | None = None
    checked: past.Checked | None = None
    read: past.Read | None = None
    before: bool = False  # this very register was taken in before, and is left alone
    newcomers: Sequence[office.Newcomer] = ()
    report: dict[str, Any] | None = None  # of the past documents, once they are in

    @property
    def findings(self) -> list[tuple[str, Finding]]:
        """Return everything that is wrong, each with the workbook where it is."""
        wrong = self.checked.errors if self.checked else self.read.errors if self.read else ()
        of_office = self.plan.findings if self.plan else ()
        return [*((OFFICE, one) for one in of_office), *((REGISTER, one) for one in wrong)]


class _Undone(Exception):
    """The office's workbook is not taken in after all."""

    def __init__(self, outcome: office.Outcome) -> None:
        self.outcome = outcome


def take_in(folder: Path, *, dry_run: bool, hand_out: HandOut, tell: Tell) -> Taken:
    """Take in both workbooks and the files in the folders beside them, or nothing where anything is wrong.

    hand_out: writes down the passwords of those who get an account, just before they get it; what it
    raises undoes everything. Raises NotReady when there is nothing to be taken in, or a workbook is none.
    """
    workbook, register = folder / OFFICE, folder / REGISTER
    if not workbook.is_file() and not register.is_file():
        names = {"office": OFFICE, "register": REGISTER}
        raise NotReady([Reason("The folder has neither %(office)s nor %(register)s", names)])
    source = _source(folder, register) if register.is_file() else None
    begun = past.begun(source) if source else None
    taken = Taken(read=past.read(source, tell) if source and not begun else None, before=begun == "done")
    if workbook.is_file():
        _take_office(workbook, taken, dry_run, hand_out)
    elif taken.read is not None:
        with read_tx() as session:
            taken.checked = past.judge(session, taken.read)
    if source is not None and not (dry_run or taken.before or taken.findings):
        taken.report = past.run(source, tell=tell, checked=taken.checked)
    return taken


def _source(folder: Path, register: Path) -> past.Source:
    """Return the register with the files that lie in folders below this one."""
    gathered = past.gather(register, folder)
    files = {name: path for name, path in gathered.files.items() if "/" in name}
    return past.Source(gathered.name, gathered.register, files)


def _take_office(workbook: Path, taken: Taken, dry_run: bool, hand_out: HandOut) -> None:
    """Take the office in, unless its past documents do not go with it."""
    take_back: list[Callable[[], None]] = []

    def judge(session: Session, outcome: office.Outcome) -> None:
        if taken.read is not None:
            taken.checked = past.judge(session, taken.read)
        if dry_run or taken.findings:
            raise _Undone(outcome)
        if outcome.newcomers:
            take_back.append(hand_out(outcome.newcomers))

    try:
        outcome = office.run(workbook.name, workbook.read_bytes(), judge)
        taken.newcomers = outcome.newcomers
    except _Undone as undone:
        outcome = undone.outcome
    except BaseException:
        for each in take_back:
            each()
        raise
    taken.plan = outcome.plan
