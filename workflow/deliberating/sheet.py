"""Write the 审定表 of a campaign, for the printer (DOCX) and for reckoning with (XLSX)."""

from sqlalchemy.orm import Session

from docgen.deliberation_sheet import HEADINGS, DeliberationSheet, Group, SheetRow, render_deliberation_sheet

from ..campaigns.finding import find
from ..campaigns.points import write_points
from ..directory import Person
from ..models import Campaign
from ..spreadsheets import Table, write_workbook
from .standing import BEYOND, SPLIT, VETOED, WITHIN, CategoryStanding, Standing, meetings, standings

NAME = "审定表"
DECISIONS = {
    "candidate": "列为候选",
    "declined": "不通过",
    "keep": "保留称号",
    "remind": "提醒",
    "warn": "警告",
    "suspend": "停牌整改",
    "revoke": "撤销称号",
    "terminate": "自行终止",
}
PLACES = {
    WITHIN: "名额内",
    BEYOND: "名额外",
    SPLIT: "并列，名额不足",
    VETOED: "一票否决",
}
SHORT = {"material": "材料", "site": "实地", "survey": "测评"}
NOTHING_FOUND = "无不同意见"
WIDTHS = (16, 8, 32, 24, 10, 28, 40, 10, 28)


def write_docx(session: Session, person: Person, campaign_id: str) -> tuple[str, bytes]:
    """Return the sheet as a DOCX and the name of its file; raises NotAllowed, NotFound."""
    campaign = find(session, campaign_id)
    held = [f"{day:%Y-%m-%d}　{meeting}" for day, meeting, _ in meetings(session, campaign)]
    sheet = DeliberationSheet(
        f"{campaign.title}{NAME}",
        tuple(held),
        tuple(
            Group(_headed(category), tuple(SheetRow(_cells(one)) for one in category.standings))
            for category in standings(session, person, campaign)
        ),
    )
    return _name(campaign, "docx"), render_deliberation_sheet(sheet)


def write_xlsx(session: Session, person: Person, campaign_id: str) -> tuple[str, bytes]:
    """Return the sheet as a workbook and the name of its file; raises NotAllowed, NotFound."""
    campaign = find(session, campaign_id)
    rows = [
        (category.name, *_cells(one))
        for category in standings(session, person, campaign)
        for one in category.standings
    ]
    table = Table(NAME, ("类别", *HEADINGS), rows, WIDTHS)
    return _name(campaign, "xlsx"), write_workbook([table], landscape=True)


def _name(campaign: Campaign, ending: str) -> str:
    return f"{campaign.title}{NAME}.{ending}"


def _headed(category: CategoryStanding) -> str:
    places = "" if category.places is None else f"，名额{category.places}个"
    return f"{category.name}（{len(category.standings)}个{places}）"


def _cells(one: Standing) -> tuple[str, ...]:
    it = one.candidate
    return (
        str(it.rank or ""),
        it.unit,
        it.body,
        write_points(it.total),
        "\n".join(f"{SHORT[method]} {points}" for method, points in one.scores),
        "\n".join(f"{body}：{text}" for body, text in one.findings) or NOTHING_FOUND,
        f"{one.objections}件" if one.objections else "无",
        _suggested(one),
    )


def _suggested(one: Standing) -> str:
    it = one.candidate
    if it.decision is None:
        return PLACES.get(one.place, "")
    return f"{DECISIONS[it.decision]}{'：' if it.reason else ''}{it.reason}"
