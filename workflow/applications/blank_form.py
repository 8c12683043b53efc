"""Say what an application's form asks: its indicators with what stands above them, its negative list."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from docgen.application_reading import LIMITS

from ..campaigns.lists import negative_items
from ..campaigns.rules import natures
from ..campaigns.trees import Node, tree_of
from ..models import Application, Campaign, CampaignCategory, Category, NegativeItem, Title
from . import eligibility
from .portal import titles


@dataclass(frozen=True)
class Asked:
    """An indicator that is answered; heads: of those above it, what no earlier one stands under."""

    node: Node
    heads: Sequence[Node]


@dataclass(frozen=True)
class BlankForm:
    """What the form of an application asks."""

    campaign: Campaign
    category: str
    asked: Sequence[Asked]
    full: int  # points, in hundredths
    negative: Sequence[NegativeItem]
    natures: Sequence[str]
    titles: Sequence[tuple[Title, str]]
    checked: Sequence[eligibility.Checked]
    limits: Mapping[str, int]  # characters of its texts


def blank_form(session: Session, document: Mapping[str, Any], content: Any) -> BlankForm:
    """Return what an application's form asks, and what the rules say of its unit as it is filled in."""
    row = session.get_one(Application, document["id"])
    campaign = session.get_one(Campaign, row.campaign_id)
    set_id = session.scalars(
        select(CampaignCategory.set_id).where(
            CampaignCategory.campaign_id == campaign.id, CampaignCategory.category == row.category
        )
    ).one()
    tree = tree_of(session, set_id)
    return BlankForm(
        campaign,
        session.get_one(Category, row.category).name,
        list(_asked(tree.roots, ())),
        tree.total,
        negative_items(session, campaign.id),
        natures(session),
        titles(session, row.unit_id),
        eligibility.check(session, row.unit_id, campaign, row.category, content),
        LIMITS,
    )


def _asked(nodes: Sequence[Node], above: tuple[Node, ...]) -> Iterator[Asked]:
    for place, node in enumerate(nodes):
        heads = above if not place else ()
        if node.scored:
            yield Asked(node, heads)
        else:
            yield from _asked(node.children, (*heads, node))
