"""An application walks through every stage, and out of its way at every side."""

import pytest

from tests.workflow.applications.campaign import PDF, application, open_campaign, send_in
from tests.workflow.applications.walking import at, begin, bring
from tests.workflow.desk import Desk
from workflow.errors import NotReady

LINE = [
    ("draft", "", "draft"),
    ("submit", "draft", "recommendation"),
    ("recommend", "recommendation", "qualification"),
    ("qualify", "qualification", "material_review"),
    ("score", "material_review", "site_visit"),
    ("score", "site_visit", "survey"),
    ("score", "survey", "consultation"),
    ("conclude", "consultation", "deliberation"),
    ("nominate", "deliberation", "public_notice"),
    ("confirm", "public_notice", "conferral"),
    ("confer", "conferral", "conferred"),
]


def test_an_application_comes_from_its_unit_to_the_title(desk_on_both: Desk) -> None:
    desk = desk_on_both
    campaign = open_campaign(desk)
    document = begin(desk, campaign)
    assert desk.holders(document) == ["unit1"]
    bring(desk, campaign, document, "conferred")
    assert desk.way(document) == LINE
    row = application(document)
    assert (row.live, row.submitted_at is not None) == (True, True)
    posts = [one.post for one in desk.movements(document)]
    assert posts[:5] == ["申报单位联络员", "申报单位联络员", "省直示范工委联络员", "办公室文秘", "评审专家"]
    assert desk.findings() == []


def test_an_application_fails_on_the_negative_list_by_what_proves_it(desk: Desk) -> None:
    document = at(desk, open_campaign(desk), "qualification")
    given = {"item": "safety", "comment": "2025年发生较大事故。"}
    theirs, own = send_in(desk, "unit1", "报告.pdf"), send_in(desk, "clerk", "通报.pdf", PDF + b"%own\n")
    for evidence, told in (
        ({}, "needs the file that proves it"),
        ({"evidence": theirs["sha256"]}, "not a file that you sent in"),
        ({"evidence": "x"}, "证明材料 must be a file"),
    ):
        with pytest.raises(NotReady, match=told):
            desk.take(document, "clerk", "disqualify", **given, **evidence)
    assert desk.take(document, "clerk", "disqualify", **given, evidence=own["sha256"]) == "disqualified"
    row = application(document)
    assert (row.live, row.negative, row.negative_sha256) == (False, "safety", own["sha256"])
    assert desk.told("unit1") == ["The application came to an end: %(reason)s"]
    assert desk.findings() == []
