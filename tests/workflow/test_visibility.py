"""Who sees which document, in every place where one could be seen."""

import pytest

from tests.workflow.desk import Desk
from workflow import counting, describe, lists, retrieval, waiting
from workflow.errors import NotFound
from workflow.installation import read_tx
from workflow.register import book
from workflow.register.book import Chosen

EVERYBODY = (
    "drafter",
    "unit_head",
    "countersigner1",
    "countersigner2",
    "clerk",
    "deputy",
    "signatory",
    "registrar",
    "archivist",
    "admin",
    "auditor",
    "unit1",
    "expert1",
)
LEADING = {"drafter", "unit_head", "clerk", "deputy", "signatory", "registrar"}
OFFICE = LEADING | {"countersigner1", "countersigner2", "archivist"}

# At a stage, with countersigner1 asked: who sees the document.
SEEN = {
    "draft": {"drafter"},
    "unit_review": LEADING,
    "countersign": LEADING | {"countersigner1"},
    "signing": LEADING | {"countersigner1"},
    "checking": LEADING | {"countersigner1"},
    "printing": LEADING | {"countersigner1"},
    "issued": OFFICE,
    "archived": OFFICE,
}
RESTRICTED = OFFICE - {"countersigner2"}


def seen_by(desk: Desk, document: str) -> dict[str, set[str]]:
    """Return who sees a document in each place."""
    found: dict[str, set[str]] = {"page": set(), "list": set(), "search": set()}
    for who in EVERYBODY:
        person = desk.person(who)
        with read_tx() as session:
            try:
                describe.describe(session, person, document)
                found["page"].add(who)
            except NotFound:
                pass
            page = lists.documents(session, person)
            assert page.total == len(page.items)
            if document in {item["public_id"] for item in page.items}:
                found["list"].add(who)
            results = retrieval.retrieve(session, person, "年度总结")
            assert results.total == len(results.items) == sum(results.types.values())
            if document in {item.id for item in results.items}:
                found["search"].add(who)
    return found


@pytest.mark.parametrize("stage", SEEN)
def test_who_sees_a_document_at_its_stage(desk: Desk, stage: str) -> None:
    document = desk.at(stage, ["countersigner1"])
    found = seen_by(desk, document)
    assert found["page"] == found["list"] == SEEN[stage]
    assert found["search"] == (SEEN[stage] if stage in ("issued", "archived") else set())


@pytest.mark.parametrize("stage", ["issued", "archived"])
def test_a_restricted_document_is_seen_by_those_concerned(desk_on_both: Desk, stage: str) -> None:
    desk = desk_on_both
    document = desk.at("registration", ["countersigner1"])
    desk.take(document, "registrar", "register", restricted=True)
    desk.bring(document, stage)
    found = seen_by(desk, document)
    assert found["page"] == found["list"] == found["search"] == RESTRICTED


def test_whoever_does_not_see_a_document_can_do_nothing_with_it(desk: Desk) -> None:
    document = desk.at("unit_review")
    for who in ("countersigner1", "archivist", "unit1", "admin"):
        before = desk.fingerprint()
        with pytest.raises(NotFound):
            desk.take(document, who, "approve")
        with pytest.raises(NotFound):
            desk.take(document, who, "no such step")
        assert desk.fingerprint() == before


def test_the_register_shows_numbers_to_the_office_and_titles_to_those_who_see_the_document(
    desk_on_both: Desk,
) -> None:
    desk = desk_on_both
    document = desk.at("printing")
    number = desk.row(document)["number"]
    for who in EVERYBODY:
        with read_tx() as session:
            shown = [
                (row["number"], row["title"])
                for row in book.entries(session, desk.person(who), Chosen()).items
            ]
        if who in LEADING:
            assert shown == [(number, "关于报送年度工作总结的通知")]
        else:
            assert shown == ([(number, None)] if who in OFFICE else [])


def test_lists_and_their_counts_agree(desk_on_both: Desk) -> None:
    desk = desk_on_both
    draft = desk.draft()
    desk.at("unit_review")
    desk.at("signing", urgency="特急")
    desk.at("issued")
    expected = {
        "drafter": {"tasks": 0, "to_read": 1, "drafts": 1, "begun": 3},
        "unit_head": {"tasks": 1, "to_read": 0, "drafts": 0, "begun": 0},
        "signatory": {"tasks": 1, "to_read": 1, "drafts": 0, "begun": 0},
        "clerk": {"tasks": 0, "to_read": 0, "drafts": 0, "begun": 0},
    }
    for who, counts in expected.items():
        person = desk.person(who)
        with read_tx() as session:
            assert counting.counts(session, person) == counts
            assert len(waiting.tasks(session, person).items) == counts["tasks"]
            assert len(lists.to_read(session, person).items) == counts["to_read"]
    with read_tx() as session:
        drafts = lists.drafts(session, desk.person("drafter"))
        handled = lists.handled(session, desk.person("clerk"))
        assert [item["public_id"] for item in drafts.items] == [draft]
        assert [item["action"] for item in handled.items] == ["check", "approve"]


def test_the_most_urgent_task_comes_first(desk: Desk) -> None:
    for urgency in (None, "加急", "特急", None):
        desk.at("signing", urgency=urgency)
    with read_tx() as session:
        items = waiting.tasks(session, desk.person("signatory")).items
    assert [item["urgency"] for item in items] == ["特急", "加急", None, None]


def test_a_list_goes_on_where_its_cursor_says(desk: Desk) -> None:
    documents = [desk.draft() for _ in range(5)]
    found, cursor = [], None
    for _ in range(3):
        with read_tx() as session:
            page = lists.drafts(session, desk.person("drafter"), limit=2, cursor=cursor)
        found += [item["public_id"] for item in page.items]
        cursor = page.next
        assert page.total == 5
    assert cursor is None
    assert found == documents[::-1]
    for start in ("0", "3", "5", "7"):
        with read_tx() as session:
            assert lists.drafts(session, desk.person("drafter"), cursor=start).total == 5
