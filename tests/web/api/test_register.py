"""The register over the API: numbers without a document have a state and a reason too."""

from datetime import date

from sqlalchemy import select

from tests.web.api.caller import Everybody
from workflow import clock
from workflow.installation import read_tx
from workflow.models import Document, Series, User
from workflow.register.outside import use_outside
from workflow.register.reserved import reserve
from workflow.register.settling import void
from workflow.register.start import confirm_start

CODE = "豫直文明委"


def write() -> int:
    """Let a series start with 4, and reserve, void and use outside some of its numbers; return the year."""
    year = clock.today().year
    with read_tx() as session:
        registrar = session.scalars(select(User.id).where(User.username == "registrar")).one()
        series = session.scalars(select(Series.id).where(Series.agency_code == CODE)).one()
    confirm_start(registrar, series, year, 4, "核对")
    use_outside(registrar, series, year, "手工编号", title="关于值班的通知", serial=2, dated=date(year, 1, 2))
    use_outside(registrar, series, year, "涉密", classified=True, serial=3)
    void(registrar, reserve(registrar, series, year, "综合处", "待会签", clock.today()), "不再印发")
    reserve(registrar, series, year, "宣传处", "待审", clock.today())
    return year


def test_every_state_of_a_number_is_told_with_its_reason(people: Everybody) -> None:
    year = write()
    found = people("clerk").get(f"/register?series={CODE}").json["items"]
    assert [
        (one["serial"], one["state"], one["reason"], one["title"], one["dated"], one["document_id"])
        for one in found
    ] == [
        (5, "reserved", "待审", None, None, None),
        (4, "void", "不再印发", None, None, None),
        (3, "outside", "涉密", None, None, None),
        (2, "outside", "手工编号", "关于值班的通知", f"{year}-01-02", None),
        (1, "missing", "待查", None, None, None),
    ]
    assert found[0]["number"] == f"{CODE}〔{year}〕5号"
    assert people("unit1").get(f"/register?series={CODE}").json["total"] == 0


def test_a_registration_takes_a_reserved_number_only_when_it_is_asked_for(people: Everybody) -> None:
    with read_tx() as session:
        ready = select(Document.public_id).where(Document.state == "registration")
        document = session.scalars(ready).first()
        series = session.scalars(select(Series.id).where(Series.agency_code == "豫直文明办")).one()
        registrar = session.scalars(select(User.id).where(User.username == "registrar")).one()
    reserve(registrar, series, clock.today().year, "综合处", "待会签", clock.today())
    caller = people("registrar")
    before = caller.document(document)
    [step] = [action for action in before["actions"] if action["name"] == "register"]
    [number] = step["inputs"]["properties"]["reserved"]["enum"]
    assert "reserved" not in step["inputs"]["required"]
    wrong = caller.act(document, "register", before["version"], {"reserved": "豫直文明办〔1999〕1号"})
    assert (wrong.status, wrong.reasons) == (422, ["“使用预留号”不在可选范围内"])
    taken = caller.act(document, "register", before["version"])
    assert taken.json["number"] != number
    assert int(taken.json["number"].partition("〕")[2][:-1]) == int(number.partition("〕")[2][:-1]) + 1
