"""The register's own checks: a clean one has no finding, and each change behind its back has one."""

import shutil
from collections.abc import Iterator
from contextlib import suppress
from datetime import date
from pathlib import Path

import pytest
from sqlalchemy import text

from tests.workflow.desk import opened
from tests.workflow.register.conftest import MOMENT, Book, book_of
from workflow import clock
from workflow.installation import write_tx
from workflow.register import audit
from workflow.register.outside import use_outside
from workflow.register.reserved import reserve
from workflow.register.settling import void
from workflow.register.start import confirm_start


@pytest.fixture(scope="module")
def written(office_template: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Book]:
    """Give a register with a number of each state: missing 1, void 2, used 3, reserved 4, outside 5, 6."""
    folder = tmp_path_factory.mktemp("register")
    shutil.copy(office_template, folder / "office.db")
    with opened(f"sqlite:///{folder / 'office.db'}", folder) as desk, clock.held_at(MOMENT):
        book = book_of(desk)
        book.unconfirm()
        confirm_start(book.registrar, book.series, 2025, 3, "核对")
        void(book.registrar, book.id_of(2), "纸质登记簿已注销")
        desk.at("printing")
        reserve(book.registrar, book.series, 2025, "综合处", "待会签", date(2025, 12, 1))
        use_outside(book.registrar, book.series, 2025, "手工编号", title="关于值班的通知")
        use_outside(book.registrar, book.series, 2025, "涉密", classified=True)
        yield book


class Undone(Exception):
    """Nothing of what was tried is kept."""


def findings_after(*statements: str) -> list[str]:
    """Return what is found after a change behind the back of the register and of the tables' own checks."""
    found: list[str] = []
    with suppress(Undone), write_tx() as session:
        session.execute(text("PRAGMA ignore_check_constraints = ON"))
        for statement in statements:
            session.execute(text(statement))
        found += audit.findings(session)
        session.execute(text("PRAGMA ignore_check_constraints = OFF"))
        raise Undone
    return found


def test_a_register_with_a_number_of_each_state_has_no_finding(written: Book) -> None:
    assert [state for _, state, _ in written.rows()] == [
        "missing",
        "void",
        "used",
        "reserved",
        "outside",
        "outside",
    ]
    assert findings_after() == []
    assert written.desk.findings() == []


@pytest.mark.parametrize(
    ("statement", "finding"),
    [
        (
            "DELETE FROM register WHERE serial = 1",
            "series 豫直文明办〔2025〕: nothing explains the numbers 1",
        ),
        (
            "DELETE FROM register WHERE serial = 6",
            "series 豫直文明办〔2025〕: nothing explains the numbers 6",
        ),
        (
            "UPDATE register SET document_id = NULL WHERE serial = 3",
            "number 豫直文明办〔2025〕3号: it is used, and no document has it",
        ),
        (
            "UPDATE register SET state = 'void', reason = '有误' WHERE serial = 3",
            "number 豫直文明办〔2025〕3号: it is void, its document is at printing",
        ),
        (
            "UPDATE register SET state = 'missing', reason = '待查' WHERE serial = 3",
            "number 豫直文明办〔2025〕3号: it is missing, and a document has it",
        ),
        (
            "UPDATE register SET reserved_for = '' WHERE serial = 4",
            "number 豫直文明办〔2025〕4号: it is reserved, and for whom or until when is not said",
        ),
        (
            "UPDATE register SET reserved_until = NULL WHERE serial = 4",
            "number 豫直文明办〔2025〕4号: it is reserved, and for whom or until when is not said",
        ),
        (
            "UPDATE register SET state = 'void' WHERE serial = 4",
            "number 豫直文明办〔2025〕4号: it is void, and set aside for somebody",
        ),
        (
            "UPDATE register SET title = '某事' WHERE serial = 6",
            "number 豫直文明办〔2025〕6号: it is classified, and more than that is kept of it",
        ),
        (
            "UPDATE register SET state = 'void', classified = 0 WHERE serial = 5",
            "number 豫直文明办〔2025〕5号: it is void, and has a title of its own",
        ),
        (
            "UPDATE register SET reason = '' WHERE serial = 2",
            "number 豫直文明办〔2025〕2号: it is void without a reason",
        ),
        (
            "UPDATE register SET number = '豫直文明办〔2025〕9号' WHERE serial = 1",
            "number 豫直文明办〔2025〕9号: its row is that of 2025, 1",
        ),
        (
            "UPDATE series SET start_serial = 4",
            "number 豫直文明办〔2025〕3号: it was given, and its series starts with 2025, 4",
        ),
        (
            "UPDATE series SET start_at = NULL, start_year = NULL, start_serial = NULL",
            "number 豫直文明办〔2025〕4号: it was given before the start of its series was confirmed",
        ),
        (
            "UPDATE counters SET last = 5",
            "series 豫直文明办〔2025〕: its next number would be 6, and 6 is in the register",
        ),
        (
            "UPDATE series SET start_at = 'x', start_year = 2026, start_serial = 5 WHERE id <> 1",
            "series 豫直文明办函: its counter stands before the start that was confirmed",
        ),
        (
            "UPDATE documents SET number = '豫直文明办〔2025〕8号' WHERE id = 1",
            "number 豫直文明办〔2025〕8号: it is not in the register",
        ),
    ],
)
def test_a_change_behind_the_register_s_back_is_found(written: Book, statement: str, finding: str) -> None:
    assert finding in findings_after(statement)
