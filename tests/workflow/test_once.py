"""A repeated request is answered as it was first, and does nothing more."""

from concurrent.futures import ThreadPoolExecutor

import pytest

from tests.workflow.desk import Desk, content
from workflow import engine
from workflow.answers import Once
from workflow.errors import KeyReused, NotReady, Stale


def test_a_replayed_draft_is_one_document(desk_on_both: Desk) -> None:
    desk = desk_on_both
    first = engine.draft(desk.id("drafter"), "notice", content(), once=Once("k"))
    before = desk.fingerprint()
    again = engine.draft(desk.id("drafter"), "notice", content(), once=Once("k"))
    assert (again, desk.fingerprint()) == (first, before)


def test_a_replayed_step_is_answered_before_its_version_is_compared(desk_on_both: Desk) -> None:
    desk = desk_on_both
    document = desk.at("registration")
    version = desk.row(document)["version"]
    once = Once("k", lambda session, public_id: {"id": public_id, "told": "first"})
    first = engine.advance(desk.id("registrar"), document, "register", version, once=once)
    other_answer = Once("k", lambda session, public_id: {"id": public_id, "told": "second"})
    again = engine.advance(desk.id("registrar"), document, "register", version, once=other_answer)
    assert again.answer == first.answer == {"id": document, "told": "first"}
    assert len(desk.register()) == 1
    with pytest.raises(Stale):
        engine.advance(desk.id("registrar"), document, "register", version, once=Once("other"))


ANOTHER_REQUEST = {
    "another verb": lambda who, document: engine.advance(who, document, "submit", 2, once=Once("k")),
    "another text": lambda who, document: engine.revise(who, document, 1, content(note="二"), once=Once("k")),
    "a new document": lambda who, document: engine.draft(who, "notice", content(note="一"), once=Once("k")),
}


@pytest.mark.parametrize("request_", ANOTHER_REQUEST)
def test_a_key_used_for_another_request_is_refused(desk: Desk, request_: str) -> None:
    document, drafter = desk.draft(), desk.id("drafter")
    engine.revise(drafter, document, 1, content(note="一"), once=Once("k"))
    before = desk.fingerprint()
    with pytest.raises(KeyReused):
        ANOTHER_REQUEST[request_](drafter, document)
    assert desk.fingerprint() == before


def test_a_key_is_one_person_s(desk: Desk) -> None:
    people = [desk.id(who) for who in ("drafter", "clerk")]
    documents = {engine.draft(person, "notice", content(), once=Once("k")).document for person in people}
    assert len(documents) == 2


def test_a_refused_request_leaves_its_key_free(desk: Desk) -> None:
    document = desk.draft()
    with pytest.raises(NotReady):
        engine.advance(desk.id("drafter"), document, "terminate", 1, once=Once("k"))
    engine.advance(desk.id("drafter"), document, "terminate", 1, {"comment": "重复"}, once=Once("k"))
    assert desk.state(document) == "terminated"


def test_complaint_two_clicks_at_once_take_one_number(desk_on_both: Desk) -> None:
    desk = desk_on_both
    document = desk.at("registration")
    version, registrar = desk.row(document)["version"], desk.id("registrar")

    def register(_: int) -> engine.Done:
        return engine.advance(registrar, document, "register", version, once=Once("k"))

    with ThreadPoolExecutor(4) as pool:
        answers = list(pool.map(register, range(8)))
    assert answers == [answers[0]] * 8
    assert len(desk.register()) == 1
    assert [one.action for one in desk.movements(document)].count("register") == 1
