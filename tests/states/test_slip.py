"""The 发文稿纸's boxes are data: in the office's order, and no opinion is without one."""

import pytest

from states.errors import ProcedureError
from states.loader import load_text
from states.procedure import Procedure
from tests.states.small_office import EFFECTS
from tests.states.test_loader import SMALL
from workflow.procedures import OWN

OPINION = SMALL.replace("holders: [post(office_clerk)]", "holders: [post(office_clerk)]\n    opinion: true")
BY_HAND = "{label: {zh: 相关部门意见, en: Other units}}"


def read(*rows: str) -> Procedure:
    slip = "slip:\n" + "".join(f"  - {row}\n" for row in rows) if rows else ""
    return load_text(OPINION + slip, file="small.yaml", effects=EFFECTS)


def boxes(procedure: Procedure) -> list[tuple[str, list[tuple[str | None, str]]]]:
    return [(row.room, [(place.stage, str(place.label)) for place in row.places]) for row in procedure.slip]


def test_an_office_says_in_which_order_the_boxes_stand() -> None:
    high = f"{{room: high, boxes: [{BY_HAND}, {{stage: review, label: {{zh: 核稿, en: Review}}}}]}}"
    assert boxes(read(high, "{room: low, boxes: [{stage: draft}]}")) == [
        ("high", [(None, "相关部门意见"), ("review", "核稿")]),
        ("low", [("draft", "拟稿")]),
    ]


def test_where_nothing_is_said_each_stage_that_judges_the_text_has_its_box() -> None:
    assert boxes(read()) == [("mid", [("review", "审核")])]


def test_a_box_goes_with_its_stage() -> None:
    rows = (
        "{room: high, boxes: [{stage: signing}, {stage: review}]}",
        "{room: mid, boxes: [{stage: signing}]}",
    )
    assert boxes(read(*rows)) == [("high", [("review", "审核")])]


def test_the_notices_sheet_has_a_box_for_each_opinion_and_sign_off_on_top() -> None:
    procedure = load_text(
        (OWN / "notice.yaml").read_text(encoding="utf-8"),
        file="notice.yaml",
        effects=EFFECTS,
    )
    placed = [place for row in procedure.slip for place in row.places]
    assert [place.stage for place in placed[:2]] == ["signing", "countersign"]
    assert {"部门负责人核稿", "相关部门意见", "办公室文秘核稿"} <= {str(place.label) for place in placed}


@pytest.mark.parametrize(
    ("row", "key", "why"),
    [
        (f"{{room: mid, boxes: [{BY_HAND}]}}", "slip", "'review' has opinions and no box"),
        ("{room: mid, boxes: [{stage: review}, {stage: review}]}", "slip.0.boxes.1", "has a box already"),
        ("{room: mid, boxes: [{stage: reveiw}]}", "slip", "'review' has opinions and no box"),
        ("{room: mid, boxes: [{}]}", "slip.0.boxes.0", "a stage, a label or both"),
        ("{room: tall, boxes: [{stage: review}]}", "slip.0.room", "'high', 'mid' or 'low'"),
        ("{room: mid, boxes: []}", "slip.0.boxes", "at least 1 item"),
    ],
)
def test_a_sheet_that_cannot_be_used_is_refused_with_its_place(row: str, key: str, why: str) -> None:
    with pytest.raises(ProcedureError) as refusal:
        read(row)
    assert (refusal.value.key, why in refusal.value.reason) == (key, True)
