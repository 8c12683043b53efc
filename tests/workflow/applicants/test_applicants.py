"""Units that apply: credit codes, accounts, change of name, end, the list and its workbook."""

from collections.abc import Callable, Iterator
from datetime import date
from typing import Any

import pytest
from argon2 import PasswordHasher
from sqlalchemy import select

from tests.workflow.desk import Desk, at
from workflow import clock, logins
from workflow.applicants import accounts, import_form, importing, keeping, listing
from workflow.applicants.credit_code import ALPHABET, check_character, faults
from workflow.applicants.import_plan import Plan
from workflow.applicants.listing import Wanted
from workflow.errors import ContentError, NotAllowed, NotFound, NotReady, WrongLogin
from workflow.installation import read_tx
from workflow.models import OfficeChange, Unit
from workflow.spreadsheets import Cell, Table, read_workbook, write_workbook

CODE = "91350100M000100Y43"  # the example of GB 32100-2015
OTHER = "91410000MA4000000E"


@pytest.fixture(autouse=True)
def cheap_passwords(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    monkeypatch.setattr(logins, "_hasher", PasswordHasher(time_cost=1, memory_cost=8, parallelism=1))
    with clock.held_at(at(2026, 2, 10)):
        yield


def unit(**changes: Any) -> dict[str, Any]:
    usual = {"name": "某某公路局", "credit_code": CODE, "nature": "事业单位", "recommender": "省交通运输厅"}
    return usual | changes


def lines(desk: Desk, **wanted: str) -> list[listing.Line]:
    with read_tx() as session:
        return listing.listed(session, desk.person("clerk"), Wanted(**wanted))[0]


def problems(act: Callable[..., object], *given: Any) -> dict[str, str]:
    with pytest.raises(ContentError) as refusal:
        act(*given)
    return {problem.where: problem.message % problem.params for problem in refusal.value.problems}


def refused(act: Callable[..., object], *given: Any) -> list[str]:
    with pytest.raises(NotReady) as refusal:
        act(*given)
    return list(map(str, refusal.value.reasons))


def noted(count: int) -> list[tuple[str, str]]:
    with read_tx() as session:
        rows = session.scalars(select(OfficeChange).order_by(OfficeChange.id.desc()).limit(count))
        return [(row.action, row.subject) for row in rows][::-1]


def test_a_credit_code_is_told_from_one_that_was_mistyped() -> None:
    assert faults(CODE) == []
    assert str(faults(CODE[:-1])[0]) == "A credit code has 18 characters, not 17"
    assert "O、I does not occur" in str(faults("O1I50100M000100Y43")[0])
    for place, right in enumerate(CODE):
        wrong = ALPHABET[(ALPHABET.index(right) + 1) % 31]
        assert faults(CODE[:place] + wrong + CODE[place + 1 :]), "one character is another"
    for place in range(16):
        if CODE[place] != CODE[place + 1]:
            swapped = CODE[:place] + CODE[place + 1] + CODE[place] + CODE[place + 2 :]
            assert faults(swapped), "two neighbours have changed places"
    assert check_character(OTHER[:-1]) == OTHER[-1]


def test_a_unit_is_entered_with_its_accounts_which_begin_with_a_password_of_one_use(desk: Desk) -> None:
    clerk = desk.id("clerk")
    new = keeping.add(clerk, unit(credit_code=" 91350100m000100y43 "))
    password = accounts.open_account(clerk, new, "glj01", "某甲", ["applicant"])
    assert logins.log_in("glj01", password, "browser")
    body = keeping.add(clerk, {"name": "省交通运输厅", "nature": "机关"})
    accounts.open_account(clerk, body, "jtt01", "某乙", ["applicant", "recommender"])
    person = desk.person("jtt01")
    assert (person.must_change, person.in_office) == (True, False)
    assert [(post.code, post.unit, post.internal) for post in person.posts] == [
        ("applicant", "省交通运输厅", False),
        ("recommender", "省交通运输厅", False),
    ]
    found = {line.name: line for line in lines(desk)}
    assert (found["某某公路局"].credit_code, found["某某公路局"].recommender) == (CODE, "省交通运输厅")
    assert [one.username for one in found["省交通运输厅"].accounts] == ["unit1", "jtt01"]
    assert {one.state for one in found.values()} == {"active"}
    assert ("account_opened", "某乙 (jtt01)") in noted(5)


def test_everything_that_is_wrong_with_a_unit_is_told_at_once(desk: Desk) -> None:
    clerk = desk.id("clerk")
    keeping.add(clerk, unit())
    given = {
        "name": "综合处",
        "credit_code": CODE,
        "nature": "",
        "recommender": "综合处",
        "barred_until": "x",
    }
    assert problems(keeping.add, clerk, given) == {
        "name": "There is a unit 综合处 already",
        "credit_code": "This is the credit code of 某某公路局",
        "nature": "This must not be empty.",
        "recommender": "There is no unit outside called 综合处",
        "barred_until": "This must be a date such as 2024-04-07.",
    }
    own = {"name": "省农业农村厅", "nature": "机关", "recommender": "省农业农村厅"}
    assert problems(keeping.add, clerk, own) == {"recommender": "A unit does not recommend itself"}
    assert lines(desk, words="省农业农村厅") == []


def test_a_unit_keeps_its_former_names_and_is_found_by_them(desk: Desk) -> None:
    clerk = desk.id("clerk")
    new = keeping.add(clerk, unit())
    assert problems(keeping.rename, clerk, new, {"name": "某某公路局", "until": "2026-02-11"}) == {
        "name": "This is its name already",
        "until": "This day has not come yet",
        "reason": "This must not be empty.",
    }
    given = {"name": "某某公路中心", "until": "2026-01-31", "reason": "机构改革"}
    keeping.rename(clerk, new, given)
    keeping.change(clerk, new, unit(credit_code=OTHER, barred_until="2027-12-31"))
    (line,) = lines(desk, words="公路局")
    assert (line.name, line.credit_code, line.state) == ("某某公路中心", OTHER, "barred")
    assert [(one.name, one.until, one.reason) for one in line.former] == [
        ("某某公路局", date(2026, 1, 31), "机构改革")
    ]
    assert noted(2) == [("applicant_renamed", "某某公路局"), ("applicant_changed", "某某公路中心")]
    assert "name" in problems(keeping.rename, clerk, new, given | {"name": "省农业农村厅"})


def test_the_end_of_a_unit_is_noted_and_can_be_taken_back(desk: Desk) -> None:
    clerk = desk.id("clerk")
    new = keeping.add(clerk, unit())
    assert set(problems(keeping.end, clerk, new, {"ended_on": "2026-02-11"})) == {"ended_on", "reason"}
    keeping.end(clerk, new, {"ended_on": "2026-01-31", "reason": "并入某某公路中心"})
    assert refused(keeping.end, clerk, new, {}) == ["The end of 某某公路局 is noted already"]
    assert lines(desk, state="ended")[0].ended_on == date(2026, 1, 31)
    keeping.take_back_end(clerk, new)
    assert (lines(desk, state="ended"), len(lines(desk, state="no_account"))) == ([], 1)
    assert refused(keeping.take_back_end, clerk, new) == ["某某公路局 has not ended"]


def test_the_clerk_mends_accounts_of_the_unit_and_no_others(desk: Desk) -> None:
    clerk = desk.id("clerk")
    new = keeping.add(clerk, unit())
    first = accounts.open_account(clerk, new, "glj01", "某甲", ["applicant"])
    secret, _ = logins.log_in("glj01", first, "browser")
    password = accounts.new_password(clerk, new, "glj01")
    assert logins.who_is(secret, "browser") is None
    assert logins.log_in("glj01", password, "browser")
    for other in ("unit1", "clerk", "expert1", "admin"):
        for act in (accounts.new_password, accounts.close_account):
            with pytest.raises(NotFound):
                act(clerk, new, other)
    accounts.close_account(clerk, new, "glj01")
    with pytest.raises(WrongLogin):
        logins.log_in("glj01", password, "browser")
    told = refused(accounts.open_account, clerk, new, "unit1", " ", [])
    assert len(told) == 4, told


def test_only_the_office_clerk_keeps_units_and_others_of_the_office_look_on(desk: Desk) -> None:
    new = keeping.add(desk.id("clerk"), unit())
    before = desk.fingerprint()
    acts: list[tuple[Callable[..., object], tuple[Any, ...]]] = [
        (keeping.add, (unit(),)),
        (keeping.change, (new, unit())),
        (keeping.rename, (new, {})),
        (keeping.end, (new, {})),
        (keeping.take_back_end, (new,)),
        (accounts.open_account, (new, "glj02", "某甲", ["applicant"])),
        (accounts.new_password, (new, "unit1")),
        (accounts.close_account, (new, "unit1")),
        (importing.check, (workbook([]),)),
        (importing.take_in, (workbook([]), "")),
    ]
    for who in ("drafter", "deputy", "auditor", "admin", "unit1", "expert1"):
        for act, given in acts:
            with pytest.raises(NotAllowed):
                act(desk.id(who), *given)
    assert desk.fingerprint() == before
    with read_tx() as session:
        for who in ("drafter", "unit1", "expert1", "admin"):
            with pytest.raises(NotAllowed):
                listing.listed(session, desk.person(who), Wanted())
        assert listing.one(session, desk.person("auditor"), new).name == "某某公路局"


HEADINGS = import_form.FORM.headings


def workbook(rows: list[tuple[Cell, ...]]) -> bytes:
    return write_workbook([Table("单位名录", HEADINGS, rows)])


def told(planned: Plan) -> list[tuple[int, str, str]]:
    return [(one.row, one.column, str(one.reason)) for one in planned.findings]


WRONG_ROWS: list[tuple[Cell, ...]] = [
    ("某某学院", "91350100M000100Y44", "高等院校", None, "某甲", None, None, None),
    ("某某医院", None, "事业単位", "没有的厅", "某乙", None, None, None),
    ("某某医院", None, "事业单位", "某某医院", None, "yiyuan", None, None),
    ("综合处", OTHER, "机关", None, "某丙", "unit1", "管理", "明天"),
    (None, None, None, None, None, None, None, None),
    (None, OTHER, "机关", None, None, None, None, None),
    ("某某集团", OTHER, "国有企业", None, "某丁", "drafter", None, None),
    ("某某小组", OTHER, "国有企业", None, None, None, None, None),
]


def test_a_dry_run_names_row_column_and_reason(desk: Desk) -> None:
    before = desk.fingerprint()
    planned = importing.check(desk.id("clerk"), workbook(WRONG_ROWS))
    assert told(planned) == [
        (2, "B", "The last character does not fit the others: the code was mistyped"),
        (3, "C", told(planned)[1][2]),
        (3, "D", "There is no unit outside called 没有的厅"),
        (3, "F", "Without a credit code the account needs a user name"),
        (4, "A", "This is in row 3 already"),
        (4, "D", "A unit does not recommend itself"),
        (4, "E", "An account needs the name of the person"),
        (5, "G", "Write 申报、推荐 here, or both"),
        (5, "H", "明天 is not a date; write it like 2024-03-05"),
        (5, "A", "综合处 is a unit of the office"),
        (5, "F", "The account unit1 is somebody else's"),
        (7, "A", "This must not be empty."),
        (8, "B", "This is in row 5 already"),
        (8, "F", "The account drafter is somebody else's"),
        (9, "B", "This is in row 5 already"),
    ]
    assert "事业単位 is none of the natures 中小学校" in told(planned)[1][2]
    assert planned.entries == ()
    why = refused(importing.take_in, desk.id("clerk"), workbook(WRONG_ROWS), planned.digest)
    assert len(why) == len(planned.findings)
    assert desk.fingerprint() == before
    assert told(importing.check(desk.id("clerk"), workbook([]))) == [(0, "", "There is no row in it")]


def credit_code(number: int) -> str:
    first = f"9141000{number:010d}"
    return first + check_character(first)


def hundreds(count: int) -> list[tuple[Cell, ...]]:
    """Return rows of a 主管部门 and of units that it recommends."""
    head: tuple[Cell, ...] = ("某某厅", None, "机关", None, "某厅长", "mmt01", "推荐", None)
    return [
        head,
        *(
            (f"=第{n}公司", credit_code(n), "国有企业", "某某厅", f"联络员{n}", None, None, None)
            for n in range(1, count)
        ),
    ]


def test_hundreds_of_units_come_in_by_one_act_and_the_same_workbook_does_nothing_again(
    desk_on_both: Desk,
) -> None:
    desk, clerk, content = desk_on_both, desk_on_both.id("clerk"), workbook(hundreds(60))
    planned = importing.check(clerk, content)
    assert (told(planned), planned.added, len(planned.newcomers)) == ([], 60, 60)
    assert refused(importing.take_in, clerk, content, "another")[0].startswith("The units have changed")
    _, newcomers = importing.take_in(clerk, content, planned.digest)
    assert len({one.password for one in newcomers}) == 60
    one = next(each for each in newcomers if each.username == credit_code(7).lower())
    assert logins.log_in(one.username, one.password, "browser")
    person = desk.person(one.username)
    assert (person.name, person.must_change) == ("联络员7", True)
    assert [(post.code, post.unit) for post in person.posts] == [("applicant", "=第7公司")]
    assert importing.check(clerk, content).entries == ()
    with read_tx() as session:
        clerk_here = desk.person("clerk")
        page, total = listing.listed(session, clerk_here, Wanted(recommender="某某厅"), 2)
        assert (len(page), total) == (9, 59)
        assert listing.counts(session, Wanted(nature="国有企业"))["active"] == 59
        exported = listing.export(session, clerk_here, Wanted())
    sheet = read_workbook(exported)["单位名录"]
    assert (sheet.rows[1].cells["单位名称"], len(sheet.rows)) == ("=第1公司", 60)
    again = importing.check(clerk, exported)
    assert (told(again), again.entries) == ([], ())


def test_a_row_changes_a_unit_that_is_there_and_takes_nothing_away(desk: Desk) -> None:
    clerk = desk.id("clerk")
    importing.take_in(clerk, content := workbook(hundreds(2)), importing.check(clerk, content).digest)
    head, row = hundreds(2)
    changed = workbook(
        [
            (*head[:6], "申报", None),
            (*row[:2], "社会组织", None, "新联络员", row[1] and str(row[1]).lower(), None, date(2027, 1, 1)),
            ("省农业农村厅", None, "机关", None, None, None, None, None),
        ]
    )
    planned = importing.check(clerk, changed)
    assert [(one.name, one.fields()) for one in planned.entries] == [
        ("某某厅", [["账号用途", "推荐", "申报、推荐"]]),
        (
            "=第1公司",
            [
                ["单位性质", "国有企业", "社会组织"],
                ["主管部门", "某某厅", ""],
                ["不得申报至", "", "2027-01-01"],
                ["联络员", "联络员1", "新联络员"],
            ],
        ),
        ("省农业农村厅", [["单位性质", "", "机关"]]),
    ]
    _, newcomers = importing.take_in(clerk, changed, planned.digest)
    assert newcomers == []
    assert {post.code for post in desk.person("mmt01").posts} == {"applicant", "recommender"}
    with read_tx() as session:
        assert session.scalars(select(Unit).where(Unit.name == "省农业农村厅")).one().internal is False
    assert noted(1) == [("applicants_imported", "3")]
