"""Units, posts, appointments and accounts: what the administrator changes, and what follows from it."""

import io
from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from PIL import Image
from sqlalchemy import select

from tests.workflow.desk import Desk, at
from workflow import archive, clock, logins
from workflow.demonstration.office import PASSWORD
from workflow.errors import NotAllowed, NotFound, NotReady, WrongLogin
from workflow.installation import read_tx
from workflow.models import Agency, OfficeChange, Post, Unit, User
from workflow.office import accounts, appointments, handover, people, post_codes, posts, signatures, units

NOW = at(2024, 4, 7, 9)


def refused(act: Callable[..., object], *given: Any, **how: Any) -> str:
    with pytest.raises(NotReady) as refusal:
        act(*given, **how)
    return "\n".join(map(str, refusal.value.reasons))


def noted(count: int = 1) -> list[tuple[str, str]]:
    """Return the latest changes of the office's data, the last one last."""
    with read_tx() as session:
        rows = session.scalars(select(OfficeChange).order_by(OfficeChange.id.desc()).limit(count))
        return [(row.action, row.subject) for row in rows][::-1]


def unit_id(name: str) -> int:
    with read_tx() as session:
        return session.scalars(select(Unit.id).where(Unit.name == name)).one()


def post_id(title: str) -> int:
    with read_tx() as session:
        return session.scalars(select(Post.id).where(Post.title == title)).one()


def account(username: str) -> people.Account:
    with read_tx() as session:
        return people.account(session, username)


def enter_office(desk: Desk, username: str, title: str) -> str:
    """Open an account with a post; return its one-time password."""
    password = accounts.open_account(desk.id("admin"), username, "新来者")
    appointments.appoint(desk.id("admin"), post_id(title), username)
    return password


def picture(kind: str = "PNG", size: tuple[int, int] = (60, 30)) -> bytes:
    written = io.BytesIO()
    Image.new("RGB", size, "white").save(written, kind)
    return written.getvalue()


def test_a_new_unit_gets_posts_and_people_who_draft_in_its_agency_s_name(desk: Desk) -> None:
    admin = desk.id("admin")
    new = units.add_unit(admin, "联络处", internal=True, agency="wmb")
    post = posts.add_post(admin, "drafter", new, "联络处拟稿人")
    accounts.open_account(admin, "zhang.1", "张某")
    appointments.appoint(admin, post, "zhang.1")
    appointments.put_in_charge(admin, new, "deputy")
    document = desk.at("unit_review", who="zhang.1")
    assert desk.holders(document) == ["deputy"]
    with read_tx() as session:
        sheet = people.unit(session, new)
    assert (sheet.name, sheet.internal, sheet.agency) == ("联络处", True, "wmb")
    assert [post.title for post in sheet.posts] == ["联络处拟稿人"]
    assert [user.username for user in sheet.leaders] == ["deputy"]
    assert noted(5) == [
        ("unit_added", "联络处"),
        ("post_added", "联络处拟稿人"),
        ("account_opened", "张某 (zhang.1)"),
        ("appointed", "张某 (zhang.1)"),
        ("leader_put_in_charge", "联络处"),
    ]


WRONG_UNITS = [
    ("综合处", True, "wmb", "There is a unit 综合处 already"),
    ("新处", True, "", "A unit of the office needs the agency in whose name it drafts"),
    ("新处", True, "nowhere", "A unit of the office needs the agency in whose name it drafts"),
    ("  ", False, "", "A name is needed"),
    ("处\n室", False, "", "This must be a single line."),
    ("处" * 61, False, "", "61 characters are too many; the limit is 60."),
]


def test_a_unit_that_would_not_work_is_refused(desk: Desk) -> None:
    admin = desk.id("admin")
    for name, internal, agency, why in WRONG_UNITS:
        assert why in refused(units.add_unit, admin, name, internal=internal, agency=agency)


def test_a_unit_is_renamed_keeps_its_people_and_stays_where_it_belongs(desk: Desk) -> None:
    units.change_unit(desk.id("admin"), unit_id("综合处"), "综合一处", internal=True, agency="wmw")
    home = desk.person("drafter").home
    with read_tx() as session:
        agency = session.scalars(select(Agency.id).where(Agency.code == "wmw")).one()
    assert home is not None
    assert (home.unit, home.agency_id) == ("综合一处", agency)
    admin = desk.id("admin")
    told = refused(units.change_unit, admin, unit_id("综合一处"), "综合一处", internal=False)
    assert told == "A unit that has posts stays inside or outside the office, as it is"
    empty = units.add_unit(admin, "合作单位", internal=True, agency="wmb")
    units.change_unit(admin, empty, "合作单位", internal=False)


def test_units_are_put_into_order(desk: Desk) -> None:
    for name, places, order in (
        ("宣传处", -1, ["宣传处", "综合处", "创建处"]),
        ("综合处", -9, ["综合处", "宣传处", "创建处"]),
        ("综合处", -1, ["综合处", "宣传处", "创建处"]),
        ("综合处", 2, ["宣传处", "创建处", "综合处"]),
    ):
        units.move_unit(desk.id("admin"), unit_id(name), places)
        with read_tx() as session:
            assert [sheet.name for sheet in people.units(session)][:3] == order


WRONG_POSTS = [
    ("drafter", "省交通运输厅", "stands in a unit of the office"),
    ("registrar", None, "stands in a unit of the office"),
    ("expert", "综合处", "stands in a unit outside the office"),
    ("admin", "综合处", "stands in no unit"),
    ("chief", "综合处", "There is no post of the kind chief"),
]


def test_a_post_stands_where_its_kind_belongs(desk: Desk) -> None:
    for code, unit, why in WRONG_POSTS:
        where = unit_id(unit) if unit else None
        assert why in refused(posts.add_post, desk.id("admin"), code, where, "某岗位")
    named = {"office_clerk", "deputy", "principal", "registrar", "archivist", "unit_head", "admin", "auditor"}
    assert named <= post_codes.known().keys()


def test_two_posts_a_person_are_normal(desk: Desk) -> None:
    document = desk.at("office_review")
    appointments.appoint(desk.id("admin"), post_id("办公室文秘"), "drafter")
    appointments.appoint(desk.id("admin"), post_id("办公室文秘"), "drafter")
    assert [post.title for post in account("drafter").posts] == ["综合处拟稿人", "办公室文秘"]
    assert desk.holders(document) == ["clerk", "drafter"]
    assert desk.take(document, "drafter", "approve") == "signing"
    assert desk.findings() == []


def test_a_dismissal_takes_documents_and_sessions_from_the_one_and_gives_them_to_the_others(
    desk_on_both: Desk,
) -> None:
    desk, admin = desk_on_both, desk_on_both.id("admin")
    documents = [desk.at("unit_review"), desk.at("office_review")]
    secret, _ = logins.log_in("unit_head", PASSWORD, "browser")
    token, _ = logins.log_in("unit_head", PASSWORD, "token")
    appointments.dismiss(admin, post_id("综合处负责人"), "unit_head")
    assert logins.who_is(secret, "browser") is logins.who_is(token, "token") is None
    assert desk.holders(documents[0]) == ["deputy"]
    appointments.appoint(admin, post_id("综合处负责人"), "archivist")
    assert desk.holders(documents[0]) == ["archivist"]
    assert desk.holders(documents[1]) == ["clerk"]
    assert desk.take(documents[0], "archivist", "approve") == "office_review"
    assert desk.findings() == []


def test_a_leader_who_is_put_in_charge_or_relieved_has_what_that_brings(desk: Desk) -> None:
    admin = desk.id("admin")
    document = desk.at("unit_review", who="unit_head")
    assert desk.holders(document) == ["deputy"]
    appointments.put_in_charge(admin, unit_id("综合处"), "signatory")
    assert desk.holders(document) == ["deputy", "signatory"]
    appointments.relieve(admin, unit_id("综合处"), "deputy")
    assert desk.holders(document) == ["signatory"]


def test_a_stand_in_has_documents_while_the_post_is_vacant_only(desk: Desk) -> None:
    admin, post = desk.id("admin"), post_id("办公室文秘")
    document = desk.at("office_review")
    posts.change_post(admin, post, "办公室秘书", "archivist")
    assert desk.holders(document) == ["clerk"]
    appointments.dismiss(admin, post, "clerk")
    assert desk.holders(document) == ["archivist"]
    appointments.appoint(admin, post, "clerk")
    assert desk.holders(document) == ["clerk"]
    posts.change_post(admin, post, "办公室秘书")
    assert account("archivist").stands_in == ()
    for outsider in ("unit1", "admin"):
        assert "nobody called" in refused(posts.change_post, admin, post, "办公室秘书", outsider)
        assert "nobody called" in refused(appointments.put_in_charge, admin, unit_id("综合处"), outsider)


def test_what_was_brought_in_from_former_years_comes_to_nobody(desk: Desk) -> None:
    documents = [desk.at("issued"), desk.at("issued")]
    desk.execute("UPDATE documents SET origin = 'imported' WHERE public_id = :one", one=documents[0])
    desk.execute("DELETE FROM tasks")
    appointments.appoint(desk.id("admin"), post_id("档案员"), "drafter")
    assert [desk.holders(one) for one in documents] == [[], ["drafter"]]


def test_a_post_is_taken_away_when_nobody_holds_it(desk: Desk) -> None:
    admin, post = desk.id("admin"), post_id("档案员")
    assert refused(lambda: posts.remove_post(admin, post)) == "Somebody holds the post 档案员"
    appointments.dismiss(admin, post, "archivist")
    posts.remove_post(admin, post)
    with pytest.raises(NotFound):
        posts.change_post(admin, post, "档案员")


def test_the_last_active_administrator_is_neither_dismissed_nor_closed(desk: Desk) -> None:
    admin, post = desk.id("admin"), post_id("系统管理员")
    for act in (
        lambda: appointments.dismiss(admin, post, "admin"),
        lambda: handover.close_account(admin, "admin"),
    ):
        assert "is the last administrator" in refused(act)
    appointments.appoint(admin, post, "auditor")
    handover.close_account(desk.id("auditor"), "admin")
    assert "is the last administrator" in refused(
        lambda: appointments.dismiss(desk.id("auditor"), post, "auditor")
    )


def test_an_account_begins_with_a_one_time_password_that_must_be_changed(desk: Desk) -> None:
    password = enter_office(desk, "lisi", "综合处拟稿人")
    secret, _ = logins.log_in("lisi", password, "browser")
    person = logins.who_is(secret, "browser")
    assert person is not None
    assert person.must_change
    assert account("lisi").states == ("open", "to_change")
    with read_tx() as session:
        assert password not in repr(session.execute(select(User.__table__)).all())
        assert password not in repr(session.execute(select(OfficeChange.__table__)).all())
    given = [accounts.open_account(desk.id("admin"), f"person{n}", "某人") for n in range(5)]
    assert len(set(given)) == 5
    assert all(len(password) == 19 for password in given)


WRONG_USERNAMES = [
    ("clerk", "is the demonstration office's"),
    ("Li", "2 to 32 small letters"),
    ("l", "2 to 32 small letters"),
    (".li", "2 to 32 small letters"),
    ("李四", "2 to 32 small letters"),
    ("l" * 33, "2 to 32 small letters"),
    ("li si", "2 to 32 small letters"),
    ("li/../si", "2 to 32 small letters"),
]


def test_a_user_name_is_plain_and_never_given_twice_not_even_after_its_account_was_closed(desk: Desk) -> None:
    for username, why in WRONG_USERNAMES:
        assert why in refused(accounts.open_account, desk.id("admin"), username, "某人")
    admin = desk.id("admin")
    accounts.open_account(admin, "lisi", "李某")
    handover.close_account(admin, "lisi")
    assert refused(lambda: accounts.open_account(admin, "lisi", "")) == (
        "A name is needed\nThere is an account lisi already"
    )


def test_a_new_name_does_not_change_what_was_done_under_the_old_one(desk: Desk) -> None:
    document = desk.at("office_review")
    before = desk.movements(document)
    accounts.rename(desk.id("admin"), "unit_head", "新名")
    assert desk.person("unit_head").name == "新名"
    assert desk.movements(document) == before
    assert desk.findings() == []


def test_a_password_that_is_reset_ends_all_sessions_and_the_old_one(desk: Desk) -> None:
    secret, _ = logins.log_in("clerk", PASSWORD, "browser")
    token, _ = logins.log_in("clerk", PASSWORD, "token")
    other, _ = logins.log_in("drafter", PASSWORD, "browser")
    password = accounts.reset_password(desk.id("admin"), "clerk")
    assert logins.who_is(secret, "browser") is logins.who_is(token, "token") is None
    assert logins.who_is(other, "browser") is not None
    with pytest.raises(WrongLogin):
        logins.log_in("clerk", PASSWORD, "browser")
    again, _ = logins.log_in("clerk", password, "browser")
    person = logins.who_is(again, "browser")
    assert person is not None
    assert person.must_change
    assert "on its own page" in refused(accounts.reset_password, desk.id("admin"), "admin")


def test_an_administrator_sees_who_is_locked_out_and_lets_them_in(desk: Desk) -> None:
    with clock.held_at(NOW):
        for _ in range(logins.TRIES):
            with pytest.raises(WrongLogin):
                logins.log_in("clerk", "x", "browser")
        assert account("clerk").states == ("open", "locked")
        assert not account("drafter").locked
        accounts.unlock(desk.id("admin"), "clerk")
        assert not account("clerk").locked
        logins.log_in("clerk", PASSWORD, "browser")
        assert account("clerk").user.signed_in_at == clock.stamp(NOW)
    with clock.held_at(NOW + logins.LOCKED_FOR + timedelta(seconds=1)):
        assert not account("clerk").locked


def test_a_closed_account_is_ended_at_once_and_comes_back_without_its_posts(desk_on_both: Desk) -> None:
    admin = desk_on_both.id("admin")
    secret, _ = logins.log_in("archivist", PASSWORD, "browser")
    token, _ = logins.log_in("archivist", PASSWORD, "token")
    handover.close_account(admin, "archivist")
    assert logins.who_is(secret, "browser") is logins.who_is(token, "token") is None
    with pytest.raises(WrongLogin):
        logins.log_in("archivist", PASSWORD, "browser")
    closed = account("archivist")
    assert (closed.states, closed.posts, closed.user.closed_at is not None) == (("closed",), (), True)
    assert "is closed" in refused(lambda: accounts.reset_password(admin, "archivist"))
    assert "is closed" in refused(lambda: appointments.appoint(admin, post_id("档案员"), "archivist"))
    assert "is closed" in refused(lambda: handover.close_account(admin, "archivist"))
    password = accounts.reopen(admin, "archivist")
    assert logins.who_is(secret, "browser") is None
    logins.log_in("archivist", password, "browser")
    assert account("archivist").states == ("open", "to_change", "without_post")
    assert "is open" in refused(lambda: accounts.reopen(admin, "archivist"))


def test_a_sign_in_that_began_before_the_account_was_closed_does_not_end_in_a_session(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    checked = logins.matches

    def check_while_it_is_closed(password_hash: str, password: str) -> bool:
        handover.close_account(desk.id("admin"), "archivist")
        return checked(password_hash, password)

    monkeypatch.setattr(logins, "matches", check_while_it_is_closed)
    with pytest.raises(WrongLogin):
        logins.log_in("archivist", PASSWORD, "browser")


NO_PICTURES = [
    (b"", "is empty"),
    (b"GIF89a", "none of PDF"),
    (b"%PDF-1.4\n", "damaged"),
    (picture()[:-30], "damaged"),
    (b"\x89PNG\r\n\x1a\n" + b"x" * (1024 * 1024), "more than 1 MB"),
]


def test_a_signature_is_kept_as_a_picture_of_a_moderate_size(desk: Desk) -> None:
    signatures.set_signature(desk.id("admin"), "signatory", picture("PNG"))
    signatures.set_signature(desk.id("admin"), "signatory", picture("JPEG", (1600, 600)))
    sha256 = account("signatory").user.signature_sha256
    assert sha256 is not None
    with Image.open(io.BytesIO(archive.read(sha256))) as kept:
        assert (kept.format, kept.size) == ("PNG", (1200, 450))
    with read_tx() as session:
        assert signatures.signature(session, desk.person("admin"), "signatory") == archive.read(sha256)
        with pytest.raises(NotAllowed):
            signatures.signature(session, desk.person("signatory"), "signatory")
    signatures.remove_signature(desk.id("admin"), "signatory")
    assert account("signatory").user.signature_sha256 is None
    assert desk.findings() == []
    for data, why in NO_PICTURES:
        assert why in refused(signatures.set_signature, desk.id("admin"), "signatory", data)


VERBS: list[tuple[Callable[..., Any], tuple[Any, ...], dict[str, Any]]] = [
    (units.add_unit, ("某处",), {"internal": False}),
    (units.change_unit, (1, "某处"), {"internal": False}),
    (units.move_unit, (1, 1), {}),
    (posts.add_post, ("drafter", 1, "某岗位"), {}),
    (posts.change_post, (1, "某岗位"), {}),
    (posts.remove_post, (1,), {}),
    (appointments.appoint, (10, "drafter"), {}),
    (appointments.dismiss, (1, "drafter"), {}),
    (appointments.put_in_charge, (1, "drafter"), {}),
    (appointments.relieve, (1, "deputy"), {}),
    (accounts.open_account, ("lisi", "李某"), {}),
    (accounts.rename, ("drafter", "某人"), {}),
    (accounts.reset_password, ("drafter",), {}),
    (accounts.unlock, ("drafter",), {}),
    (accounts.reopen, ("drafter",), {}),
    (handover.close_account, ("drafter",), {}),
    (signatures.set_signature, ("drafter", picture()), {}),
    (signatures.remove_signature, ("drafter",), {}),
]


def test_only_the_administrator_changes_people_and_posts(desk: Desk) -> None:
    for verb, given, more in VERBS:
        for who in ("unit_head", "auditor"):
            with pytest.raises(NotAllowed):
                verb(desk.id(who), *given, **more)
    with read_tx() as session:
        assert session.scalars(select(OfficeChange)).first() is None
