"""Propose the words of a document that confers titles or recommends units for them."""

from collections.abc import Sequence
from typing import Any

from ..models import Campaign
from .listing import Listed, by_category

CONFER, RECOMMEND = "confer", "recommend"
TITLES = {
    CONFER: "关于命名{term}{categories}的{type}",
    RECOMMEND: "关于推荐{term}{categories}的{type}",
}
LISTS = {CONFER: "{term}{categories}名单", RECOMMEND: "{term}{categories}推荐名单"}
FIRST = {
    CONFER: "按照{title}工作安排，经申报、审查、测评、审定，决定命名{named}（名单见附件），有效期至{until}。",
    RECOMMEND: "按照{title}工作安排，经申报、审查、测评、审定，拟推荐{named}（名单见附件）。",
}
NAMED, ONE_NAMED = "{first}等{count}个单位为{category}", "{first}为{category}"
REST = {
    CONFER: "希望受命名的单位珍惜荣誉、再接再厉。各单位要以受命名的单位为榜样，扎实推进创建工作。",
    RECOMMEND: "",
}
LAST = {"请示": "妥否，请批示。", "报告": "特此报告。"}
ADDRESSEES = "各有关单位"


def act_of(campaign: Campaign) -> str:
    """Return what its document does: the agency confers its own titles, for others it recommends."""
    return CONFER if campaign.level == "own" else RECOMMEND


def title(campaign: Campaign, found: Sequence[Listed]) -> str:
    """Return the proposed title of the document."""
    return TITLES[act_of(campaign)].format(**_known(campaign, found), type=campaign.conferral_type)


def annex_title(campaign: Campaign, found: Sequence[Listed]) -> str:
    """Return the title of the annex."""
    return LISTS[act_of(campaign)].format(**_known(campaign, found))


def body(campaign: Campaign, found: Sequence[Listed]) -> str:
    """Return the proposed text."""
    lines = (sentence(campaign, found), REST[act_of(campaign)], LAST.get(campaign.conferral_type, ""))
    return "\n".join(line for line in lines if line)


def sentence(campaign: Campaign, found: Sequence[Listed]) -> str:
    """Return the sentence that says how many are named, which changes with the list."""
    day = campaign.term_until
    named = [
        (NAMED if len(some) > 1 else ONE_NAMED).format(first=some[0].unit, count=len(some), category=category)
        for category, some in by_category(found)
    ]
    until = f"{day.year}年{day.month}月{day.day}日"
    return FIRST[act_of(campaign)].format(title=campaign.title, named="，".join(named), until=until)


def _known(campaign: Campaign, found: Sequence[Listed]) -> dict[str, Any]:
    categories = "、".join(category for category, _ in by_category(found))
    return {"term": campaign.term, "categories": categories}
