"""Find an application that is judged, and say why its judging can no longer be changed."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from sqlalchemy import or_, select
from sqlalchemy.orm import Session

from states.errors import NotReady
from states.reasons import Label, Reason

from ..campaigns.trees import Node, tree_of
from ..errors import NotFound
from ..installation import here
from ..models import Application, Campaign, CampaignCategory, Document, Unit, table
from .reckoning import METHODS, Aggregation, Leaf, read_aggregation

STAGE_OF = {"material": "material_review", "site": "site_visit", "survey": "survey"}
DELIBERATION = "deliberation"

_documents = table(Document)
_applications = table(Application)
_CHOSEN = (
    select(
        _documents,
        _applications.c.campaign_id,
        _applications.c.category,
        _applications.c.live,
        CampaignCategory.set_id,
        Unit.name.label("unit"),
        Unit.position.label("unit_position"),
    )
    .join(_applications, _applications.c.document_id == _documents.c.id)
    .join(
        CampaignCategory,
        (CampaignCategory.campaign_id == _applications.c.campaign_id)
        & (CampaignCategory.category == _applications.c.category),
    )
    .join(Unit, Unit.id == _applications.c.unit_id)
    .order_by(_documents.c.id)
)


@dataclass(frozen=True)
class Judged:
    """An application with its campaign; `row` has its document's columns."""

    row: Any
    campaign: Campaign

    @property
    def id(self) -> int:
        return int(self.row.id)

    @property
    def rule(self) -> Aggregation:
        return read_aggregation(self.campaign.aggregation)

    def is_at(self, method: str) -> bool:
        """Tell whether it stands at the stage of a method."""
        return bool(self.row.state == STAGE_OF[method])

    def is_past(self, method: str) -> bool:
        """Tell whether the stage of a method lies behind it."""
        line = [stage.name for stage in here().versions[self.row.procedure_hash].line]
        stage = STAGE_OF[method]
        if self.row.state in line and stage in line:
            return line.index(self.row.state) > line.index(stage)
        return stage in self.row.passed

    @property
    def stage(self) -> Label:
        return here().versions[self.row.procedure_hash].stages[self.row.state].label


def find_judged(session: Session, public_id: str, *, lock: bool = False) -> Judged:
    """Return a submitted application, its document locked where it is to be changed; raises NotFound."""
    statement = _CHOSEN.where(_documents.c.public_id == public_id, _documents.c.submitted_at.is_not(None))
    row = session.execute(statement.with_for_update(of=_documents) if lock else statement).first()
    if row is None:
        raise NotFound
    return Judged(row, session.get_one(Campaign, row.campaign_id))


def all_judged(
    session: Session, campaign: Campaign, *, lock: bool = False, units: Iterable[int] | None = None
) -> list[Judged]:
    """Return a campaign's submitted applications that are live or were when scores were frozen.

    units: perhaps of these only.
    """
    chosen = _CHOSEN.where(
        _applications.c.campaign_id == campaign.id,
        or_(_applications.c.live, _applications.c.total.is_not(None)),
        _documents.c.submitted_at.is_not(None),
        *(() if units is None else (_applications.c.unit_id.in_(list(units)),)),
    )
    rows = session.execute(chosen.with_for_update(of=_documents) if lock else chosen)
    return [Judged(row, campaign) for row in rows]


def scored_nodes(session: Session, set_id: int) -> list[Node]:
    """Return the indicators of a set that are scored, in their order."""
    return tree_of(session, set_id).leaves


def leaves_of(nodes: Iterable[Node], campaign: Campaign) -> list[Leaf]:
    """Return indicators as they are reckoned with: judged by the methods that the campaign has."""
    return [
        Leaf(one.code, one.points, tuple(m for m in METHODS if m in one.methods and m in campaign.methods))
        for one in nodes
    ]


def refuse_frozen(campaign: Campaign) -> None:
    """Raise NotReady once the scores of a campaign are frozen."""
    if campaign.frozen_at is not None:
        raise NotReady([Reason("The scores are frozen: deliberation decides on them as they are")])
