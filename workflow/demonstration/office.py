"""Set up the demonstration office: agencies, series, units, posts, accounts."""

from datetime import date

from sqlalchemy import select
from sqlalchemy.orm import Session

from ..clock import stamp
from ..logins import hash_password
from ..models import (
    Agency,
    AgencyName,
    Appointment,
    Correspondent,
    LeaderInCharge,
    Post,
    Series,
    Unit,
    User,
)

PASSWORD = "hongtou"  # noqa: S105 - the published password of the demonstration accounts
FOUNDED = date(2012, 7, 1)

AGENCIES = (
    # code, full name, 规范化简称, seal
    ("wmb", "河南省省直机关精神文明建设办公室", "省直文明办", True),
    ("wmw", "河南省省直机关精神文明建设委员会", "省直文明委", True),
)
SERIES: tuple[tuple[str, str, str, list[str]], ...] = (
    # agency, 机关代字, name, 文种 it serves (all others when none)
    ("wmb", "豫直文明办", "文件", []),
    ("wmb", "豫直文明办函", "函", ["函"]),
    ("wmw", "豫直文明委", "文件", []),
)
UNITS = (
    # name, of the office itself
    ("综合处", True),
    ("宣传处", True),
    ("创建处", True),
    ("办公室", True),
    ("办领导", True),
    ("省交通运输厅", False),
    ("省农业农村厅", False),
    ("评审专家组", False),
)
POSTS = (
    # code, unit, title, account
    ("drafter", "综合处", "综合处拟稿人", "drafter"),
    ("unit_head", "综合处", "综合处负责人", "unit_head"),
    ("unit_head", "宣传处", "宣传处负责人", "countersigner1"),
    ("unit_head", "创建处", "创建处负责人", "countersigner2"),
    ("office_clerk", "办公室", "办公室文秘", "clerk"),
    ("deputy", "办领导", "分管领导", "deputy"),
    ("principal", "办领导", "主任", "signatory"),
    ("registrar", "办公室", "登记员", "registrar"),
    ("archivist", "办公室", "档案员", "archivist"),
    ("admin", None, "系统管理员", "admin"),
    ("auditor", None, "审计员", "auditor"),
    ("applicant", "省交通运输厅", "申报单位联络员", "unit1"),
    ("applicant", "省农业农村厅", "申报单位联络员", "unit2"),
    ("expert", "评审专家组", "评审专家", "expert1"),
    ("expert", "评审专家组", "评审专家", "expert2"),
)
NAMES = {
    "drafter": "拟稿人",
    "unit_head": "部门负责人",
    "countersigner1": "会签人甲",
    "countersigner2": "会签人乙",
    "clerk": "文秘",
    "deputy": "分管领导",
    "signatory": "主任",
    "registrar": "登记员",
    "archivist": "档案员",
    "admin": "管理员",
    "auditor": "审计员",
    "unit1": "申报单位甲",
    "unit2": "申报单位乙",
    "expert1": "评审甲",
    "expert2": "评审乙",
}
CORRESPONDENTS = (
    # a body or group of bodies, copies
    ("省直各单位", 96),
    ("中央驻豫各单位", 31),
    ("省管在郑企业", 28),
    ("省管大专院校", 42),
    ("各省辖市驻郑办事处", 17),
    ("省委宣传部", 2),
    ("省文明办", 2),
    ("省委直属机关工委", 2),
)


def set_up(session: Session) -> None:
    """Enter the office; nothing happens when it is there already."""
    if session.scalars(select(User).limit(1)).first() is not None:
        return
    agencies = _agencies(session)
    units = {
        name: Unit(name=name, internal=internal, agency_id=agencies["wmb"] if internal else None, position=n)
        for n, (name, internal) in enumerate(UNITS)
    }
    password_hash = hash_password(PASSWORD)
    users = {
        username: User(username=username, name=name, password_hash=password_hash, active=True)
        for username, name in NAMES.items()
    }
    session.add_all([*units.values(), *users.values()])
    session.flush()
    for code, unit, title, account in POSTS:
        stand_in = users["deputy"].id if code == "principal" else None
        post = Post(code=code, unit_id=units[unit].id if unit else None, title=title, stand_in_id=stand_in)
        session.add(post)
        session.flush()
        session.add(Appointment(post_id=post.id, user_id=users[account].id))
    for unit in ("综合处", "宣传处", "创建处"):
        session.add(LeaderInCharge(unit_id=units[unit].id, user_id=users["deputy"].id))
    session.add_all(
        Correspondent(name=name, copies=copies, position=n) for n, (name, copies) in enumerate(CORRESPONDENTS)
    )
    session.flush()


def _agencies(session: Session) -> dict[str, int]:
    agencies = {}
    for position, (code, full, short, seal) in enumerate(AGENCIES):
        agency = Agency(
            code=code,
            masthead=f"{full}文件",
            printed_by=short,
            seal=seal,
            fonds="Z109",
            section="BGS",
            position=position,
        )
        session.add(agency)
        session.flush()
        agencies[code] = agency.id
        session.add(AgencyName(agency_id=agency.id, full=full, short=short, since=FOUNDED, until=None))
    for position, (agency_code, code, name, types) in enumerate(SERIES):
        session.add(
            Series(
                agency_id=agencies[agency_code],
                agency_code=code,
                name=name,
                types=types,
                closed_year=0,
                position=position,
                start_year=FOUNDED.year,
                start_serial=1,
                start_at=stamp(),
            )
        )
    return agencies
