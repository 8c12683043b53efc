"""Numbers: one after the other, of the right year, spent only by being voided."""

import pytest

from docgen.errors import DocgenError
from tests.workflow.desk import Desk, at, content
from workflow import clock, effects, laying, numbering
from workflow.errors import ContentError, NotReady
from workflow.installation import read_tx, write_tx
from workflow.models import Series
from workflow.register import registration


def test_numbers_follow_each_other_in_each_series(desk_on_both: Desk) -> None:
    desk = desk_on_both
    with clock.held_at(at(2024, 4, 7)):
        numbers = [
            desk.row(desk.at("printing", **more))["number"]
            for more in ({}, {"type": "函"}, {"agency": "省直文明委"}, {}, {"type": "函"})
        ]
    assert numbers == [
        "豫直文明办〔2024〕1号",
        "豫直文明办函〔2024〕1号",
        "豫直文明委〔2024〕1号",
        "豫直文明办〔2024〕2号",
        "豫直文明办函〔2024〕2号",
    ]


def test_complaint_a_step_that_fails_leaves_no_gap(
    desk_on_both: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    desk = desk_on_both
    document = desk.at("registration")
    before = desk.fingerprint()

    def take_number_and_fail(work, inputs) -> None:
        effects.take_number(work, inputs)
        raise OSError("the power went")

    with monkeypatch.context() as patched:
        patched.setitem(effects.EFFECTS, "take_number", take_number_and_fail)
        with pytest.raises(OSError, match="the power went"):
            desk.take(document, "registrar", "register")
    assert desk.fingerprint() == before
    desk.take(document, "registrar", "register")
    assert desk.row(document)["number"].endswith("〕1号")
    assert desk.findings() == []


def test_a_file_that_cannot_be_made_leaves_no_trace(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    document = desk.at("printing")
    before = desk.fingerprint()

    def fail(*_: object, **__: object) -> bytes:
        raise DocgenError("no paper")

    with monkeypatch.context() as patched:
        patched.setattr(laying, "render", fail)
        with pytest.raises(DocgenError):
            desk.take(document, "registrar", "send_to_print")
    assert desk.fingerprint() == before


def test_signed_in_december_and_registered_in_january_takes_the_old_year_s_number(desk: Desk) -> None:
    with clock.held_at(at(2024, 12, 31, 23)):
        documents = [desk.at("registration") for _ in range(3)]
    with clock.held_at(at(2025, 1, 1, 1)):  # still 2024 in UTC
        new = desk.at("registration")
        desk.take(documents[0], "registrar", "register")
        with pytest.raises(NotReady) as refusal:
            desk.take(documents[1], "registrar", "register", year=2025)
        assert [str(one) for one in refusal.value.reasons] == [
            "A number of another year than that of sign-off needs a reason"
        ]
        desk.take(documents[1], "registrar", "register", year=2025, comment="年度已结")
        desk.take(documents[2], "registrar", "register", year="2024")
        desk.take(new, "registrar", "register")
    numbers = [desk.row(document)["number"] for document in (*documents, new)]
    assert [number.removeprefix("豫直文明办") for number in numbers] == [
        "〔2024〕1号",
        "〔2025〕1号",
        "〔2024〕2号",
        "〔2025〕2号",
    ]
    assert desk.findings() == []


def test_a_closed_year_gives_no_more_numbers(desk: Desk) -> None:
    with clock.held_at(at(2024, 12, 31)):
        document = desk.at("registration")
    desk.execute("UPDATE series SET closed_year = 2024")
    with clock.held_at(at(2025, 1, 2)):
        with pytest.raises(NotReady):
            desk.take(document, "registrar", "register", year=2024)
        desk.take(document, "registrar", "register", comment="2024年已封号")
    assert desk.row(document)["number"] == "豫直文明办〔2025〕1号"


@pytest.mark.parametrize("now", [at(2025, 1, 8), at(2024, 12, 31)])
def test_a_clock_set_back_before_the_latest_number_is_refused(desk: Desk, now) -> None:
    with clock.held_at(at(2024, 12, 30)):
        documents = [desk.at("registration") for _ in range(2)]
    with clock.held_at(at(2025, 1, 9)):
        desk.take(documents[0], "registrar", "register", year=2025, comment="年度已结")
    with clock.held_at(now), pytest.raises(NotReady) as refusal:
        desk.take(documents[1], "registrar", "register")
    assert "The clock stands before the latest registration of this series (2025-01-09)" in str(refusal.value)


def test_the_outlook_takes_nothing(desk: Desk) -> None:
    with clock.held_at(at(2024, 4, 7)):
        document = desk.at("registration")
        before = desk.fingerprint()
        with read_tx() as session:
            outlook = registration.outlook(session, desk.row(document))
        assert outlook.numbers == {2024: "豫直文明办〔2024〕1号"}
        assert desk.fingerprint() == before
        desk.take(document, "registrar", "register")
    assert desk.row(document)["number"] == outlook.numbers[2024]


def test_taking_and_peeking_agree(desk_on_both: Desk) -> None:
    with write_tx() as session:
        run = numbering.run_of(session.query(Series).first().id, 2024)
        for expected in range(1, 6):
            assert numbering.peek(session, run) == expected
            assert numbering.take(session, run) == expected


def test_complaint_a_gap_is_found_and_named(desk: Desk) -> None:
    with clock.held_at(at(2024, 4, 7)):
        desk.at("printing")
    desk.execute("UPDATE counters SET last = 4 WHERE run LIKE 'series%'")
    assert desk.findings() == ["series 豫直文明办〔2024〕: nothing explains the numbers 2、3、4"]


@pytest.mark.parametrize("change", [{"agency": "省直文明委"}, {"type": "函"}])
def test_a_numbered_document_stays_in_its_series(desk: Desk, change: dict[str, str]) -> None:
    document = desk.at("printing")
    number = desk.row(document)["number"]
    with pytest.raises(NotReady) as refusal:
        desk.revise(document, "registrar", content(**change), change="substance", reason="改")
    assert f"The number {number} is of another series" in str(refusal.value)
    desk.revise(document, "registrar", content(type="通报"), change="substance", reason="改")
    assert desk.row(document)["number"] == number


def test_a_document_keeps_its_agency_whoever_mends_it(desk: Desk) -> None:
    document = desk.at("office_review", agency="省直文明委")
    desk.revise(document, "clerk", content(note="此件公开发布"))
    desk.bring(document, "printing")
    assert desk.row(document)["number"].startswith("豫直文明委〔")


def test_an_unknown_agency_is_refused(desk: Desk) -> None:
    with pytest.raises(ContentError):
        desk.draft(agency="不存在的机关")
