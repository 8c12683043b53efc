"""Numbers used outside the system: with a title, or without one where the paper is classified."""

from datetime import date
from typing import Any

import pytest
from sqlalchemy import text

from tests.workflow.register.conftest import CODE, Book
from workflow.errors import NotAllowed, NotReady
from workflow.installation import read_tx
from workflow.register.outside import use_outside
from workflow.register.reserved import reserve
from workflow.register.start import confirm_start

SECRET_TITLE = "关于不可入网事项的通知"


def use(book: Book, reason: str = "紧急事项先行手工编号", **more: Any) -> int:
    return use_outside(book.registrar, book.series, 2025, reason, **more)


def test_the_next_number_is_entered_with_what_it_was_used_for(book_on_both: Book) -> None:
    book = book_on_both
    row = book.row(use(book, title="关于防汛值班的通知", dated=date(2025, 11, 18)))
    assert (row.number, row.state, row.title, row.classified, row.dated) == (
        f"{CODE}〔2025〕1号",
        "outside",
        "关于防汛值班的通知",
        False,
        date(2025, 11, 18),
    )
    assert book.desk.row(book.desk.at("printing"))["number"] == f"{CODE}〔2025〕2号"
    assert book.desk.findings() == []


def test_of_a_classified_paper_no_title_is_kept_anywhere(book: Book) -> None:
    row = book.row(use(book, "涉密文件另行登记", title=SECRET_TITLE, classified=True))
    assert (row.title, row.classified) == ("", True)
    with read_tx() as session:
        for name in ("register", "office_changes", "answers"):
            assert SECRET_TITLE not in str(session.execute(text(f"SELECT * FROM {name}")).all())
    assert book.desk.findings() == []


def test_a_missing_number_turns_out_to_have_been_used(book: Book) -> None:
    book.unconfirm()
    confirm_start(book.registrar, book.series, 2025, 3, "核对")
    entry = use(book, title="关于节日值守的通知", serial=2, dated=date(2025, 2, 3))
    assert entry == book.id_of(2)
    assert book.rows() == [
        ("〔2025〕1号", "missing", "待查"),
        ("〔2025〕2号", "outside", "紧急事项先行手工编号"),
    ]
    assert book.log()[-1] == (
        "number_used_outside",
        f"{CODE}〔2025〕2号",
        {"before": "missing", "reason_before": "待查", "classified": False, "reason": "紧急事项先行手工编号"},
    )
    assert book.desk.row(book.desk.at("printing"))["number"] == f"{CODE}〔2025〕3号"
    assert book.desk.findings() == []


def test_a_reserved_number_is_used_outside_and_no_longer_set_aside(book: Book) -> None:
    reserve(book.registrar, book.series, 2025, "综合处", "待会签", date(2025, 12, 1))
    row = book.row(use(book, title="关于会议的通知", serial=1))
    assert (row.state, row.reserved_for, row.reserved_until) == ("outside", "", None)
    assert book.log()[-1][2]["for"] == "综合处"
    assert book.desk.findings() == []


@pytest.mark.parametrize(
    ("given", "reason"),
    [
        ({"title": ""}, "标题 is required"),
        ({"title": "某事", "reason": ""}, "原因 is required"),
        ({"title": "绝密★某事"}, "This system handles no state secrets; use the classified channel."),
        (
            {"classified": True, "reason": "机密★"},
            "This system handles no state secrets; use the classified channel.",
        ),
        (
            {"title": "某事", "dated": date(2025, 11, 21)},
            "What was issued outside cannot be dated in the future",
        ),
        ({"title": "某事", "serial": 5}, "The register has no number 5 of that year"),
        ({"title": "某事", "serial": 1}, f"The number {CODE}〔2025〕1号 is 已用"),
    ],
)
def test_what_cannot_be_entered_is_refused(standing: Book, given: dict[str, Any], reason: str) -> None:
    if not standing.rows():
        standing.desk.at("printing")
    before = standing.desk.fingerprint()
    with pytest.raises(NotReady) as refusal:
        use(standing, **given)
    assert reason in [str(one) for one in refusal.value.reasons]
    assert standing.desk.fingerprint() == before


def test_only_the_registrar_enters_them(standing: Book) -> None:
    with pytest.raises(NotAllowed):
        use_outside(standing.desk.id("clerk"), standing.series, 2025, "因", title="某事")
