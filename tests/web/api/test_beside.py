"""What is no step of a document, over the API: urging, passing round and answering, taking a step back."""

from typing import Any

from tests.web.api import texts
from tests.web.api.caller import Everybody


def at_review(people: Everybody) -> Any:
    id_ = people("drafter").draft(texts.PLAIN).json["id"]
    return people.bring_to(id_, "unit_review")


def test_who_has_it_is_urged_once_in_a_while_and_by_few(people: Everybody) -> None:
    document = at_review(people)
    path = f"/documents/{document['id']}/urgings"
    urged = people("drafter").call("POST", path, {"note": "请今日办结"})
    assert (urged.status, urged.json) == (201, {"to": ["unit_head"]})
    again = people("clerk", "en").call("POST", path, {})
    assert again.status == 422
    assert "half a working day" in again.reasons[0]
    assert people("unit_head").call("POST", path, {}).status == 422
    assert people("unit1").call("POST", path, {}).status == 404
    assert people("drafter").document(document["id"])["version"] == document["version"]


def test_it_is_passed_round_read_and_answered_without_a_new_version(people: Everybody) -> None:
    document = at_review(people)
    id_, path = document["id"], f"/documents/{document['id']}/circulations"
    given = {"readers": ["countersigner1", "countersigner2"], "note": "请阅研", "wants_answer": True}
    drafter, first, second = (people(who) for who in ("drafter", "countersigner1", "countersigner2"))
    assert first.get(path).status == 404
    sent = drafter.call("POST", path, given, Idempotency_Key="a-key-of-mine")
    assert sent.status == 201
    known = [(one["n"], one["reader"], one["by"], one["standing"]) for one in sent.json["items"]]
    assert known == [
        (1, "countersigner1", "drafter", "unopened"),
        (2, "countersigner2", "drafter", "unopened"),
    ]
    assert drafter.call("POST", path, given).status == 422
    other = drafter.call("POST", path, {**given, "wants_answer": False}, Idempotency_Key="a-key-of-mine")
    assert other.status == 422
    assert second.call("POST", f"{path}/1/answer", {"answer": "同意"}).status == 403
    assert second.call("POST", f"{path}/3/answer", {"answer": "同意"}).status == 404
    assert second.call("POST", f"{path}/x/read").status == 404
    assert second.call("POST", f"{path}/2/answer", {"answer": ""}).status == 422
    answered = second.call("POST", f"{path}/2/answer", {"answer": "建议增加时限。"}, Idempotency_Key="k")
    assert (answered.status, answered.json["version"]) == (200, document["version"])
    assert second.call(
        "POST", f"{path}/2/answer", {"answer": "建议增加时限。"}, Idempotency_Key="k"
    ).body == (answered.body)
    assert first.call("POST", f"{path}/1/read").status == 200
    found = drafter.get(path).json["items"]
    assert [(one["standing"], one["answer"]) for one in found] == [
        ("read", None),
        ("answered", "建议增加时限。"),
    ]
    repeated = drafter.call("POST", path, given, Idempotency_Key="a-key-of-mine")
    assert (repeated.status, repeated.body) == (201, sent.body)
    assert drafter.get(f"/documents/{id_}/movements").json["items"][-1]["action"] == "answer_circulation"


def test_a_step_is_taken_back_once_and_only_by_its_own(people: Everybody) -> None:
    document = at_review(people)
    path = f"/documents/{document['id']}/undo"
    drafter, head = people("drafter"), people("unit_head", "en")
    moves = drafter.get(f"/documents/{document['id']}/movements").json["items"]
    wanted = {"movement": [one["action"] for one in moves].index("submit") + 1}
    assert drafter.call("POST", path, {}).status == 422
    assert drafter.call("POST", path, {"movement": 0}).status == 422
    assert head.call("POST", path, wanted).reasons[0].startswith("Only the last step is taken back")
    taken = drafter.call("POST", path, wanted, Idempotency_Key="back")
    assert (taken.status, taken.json["state"]) == (200, "draft")
    assert taken.json["version"] == document["version"] + 1
    assert drafter.call("POST", path, wanted, Idempotency_Key="back").body == taken.body
    assert drafter.call("POST", path, wanted).status == 422
