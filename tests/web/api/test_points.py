"""A return is given with points and answered point by point, over the API."""

from typing import Any

from tests.web.api import texts
from tests.web.api.caller import Caller, Everybody

POINT = {"place": "body[0]", "kind": "wording", "text": "应写全称"}


def returned(people: Everybody) -> tuple[str, Any]:
    id_ = people("drafter").draft(texts.PLAIN).json["id"]
    found = people.bring_to(id_, "unit_review")
    sent = people("unit_head").act(
        id_, "send_back", found["version"], {"comment": "请改。", "points": [POINT, {"text": "太长"}]}
    )
    assert sent.status == 200, sent.body
    return id_, sent.json


def answer(who: Caller, id_: str, n: int | str, **given: Any) -> Any:
    return who.call("POST", f"/documents/{id_}/points/{n}", given)


def test_points_are_given_answered_by_whoever_has_the_document_and_stand_on_the_record(
    people: Everybody,
) -> None:
    id_, document = returned(people)
    assert [
        (one["n"], one["place"], one["kind"], one["by"], one["answer"]) for one in document["points"]
    ] == [
        (1, "body[0]", "wording", "unit_head", None),
        (2, "", "other", "unit_head", None),
    ]
    drafter = people("drafter")
    version = drafter.document(id_)["version"]
    refused = drafter.act(id_, "submit", version)
    assert refused.status == 422
    assert refused.reasons == [
        "退回意见第1处还没有答复：文字：应写全称",
        "退回意见第2处还没有答复：其他：太长",
    ]
    assert answer(people("unit_head"), id_, 1, answer="changed").status == 403
    assert answer(people("unit1"), id_, 1, answer="changed").status == 404
    assert answer(drafter, id_, 3, answer="changed").status == 404
    assert answer(drafter, id_, "x", answer="changed").status == 404
    assert answer(drafter, id_, 1, answer="let_be").status == 422
    assert answer(drafter, id_, 1, answer="explained").status == 422
    assert answer(drafter, id_, 1, answer="changed").json["version"] == version
    kept = answer(drafter, id_, 2, answer="explained", note="按领导要求").json["points"][1]
    assert (kept["answer"], kept["note"], kept["answered_by"]) == ("explained", "按领导要求", "drafter")
    assert drafter.act(id_, "submit", version).status == 200
    moves = drafter.get(f"/documents/{id_}/movements").json["items"]
    points = next(one["details"]["points"] for one in moves if one["action"] == "send_back")
    assert [one["text"] for one in points] == ["应写全称", "太长"]


def test_an_unknown_kind_or_place_is_422_with_every_reason(people: Everybody) -> None:
    id_ = people("drafter").draft(texts.PLAIN).json["id"]
    found = people.bring_to(id_, "unit_review")
    inputs = {"comment": "改", "points": [{"place": "body[99]", "text": "一"}]}
    head = people("unit_head", "en")
    refused = head.act(id_, "send_back", found["version"], inputs)
    assert (refused.status, refused.reasons) == (422, ["Point 1: the document has no place body[99]"])
    inputs["points"] = [{"kind": "taste", "text": ""}]
    assert head.act(id_, "send_back", found["version"], inputs).reasons == [
        "Point 1: there is no kind taste",
        "Say in words what is meant by point 1",
    ]
