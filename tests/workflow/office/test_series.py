"""Series of numbers: what they serve, how one takes another's place, and that none is lost."""

from typing import Any

import pytest
from sqlalchemy import select

from states.errors import NotAllowed, NotReady
from tests.workflow.desk import Desk, mended
from workflow.agencies import series_for
from workflow.describe import describe
from workflow.errors import ContentError, NotFound
from workflow.installation import read_tx, write_tx
from workflow.models import Counter, Series
from workflow.office import series
from workflow.register.registration import outlook

GENERAL, LETTERS, COMMITTEE = 1, 2, 3
MISSING = "No series of 省直文明办 numbers documents of the type 通知"
WITHOUT_GENERAL = "One series must serve all types of document that no other names."


def refusal(verb: Any, *args: Any) -> list[str]:
    with pytest.raises(ContentError) as refused:
        verb(*args)
    return [problem.message % problem.params for problem in refused.value.problems]


def serving(type_: str, agency: int = 1) -> str:
    with read_tx() as session:
        return str(series_for(session, agency, type_).agency_code)


def test_a_new_series_takes_over_the_types_that_it_names(desk_on_both: Desk) -> None:
    admin = desk_on_both.id("admin")
    new = {"agency_code": "豫直文明办令", "name": "令", "types": ["命令"]}
    opened = series.open_series(admin, "wmb", new)
    assert (serving("命令"), serving("函"), serving("通知")) == ("豫直文明办令", "豫直文明办函", "豫直文明办")
    series.change_series(admin, opened, {"name": "令", "types": ["命令", "决定"], "closed_year": ""})
    assert serving("决定") == "豫直文明办令"
    series.retire_series(admin, opened)
    assert serving("命令") == "豫直文明办"
    series.retire_series(admin, opened, retired=False)
    assert serving("命令") == "豫直文明办令"


def test_a_new_code_takes_the_place_of_the_general_one_at_once(desk: Desk) -> None:
    document = desk.at("registration")
    new = {"agency_code": "豫直文明", "name": "文件", "types": [], "instead_of": GENERAL}
    series.open_series(desk.id("admin"), "wmb", new)
    with read_tx() as session:
        assert session.get_one(Series, GENERAL).retired
        assert session.scalars(select(Series).where(Series.agency_code == "豫直文明")).one().start_at is None
    assert serving("通知") == "豫直文明"
    with pytest.raises(NotReady, match="豫直文明"):
        desk.take(document, "registrar", "register")  # with which number it starts is the registrar's to say


def test_what_would_leave_a_type_without_a_series_or_with_two_is_refused(desk: Desk) -> None:
    admin, before = desk.id("admin"), desk.fingerprint()
    letters = {"agency_code": "豫直文明办便函", "name": "便函", "types": ["函"]}
    general = {"agency_code": "豫直文明", "name": "文件", "types": []}
    assert refusal(series.open_series, admin, "wmb", letters) == [
        "Only one series can serve the type 函, not 豫直文明办函、豫直文明办便函."
    ]
    assert refusal(series.open_series, admin, "wmb", general) == [
        "Only one series can serve the types that no other names, not 豫直文明办、豫直文明."
    ]
    assert refusal(series.retire_series, admin, GENERAL) == [WITHOUT_GENERAL]
    named = {"name": "文件", "types": ["通知"]}
    assert refusal(series.change_series, admin, GENERAL, named) == [WITHOUT_GENERAL]
    foreign = general | {"instead_of": COMMITTEE, "agency_code": "豫〔直〕 1", "name": ""}
    assert refusal(series.open_series, admin, "wmb", foreign) == [
        "Only the words before the year: no brackets, figures or spaces.",
        "This must not be empty.",
        "3 is not one of the choices.",
    ]
    closed = {"name": "文件", "types": ["密令"], "closed_year": "2999"}
    assert refusal(series.change_series, admin, GENERAL, closed)[0] == "密令 is not one of the choices."
    assert len(refusal(series.change_series, admin, GENERAL, closed)) == 2
    assert desk.fingerprint() == before


def test_a_code_in_use_can_be_retired_but_not_deleted(desk: Desk) -> None:
    admin = desk.id("admin")
    desk.at("printing", type="函")
    assert refusal(series.delete_series, admin, LETTERS) == [
        "The series 豫直文明办函 has numbers in the register; it can be retired, not deleted."
    ]
    series.retire_series(admin, LETTERS)
    assert desk.register() == [("豫直文明办函〔2026〕1号", "used", "")]
    assert serving("函") == "豫直文明办"


def test_a_series_without_numbers_is_deleted_with_what_counted_for_it(desk: Desk) -> None:
    with write_tx() as session:
        session.add(Counter(run=f"series {LETTERS} 2026", last=0))
    series.delete_series(desk.id("admin"), LETTERS)
    with read_tx() as session:
        assert session.get(Series, LETTERS) is None
        assert session.scalars(select(Counter)).all() == []
    with pytest.raises(NotFound):
        series.delete_series(desk.id("admin"), LETTERS)


def test_the_last_series_stays_while_documents_still_need_a_number(desk: Desk) -> None:
    admin, document = desk.id("admin"), desk.draft(agency="省直文明委")
    assert refusal(series.retire_series, admin, COMMITTEE) == [
        "1 documents of the agency are under way and still need a number."
    ]
    desk.take(document, "drafter", "terminate", comment="不再发文")
    series.retire_series(admin, COMMITTEE)
    with read_tx() as session, pytest.raises(NotReady, match="No series of 省直文明委 numbers documents"):
        series_for(session, 2, "通知")


def test_a_document_without_a_series_can_be_looked_at_and_says_what_is_missing(desk: Desk) -> None:
    document = desk.at("registration")
    desk.execute("UPDATE series SET retired = true WHERE agency_id = 1")
    with read_tx() as session:
        shown = describe(session, desk.person("registrar"), document)
        assert outlook(session, desk.row(document)) is None
    register = next(action for action in shown.actions if action.name == "register")
    assert not register.allowed
    assert [str(reason) for reason in register.reasons] == [MISSING]
    assert register.inputs("zh")["type"] == "object"
    with pytest.raises(NotReady) as refused:
        desk.take(document, "registrar", "register")
    assert [str(reason) for reason in refused.value.reasons] == [MISSING]


def test_a_numbered_document_can_be_mended_after_its_series_ended(desk: Desk) -> None:
    document = desk.at("printing")
    desk.execute("UPDATE series SET retired = true WHERE agency_id = 1")
    changed = mended("认真总结", "认真地总结")
    assert desk.revise(document, "registrar", changed, change="wording", reason="漏字") == "printing"


def test_only_the_administrator_changes_series(desk: Desk) -> None:
    before = desk.fingerprint()
    new = {"agency_code": "豫直文明办令", "name": "令", "types": ["命令"]}
    for verb, args in (
        (series.open_series, ("wmb", new)),
        (series.change_series, (LETTERS, {"name": "函", "types": ["函"]})),
        (series.retire_series, (LETTERS,)),
        (series.delete_series, (LETTERS,)),
    ):
        with pytest.raises(NotAllowed):
            verb(desk.id("registrar"), *args)
    assert desk.fingerprint() == before
