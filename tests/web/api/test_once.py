"""A request that comes again changes nothing the second time; of many at once one goes through."""

import threading
from collections import Counter
from collections.abc import Callable, Iterator
from typing import Any

import pytest

from tests.office import Office
from tests.web.api import texts
from tests.web.api.caller import Caller, Everybody, OverHttp, Reply

pytestmark = pytest.mark.no_cover  # many tries of what other tests cover; tracing doubles their time

TWELVE = 12


def test_a_request_that_comes_again_is_answered_as_the_first_time(people: Everybody) -> None:
    drafter = people("drafter")
    begun = drafter.draft(texts.PLAIN, Idempotency_Key="begin")
    again = drafter.draft(texts.PLAIN, Idempotency_Key="begin")
    assert (again.status, again.body) == (begun.status, begun.body)
    assert again.headers["Location"] == begun.headers["Location"]
    id_, version = begun.json["id"], begun.json["version"]
    first = drafter.act(id_, "submit", version, {"comment": "请审"}, Idempotency_Key="submit")
    people.bring_to(id_, "issued")
    later = people("drafter", "en").act(id_, "submit", version, {"comment": "请审"}, Idempotency_Key="submit")
    assert (later.status, later.body) == (200, first.body)
    assert later.headers["ETag"] == first.headers["ETag"]
    for tag in (None, '"77"'):
        whatever = drafter.act(id_, "submit", tag, {"comment": "请审"}, Idempotency_Key="submit")
        assert (whatever.status, whatever.body) == (200, first.body)
    moves = drafter.get(f"/documents/{id_}/movements").json["items"]
    assert [move["action"] for move in moves].count("submit") == 1


def test_a_key_that_comes_with_another_request_is_answered_422(people: Everybody) -> None:
    drafter = people("drafter")
    begun = drafter.draft(texts.PLAIN, Idempotency_Key="k").json
    id_, version = begun["id"], begun["version"]
    for reply in (
        drafter.draft(texts.URGENT, Idempotency_Key="k"),
        drafter.act(id_, "submit", version, Idempotency_Key="k"),
    ):
        assert reply.status == 422
        assert reply.reasons
    assert people("clerk").draft(texts.PLAIN, Idempotency_Key="k").json["id"] != id_


def test_a_refused_request_does_not_use_up_its_key(people: Everybody) -> None:
    drafter = people("drafter")
    begun = drafter.draft(texts.PLAIN).json
    stale = drafter.act(begun["id"], "submit", begun["version"] + 1, Idempotency_Key="k")
    assert stale.status == 412
    taken = drafter.act(begun["id"], "submit", begun["version"], Idempotency_Key="k")
    assert taken.status == 200


@pytest.mark.parametrize("key", ["", " ", "x" * 201, "a b", "钥".encode().decode("latin-1")])
def test_a_key_that_cannot_be_one_is_answered_400(people: Everybody, key: str) -> None:
    reply = people("drafter").draft(texts.PLAIN, Idempotency_Key=key)
    assert reply.status == 400
    assert reply.reasons


@pytest.fixture(scope="module", params=["sqlite", pytest.param("postgresql", marks=pytest.mark.long)])
def wire(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[OverHttp]:
    """Yield the address of an office that really runs, on either database."""
    settings = {"HONGTOU_DATA_DIR": str(tmp_path_factory.mktemp("office"))}
    server: Any = None
    if request.param == "postgresql":
        server = request.getfixturevalue("postgres")
        settings["HONGTOU_DATABASE_URL"] = server.create()
    office = Office(**settings)
    yield OverHttp(office.wait_until_ready())
    assert office.stop() == 0
    if server is not None:
        server.drop(settings["HONGTOU_DATABASE_URL"])


def at_once(calls: list[Callable[[], Reply]]) -> list[Reply]:
    """Make calls in threads that start together."""
    start = threading.Barrier(len(calls))
    replies: list[Reply] = []

    def run(call: Callable[[], Reply]) -> None:
        start.wait()
        replies.append(call())

    threads = [threading.Thread(target=run, args=(call,)) for call in calls]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return replies


def submissions(drafter: Caller, document: Any, keys: list[str]) -> list[Callable[[], Reply]]:
    def submit(key: str) -> Callable[[], Reply]:
        return lambda: drafter.act(document["id"], "submit", document["version"], Idempotency_Key=key)

    return [submit(key) for key in keys]


def test_of_twelve_at_once_with_keys_of_their_own_one_goes_through(wire: OverHttp) -> None:
    drafter = Everybody(wire)("drafter")
    document = drafter.draft(texts.PLAIN).json
    replies = at_once(submissions(drafter, document, [f"key-{n}" for n in range(TWELVE)]))
    assert Counter(reply.status for reply in replies) == {200: 1, 412: TWELVE - 1}
    assert count(drafter, document, "submit") == 1


def test_twelve_at_once_with_one_key_have_one_answer_and_one_movement(wire: OverHttp) -> None:
    drafter = Everybody(wire)("drafter")
    document = drafter.draft(texts.PLAIN).json
    replies = at_once(submissions(drafter, document, ["one-key"] * TWELVE))
    assert {(reply.status, reply.body, reply.headers["ETag"]) for reply in replies} == {
        (200, replies[0].body, replies[0].headers["ETag"])
    }
    assert count(drafter, document, "submit") == 1


def test_twelve_drafts_at_once_with_one_key_are_one_document(wire: OverHttp) -> None:
    drafter = Everybody(wire)("drafter")
    before = drafter.get("/documents").json["total"]
    replies = at_once([lambda: drafter.draft(texts.PLAIN, Idempotency_Key="one-draft")] * TWELVE)
    assert {(reply.status, reply.body) for reply in replies} == {(201, replies[0].body)}
    assert drafter.get("/documents").json["total"] == before + 1


def test_twelve_registrations_at_once_give_twelve_numbers_in_a_row(wire: OverHttp) -> None:
    people = Everybody(wire)
    ready = [
        people.bring_to(people("drafter").draft(texts.PLAIN).json["id"], "registration") for _ in range(3)
    ]
    registrar = people("registrar")

    def register(document: Any) -> Callable[[], Reply]:
        return lambda: registrar.act(document["id"], "register", document["version"])

    replies = at_once([register(document) for document in ready for _ in range(4)])
    assert Counter(reply.status for reply in replies) == {200: 3, 412: 9}
    entries = registrar.get("/register?series=豫直文明办&limit=200").json["items"]
    newest = max(entry["year"] for entry in entries)
    serials = [entry["serial"] for entry in entries if entry["year"] == newest]
    assert serials == list(range(len(serials), 0, -1))


def test_the_pdf_of_a_running_office_is_made_and_comes(wire: OverHttp) -> None:
    people = Everybody(wire)
    id_ = people("drafter").draft(texts.PLAIN).json["id"]
    people.bring_to(id_, "sealing")
    for _ in range(120):
        reply = people("clerk").get(f"/documents/{id_}/files/pdf")
        if reply.status != 202:
            break
        threading.Event().wait(0.5)
    assert reply.status == 200
    assert reply.body.startswith(b"%PDF")
    pdf = next(file for file in people("clerk").document(id_)["files"] if file["format"] == "pdf")
    assert reply.headers["ETag"] == f'"{pdf["sha256"]}"'


def count(caller: Caller, document: Any, action: str) -> int:
    moves = caller.get(f"/documents/{document['id']}/movements").json["items"]
    return [move["action"] for move in moves].count(action)
