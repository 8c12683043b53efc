"""Sending back, withdrawing, standing in: who has the document then, and where it resumes."""

import pytest

from tests.workflow.desk import BOTH, Desk, mended
from workflow import desk as readers
from workflow.errors import NotReady
from workflow.installation import write_tx
from workflow.models import LeaderInCharge, Unit


def test_complaint_a_return_that_jumps_resumes_with_whoever_returned_it(desk_on_both: Desk) -> None:
    desk = desk_on_both
    desk.appoint("archivist", "office_clerk")
    document = desk.at("office_review", BOTH)
    assert desk.holders(document) == ["clerk", "archivist"]
    assert desk.send_back(document, "archivist", "draft") == "draft"
    assert desk.holders(document) == ["drafter"]
    assert desk.take(document, "drafter", "submit") == "office_review"
    assert desk.holders(document) == ["archivist"]
    assert desk.findings() == []


def test_complaint_a_return_step_by_step_goes_through_all_stages_again(desk: Desk) -> None:
    document = desk.at("office_review", BOTH)
    desk.send_back(document, "clerk", "draft", "step")
    assert desk.take(document, "drafter", "submit") == "unit_review"
    assert desk.take(document, "unit_head", "approve") == "countersign"
    assert desk.holders(document) == BOTH


def test_complaint_a_return_goes_only_to_stages_passed_in_this_round(desk: Desk) -> None:
    document = desk.at("signing")
    for target in ("countersign", "leader_review", "signing", "checking", "printing"):
        with pytest.raises(NotReady):
            desk.send_back(document, "signatory", target)
    desk.send_back(document, "signatory", "unit_review", "step")
    for target in ("office_review", "unit_review"):
        with pytest.raises(NotReady):
            desk.send_back(document, "unit_head", target)
    assert desk.send_back(document, "unit_head", "draft") == "draft"


def test_complaint_a_return_leaves_no_task_with_the_other_countersigners(desk: Desk) -> None:
    document = desk.at("countersign", BOTH)
    desk.send_back(document, "countersigner2", "draft")
    assert desk.holders(document) == ["drafter"]
    assert desk.take(document, "drafter", "submit") == "countersign"
    assert desk.holders(document) == BOTH


def test_who_consented_before_a_jump_is_not_asked_again(desk: Desk) -> None:
    document = desk.at("countersign", BOTH)
    desk.take(document, "countersigner1", "countersign")
    desk.send_back(document, "countersigner2", "unit_review")
    assert desk.take(document, "unit_head", "approve") == "countersign"
    assert desk.holders(document) == ["countersigner2"]
    assert desk.take(document, "countersigner2", "countersign") == "office_review"


def test_a_return_to_those_who_consented_asks_them_again(desk: Desk) -> None:
    document = desk.at("office_review", BOTH)
    assert desk.send_back(document, "clerk", "countersign") == "countersign"
    assert desk.holders(document) == BOTH
    desk.take(document, "countersigner1", "countersign")
    assert desk.take(document, "countersigner2", "countersign") == "office_review"


def test_a_jump_stops_where_somebody_chosen_since_has_not_consented(desk_on_both: Desk) -> None:
    desk = desk_on_both
    document = desk.at("signing", ["countersigner1"])
    desk.send_back(document, "signatory", "draft")
    assert desk.take(document, "drafter", "submit", countersigners=BOTH) == "countersign"
    assert desk.holders(document) == ["countersigner2"]
    assert desk.take(document, "countersigner2", "countersign") == "signing"
    assert ("submit", "draft", "countersign") in desk.way(document)
    assert desk.findings() == []


def test_a_stage_that_the_jump_left_out_is_no_target_for_one_before_it(desk: Desk) -> None:
    document = desk.at("signing")
    desk.send_back(document, "signatory", "draft")
    desk.take(document, "drafter", "submit", countersigners=["countersigner1"])
    with pytest.raises(NotReady):
        desk.send_back(document, "countersigner1", "office_review")
    assert desk.send_back(document, "countersigner1", "unit_review") == "unit_review"


def test_of_two_returns_the_latter_says_where_it_resumes(desk: Desk) -> None:
    document = desk.at("signing", BOTH)
    desk.send_back(document, "signatory", "unit_review")
    desk.send_back(document, "unit_head", "draft")
    assert desk.take(document, "drafter", "submit") == "unit_review"
    # Everybody has consented already: 会签 is passed over, not stuck at.
    assert desk.take(document, "unit_head", "approve") == "office_review"
    assert ("skip", "countersign", "office_review") in desk.way(document)


@pytest.mark.parametrize("stage", ["checking", "registration", "printing", "sealing"])
def test_a_return_behind_the_sign_off_undoes_it_and_resumes_there(desk: Desk, stage: str) -> None:
    document = desk.at(stage)
    who = desk.holders(document)[0]
    number = desk.row(document)["number"]
    assert desk.send_back(document, who, "draft") == "draft"
    row = desk.row(document)
    kept = ("signatory_id", "signed_sha256", "dated", "frozen_sha256", "printed_on")
    assert [row[name] for name in kept] == [None] * 5
    assert row["number"] == number
    assert desk.take(document, "drafter", "submit") == "signing"
    desk.bring(document, "issued")
    assert desk.row(document)["number"] == number or number is None
    assert desk.findings() == []


@pytest.mark.parametrize("target", ["checking", "registration", "printing"])
def test_a_jump_back_to_sealing_makes_the_file_anew_first(desk: Desk, target: str) -> None:
    document = desk.at("sealing")
    desk.send_back(document, "registrar", target)
    assert desk.row(document)["frozen_sha256"] is None
    desk.bring(document, "sealing")
    assert desk.row(document)["frozen_sha256"] is not None
    assert [one.action for one in desk.movements(document)].count("send_to_print") == 2
    assert [one.action for one in desk.movements(document)].count("register") == (
        2 if target == "registration" else 1
    )


def test_withdrawing_is_possible_until_somebody_opened_it(desk_on_both: Desk) -> None:
    desk = desk_on_both
    document = desk.at("unit_review")
    version = desk.row(document)["version"]
    readers.opened(desk.person("drafter"), document)
    assert desk.offers(document, "drafter")["withdraw"]
    readers.opened(desk.person("unit_head"), document)
    assert not desk.offers(document, "drafter")["withdraw"]
    assert desk.row(document)["version"] == version
    with pytest.raises(NotReady):
        desk.take(document, "drafter", "withdraw")


def test_withdrawing_undoes_the_submission_alone(desk: Desk) -> None:
    document = desk.at("signing", BOTH)
    desk.send_back(document, "signatory", "office_review")
    desk.send_back(document, "clerk", "draft")
    desk.take(document, "drafter", "submit")
    assert desk.take(document, "drafter", "withdraw") == "draft"
    desk.revise(document, "drafter", mended("按时", "如期"))
    assert desk.take(document, "drafter", "submit") == "office_review"


def test_after_another_acted_nothing_is_withdrawn(desk: Desk) -> None:
    document = desk.at("office_review")
    assert not desk.offers(document, "drafter")["withdraw"]


def test_the_drafter_who_heads_the_unit_is_reviewed_by_the_leader_in_charge(desk: Desk) -> None:
    document = desk.draft("unit_head")
    desk.take(document, "unit_head", "submit")
    assert desk.holders(document) == ["deputy"]


def test_where_nobody_else_reviews_the_stage_is_passed_over_on_record(desk: Desk) -> None:
    with write_tx() as session:
        session.query(LeaderInCharge).delete()
    document = desk.draft("unit_head")
    assert desk.take(document, "unit_head", "submit") == "office_review"
    assert ("skip", "unit_review", "countersign") in desk.way(document)


def test_one_person_in_two_successive_opinion_stages_acts_once(desk: Desk) -> None:
    desk.appoint("clerk", "unit_head")
    desk.dismiss("unit_head", "unit_head")
    document = desk.at("unit_review")
    assert desk.take(document, "clerk", "approve") == "signing"
    skipped = [one for one in desk.movements(document) if one.source == "office_review"]
    assert [(one.action, one.actor) for one in skipped] == [("skip", "clerk")]
    assert skipped[0].details["reason"] == "The same person gave an opinion at the stage before"


def test_the_unit_head_who_is_the_only_countersigner_acts_once(desk: Desk) -> None:
    document = desk.at("unit_review", ["unit_head"])
    assert desk.take(document, "unit_head", "approve") == "office_review"


def test_a_vacant_post_is_filled_by_its_stand_in_and_the_administrator_is_told_once(desk: Desk) -> None:
    desk.dismiss("signatory", "principal")
    document = desk.at("signing")
    assert desk.holders(document) == ["deputy"]
    assert desk.take(document, "deputy", "sign") == "checking"
    assert desk.told("admin") == ["Nobody is in the post %(post)s"]


def test_the_stand_in_of_a_unit_s_head_reviews_for_it(desk: Desk) -> None:
    stand_in = "UPDATE posts SET stand_in_id = :who WHERE code = 'unit_head' AND unit_id = :unit"
    with write_tx() as session:
        unit = session.query(Unit).filter_by(name="综合处").one().id
    desk.execute(stand_in, who=desk.id("countersigner1"), unit=unit)
    desk.close_account("unit_head")
    document = desk.at("unit_review")
    assert desk.holders(document) == ["countersigner1"]
    assert desk.told("admin") == ["Nobody is in the post %(post)s"]


def test_where_nobody_at_all_is_in_post_the_step_before_is_refused_with_the_reason(desk: Desk) -> None:
    document = desk.at("signing")
    desk.close_account("clerk")
    before = desk.fingerprint()
    with pytest.raises(NotReady) as refusal:
        desk.take(document, "signatory", "sign")
    assert [str(reason) for reason in refusal.value.reasons] == ["Nobody is in post for the stage 复核"]
    assert desk.fingerprint() == before


@pytest.mark.parametrize("who", ["signatory", "deputy"])
def test_nobody_signs_their_own_draft(desk: Desk, who: str) -> None:
    document = desk.draft(who)
    if who == "signatory":
        desk.bring(document, "signing")
        assert desk.holders(document) == ["deputy"]
    else:
        desk.dismiss("signatory", "principal")
        with pytest.raises(NotReady):  # the only one who could stand in is the drafter
            desk.bring(document, "signing")
    assert "sign" not in [name for name, may in desk.offers(document, who).items() if may]


def test_a_leader_who_was_asked_signs_instead(desk: Desk) -> None:
    document = desk.at("signing")
    assert desk.take(document, "signatory", "ask_signer", signer="deputy") == "signing"
    assert desk.holders(document) == ["deputy"]
    assert not desk.offers(document, "signatory")["sign"]
    assert desk.take(document, "deputy", "sign") == "checking"
    assert desk.row(document)["signatory_id"] == desk.id("deputy")


def test_a_countersigner_who_left_is_neither_waited_for_nor_proposed_again(desk: Desk) -> None:
    document = desk.at("countersign", BOTH)
    desk.close_account("countersigner2")
    assert desk.take(document, "countersigner1", "countersign") == "office_review"
    desk.send_back(document, "clerk", "draft")
    assert desk.take(document, "drafter", "submit") == "office_review"
    assert desk.row(document)["countersigners"] == [desk.id("countersigner1")]
