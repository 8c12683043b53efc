"""Every stage, every step, every account, through HTTP: what is allowed is what the office's rules say.

The rules are those of `oracle`, written by hand. A refused try writes nothing: the database's own
counter of changes stands still.
"""

import shutil
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path

import pytest

from tests.web import oracle
from tests.web.api import texts
from tests.web.api.caller import Caller
from tests.web.conftest import open_app, settings_in
from tests.web.stand import CHINESE, Stand, try_once
from workflow import clock
from workflow.delegation.grant import grant
from workflow.directory import find_by_usernames
from workflow.installation import here, read_tx
from workflow.office.handover import hand_over

pytestmark = pytest.mark.no_cover  # many tries of what other tests cover; tracing doubles their time

CONTENT = texts.URGENT
GIVEN = {"points": {"answer": "changed"}}  # what a call must say before it is looked at whose document it is


@pytest.fixture(scope="module")
def still() -> Iterator[None]:
    """Stop the clock, so that nothing is written about when somebody was last seen."""
    with clock.held_at(clock.now()):
        yield


@pytest.fixture(scope="module")
def stand(still: None, loaded_office: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Stand]:
    """Yield the office with a document of each drafter, kept at every stage of its way."""
    data = tmp_path_factory.mktemp("matrix") / "office"
    shutil.copytree(loaded_office, data)
    stand = Stand(open_app(settings_in(data)), data)
    for who in oracle.ACCOUNTS:
        stand.people(who)
    for drafter, way in oracle.WAYS.items():
        stand.documents[drafter] = stand.people(drafter).draft(CONTENT).json["id"]
        for stage, action, who in way:
            stand.keep(drafter, stage)
            stand.act(drafter, who, action)
        stand.keep(drafter, "archived")
        for stage, (before, action) in oracle.ASIDE.items():
            stand.put_back(drafter, before)
            stand.act(drafter, {"terminate": drafter, "void": "registrar"}[action], action)
            stand.keep(drafter, stage)
        stand.put_back(drafter, "archived")
    yield stand
    here().database.dispose()


def stages(drafter: str) -> list[str]:
    return [*(stage for stage, _, _ in oracle.WAYS[drafter]), "archived", *oracle.ASIDE]


EVERY_DAY = {("drafter", "half_countersigned"), ("unit_head", "unit_review"), ("signatory", "signing")}
PLACES = [
    pytest.param(drafter, stage, marks=() if (drafter, stage) in EVERY_DAY else pytest.mark.long)
    for drafter in oracle.DRAFTERS
    for stage in stages(drafter)
]


def callers(stand: Stand, people: Iterable[str], language: str) -> Iterator[tuple[str, Caller]]:
    yield oracle.NOBODY, stand.people.nobody(language)
    for who in people:
        yield who, stand.people(who, language)


@pytest.mark.parametrize(("drafter", "stage"), PLACES)
def test_exactly_those_steps_go_through_that_the_rules_name(stand: Stand, drafter: str, stage: str) -> None:
    stand.put_back(drafter, stage)
    id_ = stand.documents[drafter]
    version = stand.version(id_)
    # those whose way differs only in who drafted are tried with the stage's own steps alone
    actions = oracle.ACTIONS if drafter == "drafter" else [*oracle.may(drafter, stage), "teleport"]
    own = oracle.may(drafter, stage)
    for action in actions:
        for who in (oracle.NOBODY, *(oracle.ACCOUNTS if action in own else oracle.OFFICE)):
            if try_once(stand, who, id_, version, action, oracle.answer(drafter, stage, action, who)):
                stand.put_back(drafter, stage)


@pytest.fixture(scope="module")
def related(stand: Stand) -> Callable[[str, str], int]:
    """Give a function that lets a document come to a colleague; it returns the document's version then."""

    def come(relation: str, stage: str) -> int:
        stand.put_back("drafter", stage)
        giver, colleague = oracle.between(relation, stage)
        id_ = stand.documents["drafter"]
        with read_tx() as session:
            ids = {name: one.id for name, one in find_by_usernames(session, oracle.ACCOUNTS).items()}
        if relation in ("asked", "handed_on"):
            action = {"asked": "add_signer", "handed_on": "transfer"}[relation]
            inputs = {"person": colleague, "comment": "请看。"}
            assert stand.people(giver).act(id_, action, stand.version(id_), inputs).status == 200
        elif relation == "handed_over":
            hand_over(ids["admin"], giver, colleague, [f"document:{id_}"], "轮岗。")
        else:
            day = clock.today().isoformat()
            given = {"delegate": colleague, "since": day, "until": day, "kinds": ["notice"]}
            grant(ids[giver], given)
        stand.keep("drafter", f"{relation}-{stage}")
        return stand.version(id_)

    return come


TRIED_EVERY_DAY = {
    ("delegate", "office_review"),
    ("drafter_as_delegate", "unit_review"),
    ("asked", "countersign"),
    ("handed_on", "countersign"),
    ("handed_over", "registration"),
}


@pytest.mark.parametrize(
    ("relation", "stage"),
    [
        pytest.param(*place, marks=() if place in TRIED_EVERY_DAY else pytest.mark.long)
        for place in oracle.related_places()
    ],
)
def test_who_came_to_it_otherwise_than_by_a_post_may_do_what_the_rules_name(
    stand: Stand, related: Callable[[str, str], int], relation: str, stage: str
) -> None:
    version, id_ = related(relation, stage), stand.documents["drafter"]
    giver, colleague = oracle.between(relation, stage)
    named = {"remove_signer": colleague, "add_signer": "registrar"}
    for action in [*oracle.may("drafter", stage), "teleport"]:
        for who in (colleague, giver, "auditor", "unit1"):
            wanted = oracle.related_answer(relation, stage, action, who)
            whom = {"person": named[action]} if action in named else {}
            if try_once(stand, who, id_, version, action, wanted, **whom):
                stand.put_back("drafter", f"{relation}-{stage}")


@pytest.mark.parametrize(("drafter", "stage"), PLACES)
def test_what_is_offered_is_what_goes_through(stand: Stand, drafter: str, stage: str) -> None:
    stand.put_back(drafter, stage)
    id_ = stand.documents[drafter]
    steps = oracle.may(drafter, stage)
    # the drafter first: once a holder has looked, nothing can be withdrawn
    for who, caller in sorted(callers(stand, oracle.OFFICE, "zh"), key=lambda each: each[0] != drafter):
        reply = caller.get(f"/documents/{id_}")
        if who not in oracle.sees(drafter, stage):
            assert reply.status == (401 if who == oracle.NOBODY else 404)
            continue
        offered = {action["name"]: action for action in reply.json["actions"]}
        assert set(offered) == set(steps)
        for name, action in offered.items():
            able = steps[name].get(who, False)
            assert action["allowed"] is able, (stage, name, who)
            assert bool(action["reasons"]) is not able
            assert action["inputs"]["type"] == "object"


@pytest.mark.parametrize(("drafter", "stage"), PLACES)
def test_the_text_is_changed_only_by_those_who_may(stand: Stand, drafter: str, stage: str) -> None:
    stand.put_back(drafter, stage)
    id_ = stand.documents[drafter]
    changed = CONTENT | {"body": CONTENT["body"].replace("\n一、", "\n\n一、"), "agency": "省直文明办"}
    for who, caller in callers(stand, oracle.OFFICE, "en"):
        version = stand.version(id_)
        reply = caller.write(id_, version, changed, "?change=layout")
        if who == oracle.NOBODY:
            assert reply.status == 401
        elif who not in oracle.sees(drafter, stage):
            assert reply.status == 404
        elif who in oracle.editors(drafter, stage):
            assert reply.status == 200, (stage, who, reply.body)
            stand.put_back(drafter, stage)
        else:
            assert reply.status == 403, (stage, who, reply.body)
            assert reply.reasons
            assert stand.version(id_) == version


@pytest.mark.parametrize(
    "places",
    [
        [("clerk", "half_countersigned")],
        pytest.param([("drafter", "draft"), ("unit_head", "frozen")], marks=pytest.mark.long),
    ],
)
def test_every_address_with_an_id_hides_documents_from_those_who_do_not_see_them(
    stand: Stand, places: list[tuple[str, str]]
) -> None:
    tried = 0
    for drafter, stage in places:
        stand.put_back(drafter, stage)
        id_ = stand.documents[drafter]
        for call in (call for call, whom in oracle.CALLS.items() if whom == oracle.WHO_SEES):
            method, _, path = call.partition(" ")
            path = (
                path.removeprefix("/api/v1")
                .replace("<name>", "submit")
                .replace("<format>", "docx")
                .replace("<n>", "1")
            )
            for who in set(oracle.ACCOUNTS) - oracle.sees(drafter, stage):
                for foreign in (id_, "0" * 16, "1", "no-such-id", "%00"):
                    given = (
                        GIVEN.get(path.rpartition("/")[0].rpartition("/")[2], {}) if method != "GET" else None
                    )
                    reply = stand.people(who).call(
                        method, path.replace("<id>", foreign), given, If_Match='"1"'
                    )
                    assert reply.status == 404, (call, who, foreign, reply.body)
                    assert CHINESE.search(reply.reasons[0])
                    tried += 1
    assert tried > 200 * len(places)


def test_every_call_stands_in_the_table_and_asks_for_a_token(stand: Stand) -> None:
    rules = {
        f"{method} {rule.rule}"
        for rule in stand.app.url_map.iter_rules()
        if rule.rule.startswith("/api/")
        for method in (rule.methods or set()) - {"HEAD", "OPTIONS"}
    }
    assert rules == set(oracle.CALLS)
    for call, whom in oracle.CALLS.items():
        method, _, path = call.partition(" ")
        path = path.removeprefix("/api/v1").replace("<id>", "0" * 16)
        for token in (None, "", "wrong", "x" * 5000, "ÿ"):
            nobody = Caller(stand.people.wire, token)
            reply = nobody.call(method, path, {} if method != "GET" else None)
            assert (reply.status == 401) is (whom != oracle.OPEN), call
            if whom != oracle.OPEN:
                assert reply.headers["WWW-Authenticate"].startswith("Bearer")
                assert reply.reasons
