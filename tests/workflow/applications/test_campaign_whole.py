"""A campaign runs from announcement to conferral, wholly through the verbs."""

import json
from collections import Counter
from datetime import date
from itertools import pairwise

import pytest
from argon2 import PasswordHasher
from sqlalchemy import select

from tests.docgen.paper import Page, read_pages
from tests.workflow.applications import deciding
from tests.workflow.applications.playing import Play, Scale
from tests.workflow.desk import Desk
from workflow import archive, logins
from workflow.installation import read_tx
from workflow.models import Campaign, DocumentFile, Title
from workflow.work import load_content

SMALL = Scale(units=12, experts=4, indicators=8, each=2)
LARGE = Scale(units=300, experts=30, indicators=60, each=3)
HEADINGS = "序号单位名称"


@pytest.fixture(autouse=True)
def cheap_passwords(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(logins, "_hasher", PasswordHasher(time_cost=1, memory_cost=8, parallelism=1))


def play(desk: Desk, scale: Scale, papers: int = 0) -> tuple[Play, str]:
    """Play a campaign to its end; return it and the document that confers."""
    this = Play(desk, scale)
    for act, month, day, carry_out in (
        ("people", 2, 10, this.enter_people),
        ("set up", 2, 24, this.set_up),
        ("apply", 3, 10, this.apply),
        ("recommend", 3, 19, this.recommend),
        ("qualify", 3, 23, this.qualify),
        ("correct", 3, 26, this.correct),
        ("assign", 3, 27, this.assign),
        ("material", 4, 8, lambda: this.score("material")),
        ("site", 4, 17, lambda: this.score("site")),
        ("survey", 4, 20, this.survey),
        ("consult", 4, 21, this.consult),
        ("reply", 4, 28, this.reply),
        ("freeze", 4, 29, this.freeze),
        ("deliberate", 5, 6, lambda: deciding.deliberate(this)),
    ):
        with this.act(act, month, day):
            carry_out()
    with this.act("publish", 5, 7):
        notice, last = deciding.publish(this)
    assert last == date(2026, 5, 13)  # Saturday the 9th is worked for the holiday
    with this.act("object", 5, 11):
        deciding.object_(this, notice)
    with this.act("confirm too soon", last.month, last.day, 23):
        deciding.confirm(this, too_soon=True)
    with this.act("confirm", 5, 14):
        deciding.confirm(this)
    with this.act("confer", 5, 20):
        document = deciding.confer(this)
    with this.act("finish", 5, 21):
        deciding.finish(this, papers)
    return this, document


def check(this: Play, document: str) -> list[Title]:
    """Hold what came of a campaign against what was to come of it; return its titles."""
    row, wanted = this.desk.row(document), deciding.approved(this)
    assert (row["state"], row["number"]) == ("issued", "豫直文明委〔2026〕3号")  # two letters went out
    ends = Counter(this.gone.values()) + Counter(conferred=len(this.live()))
    assert this.states() == ends
    assert set(ends) == {
        *("conferred", "not_recommended", "disqualified", "withdrawn", "declined", "struck_off"),
    }
    with read_tx() as session:
        (annex,) = load_content(session, row["id"], row["revision"]).attachments
        titles = list(session.scalars(select(Title).order_by(Title.id)))
        assert session.scalars(select(Campaign.concluded_at)).one()
    assert annex.body.splitlines() == written(wanted)
    assert [title.holder for title in titles] == [name for names in wanted.values() for name in names]
    assert {(title.number, title.document_id) for title in titles} == {(row["number"], row["id"])}
    assert {(title.state, title.since, title.until) for title in titles} == {
        ("valid", row["dated"], date(2028, 12, 31))
    }
    assert len({title.certificate for title in titles}) == len(titles)
    for place in range(this.scale.units):
        told = [one for one in this.desk.told(f"unit{place:03d}") if "holds the title" in one]
        assert len(told) == (place not in this.gone)
    assert this.desk.findings() == []
    return titles


def written(wanted: dict[str, list[str]]) -> list[str]:
    lines = []
    for ordinal, (category, names) in zip("一二三四", wanted.items(), strict=True):
        lines += [f"{ordinal}、{category}（{len(names)}个）", "| 序号 | 单位名称 |", "| --- | --- |"]
        lines += [f"| {number} | {name} |" for number, name in enumerate(names, start=1)]
    return lines


def test_a_campaign_runs_from_announcement_to_conferral(desk: Desk) -> None:
    check(*play(desk, SMALL))


@pytest.mark.long
@pytest.mark.paper
@pytest.mark.timeout(3600)
def test_one_of_300_units_is_conferred_by_a_list_of_several_pages(desk: Desk) -> None:
    this, document = play(desk, LARGE, papers=20)
    print(json.dumps(this.took, ensure_ascii=False), this.states())
    titles = check(this, document)
    pages = read_pages(paper_of(desk, document))
    listed = [page for page in pages if names_on(page)]
    assert len(listed) > 5
    assert [name for page in listed for name in names_on(page)] == [title.holder for title in titles]
    for before, page in pairwise(listed):
        assert begins_with_headings(page), f"the list goes on from page {before.number} without its headings"


def paper_of(desk: Desk, document: str) -> bytes:
    """Return the PDF that the office keeps of a document."""
    with read_tx() as session:
        of_it = (DocumentFile.document_id == desk.row(document)["id"], DocumentFile.format == "pdf")
        return archive.read(session.scalars(select(DocumentFile.sha256).where(*of_it)).one())


def names_on(page: Page) -> list[str]:
    """Return the units that a page names in rows of a table."""
    texts = [line.text for line in page.lines]
    return [text[text.index("省直") :] for text in texts if text[:1].isdigit() and "省直示范单位" in text]


def begins_with_headings(page: Page) -> bool:
    first = [line.text for line in page.text_lines][:2]
    return HEADINGS in first[0] or ("、文明" in first[0] and HEADINGS in first[1])
