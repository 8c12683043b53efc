"""What a later document ends is in force no more, and is again where that one is rescinded itself."""

from datetime import date, timedelta
from typing import Any

import pytest
from sqlalchemy import select
from sqlalchemy.exc import IntegrityError

from tests.workflow.desk import BODY, Desk, content
from workflow import clock, endings, in_force, lists, retrieval
from workflow.errors import ContentError
from workflow.installation import read_tx
from workflow.models import Document

RECORD = "UPDATE ended SET {} WHERE earlier_id = (SELECT id FROM documents WHERE public_id = :document)"


def ending(desk: Desk, earlier: str, act: str, **more: Any) -> dict[str, Any]:
    return {"number": desk.row(earlier)["number"], "act": act, **more}


def end(desk: Desk, earlier: str, act: str, stage: str = "issued", **more: Any) -> str:
    """Draft a document that ends an earlier one, and bring it to a stage."""
    return desk.bring(desk.draft("clerk", ends=[ending(desk, earlier, act, **more)]), stage)


def stands(desk: Desk, document: str, day: date | None = None) -> str:
    """Return how a document stands, as its mark and the query have it alike."""
    day = day or clock.today()
    with read_tx() as session:
        id_ = desk.row(document)["id"]
        marks = in_force.marks(session, desk.person("drafter"), [id_])
        queried = select(Document.id).where(Document.id == id_, in_force.in_force(day))
        known = session.execute(queried).first() is not None
    word = in_force.standing(marks[id_], day)
    assert known == (word == "in_force" and day >= desk.row(document)["dated"])
    return word


def test_what_is_rescinded_never_was_in_force_and_is_again_when_that_is_rescinded(desk_on_both: Desk) -> None:
    desk = desk_on_both
    first = desk.at("issued")
    second = end(desk, first, "rescind", "dispatch", reason="越权")
    assert stands(desk, first) == "in_force"  # until the later one is issued
    desk.bring(second, "issued")
    assert stands(desk, first) == stands(desk, first, date(2000, 1, 1)) == "rescinded"
    assert desk.told("drafter")[-1] == "%(number)s was rescinded by %(later)s"
    said = desk.movements(second)[-1].details["ends"]
    assert said == [{"document": first, "act": "rescind", "from_date": None, "reason": "越权"}]
    third = end(desk, second, "rescind")
    assert [stands(desk, one) for one in (first, second, third)] == ["in_force", "rescinded", "in_force"]
    end(desk, third, "rescind")
    assert [stands(desk, one) for one in (first, second, third)] == ["rescinded", "in_force", "rescinded"]
    assert desk.findings() == []


def test_what_is_repealed_is_in_force_until_that_day_and_is_not_again(desk: Desk) -> None:
    first, today = desk.at("issued"), clock.today()
    second = end(desk, first, "repeal", from_date=(today + timedelta(7)).isoformat())
    assert [stands(desk, first, today + timedelta(days)) for days in (0, 6, 7, 8)] == [
        "in_force", "in_force", "repealed", "repealed",
    ]  # fmt: skip
    third = end(desk, second, "repeal")  # from the day of issuing
    assert (stands(desk, second), stands(desk, second, today - timedelta(1))) == ("repealed", "in_force")
    assert stands(desk, first, today + timedelta(7)) == "repealed"
    end(desk, second, "rescind")
    assert (stands(desk, first, today + timedelta(7)), stands(desk, third)) == ("in_force", "in_force")
    assert desk.findings() == []


def test_voided_before_it_is_issued_it_ends_nothing(desk: Desk) -> None:
    first = desk.at("issued")
    second = end(desk, first, "rescind", "dispatch")
    assert desk.take(second, "registrar", "void", comment="不再需要") == "voided"
    assert stands(desk, first) == "in_force"


def test_a_document_issued_anew_takes_the_others_place_and_ends_what_that_ended(desk: Desk) -> None:
    first = desk.at("issued")
    wrong = end(desk, first, "repeal", reason="任务完成")
    both = [ending(desk, wrong, "replace", reason="字号登记错误"), ending(desk, first, "repeal")]
    anew = desk.bring(desk.draft("clerk", ends=both), "issued")
    assert [stands(desk, one) for one in (first, wrong, anew)] == ["repealed", "replaced", "in_force"]
    assert desk.register()[-2][:2] == (desk.row(wrong)["number"], "used")
    assert desk.findings() == []


def test_the_search_finds_only_what_is_in_force_and_says_how_each_stands(desk: Desk) -> None:
    first = desk.at("issued")
    second = end(desk, first, "rescind")

    def found(day: date | None) -> dict[str, str]:
        with read_tx() as session:
            items = retrieval.retrieve(session, desk.person("drafter"), in_force=day).items
            return {item.id: item.standing for item in items}

    assert found(clock.today()) == {second: "in_force"}
    assert found(clock.today() - timedelta(1)) == {}
    assert found(None) == {second: "in_force", first: "rescinded"}


def test_numbers_are_kept_as_the_register_has_them_and_change_the_text_that_is_signed(desk: Desk) -> None:
    first = desk.at("issued")
    number = desk.row(first)["number"]
    typed = number.replace("〔", "[").replace("〕", "] ")
    document = desk.draft("drafter", ends=[{"number": typed, "act": "repeal"}])
    with read_tx() as session:
        row = desk.row(document)
        (kept,) = endings.load_content(session, row["id"], row["revision"]).ends
    assert kept.number == number
    plain = desk.draft("drafter")
    assert desk.row(plain)["content_sha256"] != desk.row(document)["content_sha256"]
    desk.bring(document, "checking")
    changed = content(ends=[{"number": number, "act": "rescind"}])
    assert desk.revise(document, "clerk", changed, change="substance", reason="改为撤销") == "signing"


UNFIT: list[tuple[dict[str, str], str]] = [
    ({"number": "豫直文明办〔1999〕9号", "act": "rescind"}, "No issued document has the number"),
    ({"number": "未知", "act": "rescind"}, "No issued document has the number"),
    ({"number": "", "act": "rescind"}, "This must not be empty"),
    ({"number": "{}", "act": "void"}, "is none of rescind, repeal and replace"),
    ({"number": "{}", "act": "rescind", "from_date": "2030-01-01"}, "Only a repeal has a day"),
    ({"number": "{}", "act": "repeal", "from_date": "明天"}, "is no date"),
    ({"number": "{}", "act": "replace"}, "Only the office clerk or the registrar"),
    ({"number": "{}", "act": "repeal", "kind": "x"}, "There is no such field"),
]


def test_what_cannot_be_ended_is_refused_at_its_place(desk: Desk) -> None:
    number = desk.row(desk.at("issued"))["number"]
    for given, message in UNFIT:
        ends = [{name: value.format(number) for name, value in given.items()}]
        with pytest.raises(ContentError, match=message) as refusal:
            desk.draft("drafter", ends=ends)
        assert {problem.where.partition(".")[0] for problem in refusal.value.problems} == {"ends[0]"}


def test_what_is_rescinded_already_is_not_ended_again_but_drafts_under_way_go_through(desk: Desk) -> None:
    first = desk.at("issued")
    meanwhile = end(desk, first, "repeal", "dispatch")
    end(desk, first, "rescind")
    with pytest.raises(ContentError, match="was rescinded by"):
        end(desk, first, "repeal")
    desk.bring(meanwhile, "issued")
    assert stands(desk, first) == "rescinded"
    assert desk.findings() == []


def test_nobody_ends_what_they_may_not_see(desk: Desk) -> None:
    hidden = desk.bring(desk.draft("clerk"), "registration")
    desk.take(hidden, "registrar", "register", restricted=True)
    desk.bring(hidden, "issued")
    with pytest.raises(ContentError, match="No issued document has the number"):
        desk.draft("drafter", ends=[ending(desk, hidden, "rescind")])
    desk.draft("registrar", ends=[ending(desk, hidden, "rescind")])


TAMPERED = [
    ("act = 'replace'", "act = 'rescind'", "is not what its movement says"),
    ("reason = '另有原因'", "reason = ''", "is not what its movement says"),
    ("undone_by_id = earlier_id", "undone_by_id = NULL", "whether it is ended still is not what follows"),
    ("seq = 3", "seq = seq", "ends it"),
]


def test_verify_finds_a_link_that_the_record_does_not_bear_out(desk: Desk) -> None:
    first = desk.at("issued")
    end(desk, first, "rescind")
    for change, back, finding in TAMPERED:
        assert desk.findings() == []
        desk.execute(RECORD.format(change), document=first)
        assert any(finding in line for line in desk.findings())
        desk.execute(RECORD.format(back), document=first)


def test_the_database_refuses_a_repeal_without_a_day_and_a_document_that_ends_itself(
    desk_on_both: Desk,
) -> None:
    first = desk_on_both.at("issued")
    end(desk_on_both, first, "rescind")
    for change in ("act = 'repeal'", "from_date = '2030-01-01'", "later_id = earlier_id"):
        with pytest.raises(IntegrityError):
            desk_on_both.execute(RECORD.format(change), document=first)


def test_the_signatory_is_told_the_number_and_what_was_corrected_since(desk: Desk) -> None:
    plain, mended = desk.at("issued"), desk.at("checking")
    assert desk.told("signatory") == [
        "Your document went out as %(number)s; corrections since you signed: %(count)s"
    ]
    for text in (BODY.replace("总结，", "总结、"), BODY.replace("现将", "兹将")):
        desk.revise(mended, "clerk", content(body=text), change="wording", reason="校正")
    desk.bring(mended, "issued")
    with read_tx() as session:
        lines = lists.to_read(session, desk.person("signatory")).items
    known = {line["public_id"]: line["params"] for line in lines if "went out" in line["message"]}
    assert known[plain] == {"number": desk.row(plain)["number"], "count": "0"}
    assert known[mended] == {"number": desk.row(mended)["number"], "count": "2", "from": "1", "to": "3"}
    assert desk.told("drafter").count("Issued as %(number)s") == 2
