"""Play the rest of a campaign: meeting, public notice, objections, conferral, and what comes after it."""

from datetime import date
from typing import Any

import pytest

from tests.workflow.applications.playing import CATEGORIES, Play
from workflow import jobs
from workflow import papers as workflow_papers
from workflow.campaigns import announcing
from workflow.campaigns.finding import find
from workflow.conferring import concluding, drafting
from workflow.deliberating import deciding
from workflow.deliberating.standing import standings
from workflow.errors import NotReady
from workflow.installation import read_tx
from workflow.models import PublicNotice, Title
from workflow.public_notices import objecting, publishing, verifying
from workflow.titles import certificates

HANDLERS = {**concluding.HANDLERS, **certificates.HANDLERS}
PAPERS = workflow_papers.HANDLERS


def deliberate(play: Play) -> None:
    """Decline those of whom something was found, put all others on the list."""
    with read_tx() as session:
        found = standings(session, play.desk.person("clerk"), find(session, play.campaign))
    decisions: dict[str, dict[str, str]] = {}
    for one in (each for category in found for each in category.standings):
        word = "declined" if one.findings else "candidate"
        decisions[one.candidate.public_id] = {"decision": word, "reason": ""}
        if one.findings:
            play.gone[play.documents.index(one.candidate.public_id)] = "declined"
    given = {"meeting": "第3次主任办公会议", "held_on": "2026-05-06", "decisions": decisions}
    outcome = deciding.record(play.clerk, play.campaign, given | {"reason": "征求意见有不同意见。"})
    assert (outcome.done, outcome.failed) == (len(decisions), ())


def publish(play: Play) -> tuple[str, date]:
    """Make the candidates public from tomorrow on; return the notice and its last day."""
    given = {"title": "候选名单公示", "text": "现予公示。", "contact": "0371-60000001", "start": "tomorrow"}
    notice = publishing.publish(play.clerk, play.campaign, given)
    with read_tx() as session:
        row = session.query(PublicNotice).filter_by(public_id=notice).one()
        return notice, row.last_day


def object_(play: Play, notice: str) -> None:
    """Let people object on the page and by telephone; verify what they say, and answer them."""
    said = {"name": "群众甲", "contact": "0371-60000009", "text": "反映问题。"}
    for place, outcome in _objected(play).items():
        document = play.documents[place]
        given = said | {"application": document}
        if outcome == "upheld":
            receipt = objecting.object_on_page(notice, given)
            play.gone[place] = "struck_off"
        else:
            receipt = objecting.enter(play.clerk, play.campaign, given | {"channel": "phone"})
        publishing.verify(play.clerk, play.campaign, document)
        answer = {"finding": "经核查。", "answer": "已核查，谢谢监督。", "outcome": outcome}
        conclusion = {"comment": "核查完毕。", "answers": {receipt: answer}}
        verifying.conclude(play.clerk, play.campaign, document, conclusion)
        with read_tx() as session:
            assert objecting.ask(session, receipt).standing == outcome


def _objected(play: Play) -> dict[int, str]:
    found = dict.fromkeys(play.scale.every(0), "unfounded") | dict.fromkeys(play.scale.every(10), "upheld")
    return {place: outcome for place, outcome in found.items() if place not in play.gone}


def confirm(play: Play, *, too_soon: bool = False) -> None:
    """Confirm every candidate that is left; before the last day is over none is."""
    outcome = publishing.confirm(play.clerk, play.campaign)
    wanted = (0, len(play.live())) if too_soon else (len(play.live()), 0)
    assert (outcome.done, len(outcome.failed)) == wanted


def confer(play: Play) -> str:
    """Draft the document that confers and bring it through its procedure; return its public id."""
    with read_tx() as session:
        person = play.desk.person("clerk")
        given: dict[str, Any] = dict(drafting.proposed(session, person, find(session, play.campaign)))
    document = drafting.draft(play.clerk, play.campaign, given)
    with pytest.raises(NotReady, match="stands in a document already"):
        drafting.draft(play.clerk, play.campaign, given)
    return play.desk.bring(document, "issued")


def finish(play: Play, papers: int) -> None:
    """Do the jobs that follow, until every title has its certificate and so many of them as a PDF."""
    handlers = HANDLERS | (PAPERS if papers else {"pdf": lambda key, payload: None})
    while not _made(papers):
        assert jobs.work_one(handlers)
    announcing.conclude(play.clerk, play.campaign)


def _made(papers: int) -> bool:
    with read_tx() as session:
        found = session.query(Title).all()
    made = sum(title.pdf_sha256 is not None for title in found)
    return all(title.docx_sha256 for title in found) and made >= papers


def approved(play: Play) -> dict[str, list[str]]:
    """Return whom the list has to name: by category, units in the order in which the office has them."""
    found: dict[str, list[str]] = {name: [] for name in CATEGORIES.values()}
    for place in play.live():
        found[CATEGORIES[play.category(place)]].append(play.names[place])
    return found
