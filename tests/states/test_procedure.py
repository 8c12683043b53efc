import gc
import threading
import weakref
from collections.abc import Callable
from typing import Any

import pytest
from transitions import Machine

from states.case import Case
from states.errors import NoSuchStep, NotAllowed, NotReady, Refused
from states.outcomes import Fired, Skipped
from states.procedure import Procedure
from states.reasons import Reason
from tests.states.small_office import (
    ARCHIVIST,
    CLERK,
    DEPUTY,
    DRAFTER,
    FIRST,
    HEAD,
    OUTSIDER,
    PRINCIPAL,
    REGISTRAR,
    SECOND,
    UNIT,
    Office,
)

MakeCase = Callable[..., Case]
BACK = {"comment": "请改", "target": "draft", "resume": "jump"}
ENTERED: dict[str, dict[str, Any]] = {"register": {"distribution": "各处室", "copies": 5}}
UNREADY = (Reason("The title is missing"), Reason("The body is missing"))


def take(notice: Procedure, case: Case, actor: int, action: str, **inputs: Any) -> Fired:
    """Take a step and keep the case as an engine would."""
    case.actor, case.inputs = actor, inputs
    fired = notice.fire(case, action)
    case.last_action, case.last_actor, case.resume_at = action, actor, fired.resume_at
    if fired.stays and fired.step.brings_on():
        case.consented |= {actor}
    if not fired.stays:
        case.consented, case.opened = frozenset(), False
        if fired.step.direction == "back":
            case.passed = case.passed[: case.passed.index(fired.dest)]
        else:
            case.passed = (*case.passed, fired.source)
    return fired


def settle(notice: Procedure, case: Case) -> list[Skipped]:
    skipped = []
    while over := notice.skip(case):
        skipped.append(over)
    return skipped


def refused(notice: Procedure, case: Case, action: str) -> Refused:
    before = case.state
    with pytest.raises(Refused) as refusal:
        notice.fire(case, action)
    assert case.state == before
    return refusal.value


def test_a_notice_walks_from_draft_to_archive(notice: Procedure, case: MakeCase) -> None:
    document = case(countersigners=(FIRST, SECOND), urgency="特急", co_agencies=("示例局", "示例厅"))
    walked = [document.state]
    for actor, action in [
        (DRAFTER, "submit"),
        (HEAD, "approve"),
        (SECOND, "countersign"),
        (FIRST, "countersign"),
        (CLERK, "approve"),
        (DEPUTY, "approve"),
        (PRINCIPAL, "sign"),
        (CLERK, "enter_co_signature"),
        (CLERK, "enter_co_signature"),
        (CLERK, "check"),
        (REGISTRAR, "register"),
        (REGISTRAR, "send_to_print"),
        (REGISTRAR, "finish_printing"),
        (REGISTRAR, "seal"),
        (REGISTRAR, "issue"),
        (ARCHIVIST, "archive"),
    ]:
        inputs = ENTERED.get(action, {})
        if action == "enter_co_signature":
            inputs = {"agency": document.unsigned[0], "signatory": "张某某", "signed_on": "2031-04-07"}
        fired = take(notice, document, actor, action, **inputs)
        document.frozen |= "freeze_file" in fired.step.effects
        document.co_signed |= {inputs["agency"]} if "agency" in inputs else set()
        assert settle(notice, document) == []
        walked.append(document.state)
    assert walked == [
        "draft",
        "unit_review",
        "countersign",
        "countersign",
        "office_review",
        "leader_review",
        "signing",
        "co_signing",
        "co_signing",
        "checking",
        "registration",
        "printing",
        "printing",
        "sealing",
        "dispatch",
        "issued",
        "archived",
    ]
    assert notice.offers(document) == []


def test_stages_that_do_not_apply_are_skipped_with_their_reasons(notice: Procedure, case: MakeCase) -> None:
    document = case()
    take(notice, document, DRAFTER, "submit")
    take(notice, document, HEAD, "approve")
    assert [(s.source, s.dest, str(s.reason)) for s in settle(notice, document)] == [
        ("countersign", "office_review", "The drafter chose no countersigners"),
    ]
    take(notice, document, CLERK, "approve")
    assert [(s.source, s.dest, str(s.reason)) for s in settle(notice, document)] == [
        ("leader_review", "signing", "The document is not urgent"),
    ]
    assert settle(notice, case("sealing", seal=False))[0].dest == "dispatch"
    assert settle(notice, case("sealing")) == []


def test_one_person_in_two_opinion_stages_acts_once(
    notice: Procedure, case: MakeCase, office: Office
) -> None:
    office.heads_of[UNIT] = (CLERK,)
    document = case()
    take(notice, document, DRAFTER, "submit")
    take(notice, document, CLERK, "approve")
    skipped = settle(notice, document)
    assert [s.source for s in skipped] == ["countersign", "office_review", "leader_review"]
    assert str(skipped[1].reason) == "The same person gave an opinion at the stage before"


def test_a_clerk_who_drafts_still_gives_the_offices_opinion(notice: Procedure, case: MakeCase) -> None:
    document = case(drafter=CLERK)
    take(notice, document, CLERK, "submit")
    take(notice, document, HEAD, "approve")
    settle(notice, document)
    assert document.state == "office_review"


def test_sign_off_is_never_skipped_though_the_same_leader_acted_just_before(
    notice: Procedure, case: MakeCase, office: Office
) -> None:
    office.posts["principal"] = (DEPUTY,)
    document = case("leader_review", urgency="加急")
    take(notice, document, DEPUTY, "approve")
    assert settle(notice, document) == []
    assert document.state == "signing"


@pytest.mark.parametrize(("resume", "lands"), [("jump", "signing"), ("step", "unit_review")])
def test_a_return_resumes_as_it_says(notice: Procedure, case: MakeCase, resume: str, lands: str) -> None:
    document = case("signing", passed=("draft", "unit_review", "office_review"))
    fired = take(notice, document, PRINCIPAL, "send_back", comment="请改", target="draft", resume=resume)
    assert (fired.source, fired.dest, document.resume_at) == (
        "signing",
        "draft",
        "signing" if resume == "jump" else None,
    )
    fired = take(notice, document, DRAFTER, "submit")
    assert (fired.dest, fired.resume_at, document.state) == (lands, None, lands)


def test_a_stage_that_is_skipped_on_the_way_back_jumps_too(notice: Procedure, case: MakeCase) -> None:
    document = case("leader_review", resume_at="signing")
    skipped = notice.skip(document)
    assert skipped is not None
    assert skipped.dest == document.state == "signing"


def test_a_jump_waits_for_every_countersigner(notice: Procedure, case: MakeCase) -> None:
    document = case("countersign", countersigners=(FIRST, SECOND), resume_at="signing")
    assert take(notice, document, FIRST, "countersign").stays
    assert document.resume_at == "signing"
    assert take(notice, document, SECOND, "countersign").dest == "signing"


def test_a_step_that_stays_keeps_the_way_back(notice: Procedure, case: MakeCase) -> None:
    document = case("printing", resume_at="sealing")
    assert take(notice, document, REGISTRAR, "send_to_print").stays
    assert document.resume_at == "sealing"
    document.frozen = True
    assert take(notice, document, REGISTRAR, "finish_printing").dest == "sealing"


@pytest.mark.parametrize("came_from", ["printing", "checking"])
def test_a_correction_at_sign_off_is_checked_before_any_jump(
    notice: Procedure, case: MakeCase, came_from: str
) -> None:
    document = case("signing", resume_at=came_from)
    fired = take(notice, document, PRINCIPAL, "sign_with_correction", correction="“甲”改为“乙”")
    assert fired.dest == "co_signing"
    assert [over.dest for over in settle(notice, document)] == ["checking"]


@pytest.mark.parametrize("target", ["signing", "office_review", "checking", "nowhere", None])
def test_a_return_goes_only_to_a_stage_passed_before(
    notice: Procedure, case: MakeCase, target: str | None
) -> None:
    document = case(
        "office_review",
        actor=CLERK,
        passed=("draft", "unit_review", "office_review", "signing"),
        inputs={**BACK, "target": target},
    )
    refusal = refused(notice, document, "send_back")
    assert isinstance(refusal, NotReady)
    assert [str(reason) for reason in refusal.reasons] == [
        "The document can go back only to a stage that it has passed in this round"
    ]
    assert list(notice.provided(document)["passed_stages"]) == ["draft", "unit_review"]


@pytest.mark.parametrize("state", ["unit_review", "countersign", "office_review"])
def test_a_drafter_withdraws_until_somebody_opened_it(notice: Procedure, case: MakeCase, state: str) -> None:
    document = case(state, actor=DRAFTER, last_action="submit", last_actor=DRAFTER, opened=True)
    assert isinstance(refused(notice, document, "withdraw"), NotReady)
    document.opened = False
    assert notice.fire(document, "withdraw").dest == "draft"


@pytest.mark.parametrize("actor", [HEAD, CLERK, OUTSIDER, None])
def test_only_the_drafter_withdraws(notice: Procedure, case: MakeCase, actor: int | None) -> None:
    document = case("unit_review", actor=actor, last_action="submit", last_actor=DRAFTER)
    refusal = refused(notice, document, "withdraw")
    assert isinstance(refusal, NotAllowed)
    assert refusal.reasons == (Reason("This step is for the drafter"),)


def test_a_second_consent_of_one_countersigner_is_refused(notice: Procedure, case: MakeCase) -> None:
    document = case("countersign", countersigners=(FIRST, SECOND))
    take(notice, document, FIRST, "countersign")
    assert isinstance(refused(notice, document, "countersign"), NotAllowed)


@pytest.mark.parametrize("people", [1, 2, 7])
def test_countersigning_moves_on_with_the_last_of_all(notice: Procedure, case: MakeCase, people: int) -> None:
    chosen = tuple(range(100, 100 + people))
    document = case("countersign", countersigners=chosen)
    stays = [take(notice, document, person, "countersign").stays for person in reversed(chosen)]
    assert stays == [True] * (people - 1) + [False]
    assert document.state == "office_review"


def test_a_countersigner_who_left_is_not_waited_for(
    notice: Procedure, case: MakeCase, office: Office
) -> None:
    office.gone.add(SECOND)
    document = case("countersign", countersigners=(FIRST, SECOND))
    assert take(notice, document, FIRST, "countersign").dest == "office_review"


def test_all_reasons_come_at_once(notice: Procedure, case: MakeCase) -> None:
    document = case("signing", actor=PRINCIPAL, problems=UNREADY)
    assert refused(notice, document, "sign_with_correction").reasons[:2] == UNREADY
    said = [str(reason) for reason in refused(notice, document, "sign_with_correction").reasons]
    assert said[2:] == ["改动（如：第二段“X”改为“Y”） is required"]
    said = [str(reason) for reason in refused(notice, document, "send_back").reasons]
    assert said == [
        "A comment is required",
        "The document can go back only to a stage that it has passed in this round",
    ]


def test_what_reading_the_inputs_found_is_told_with_the_rest(notice: Procedure, case: MakeCase) -> None:
    document, wrong = case("signing", actor=PRINCIPAL, problems=UNREADY), Reason("The correction is no text")
    with pytest.raises(NotReady) as refusal:
        notice.fire(document, "sign_with_correction", [wrong])
    assert refusal.value.reasons == (*UNREADY, wrong)


def test_who_comes_before_what(notice: Procedure, case: MakeCase) -> None:
    document = case("signing", actor=OUTSIDER, problems=UNREADY)
    with pytest.raises(NotAllowed) as refusal:
        notice.fire(document, "sign", [Reason("wrong")])
    assert refusal.value.reasons == (Reason("This step is for those who hold the document at this stage"),)


@pytest.mark.parametrize("action", ["sign", "to_signing", "(pass over)", "_pass", "to_archived", ""])
def test_there_is_no_way_but_the_steps_of_the_stage(notice: Procedure, case: MakeCase, action: str) -> None:
    assert isinstance(refused(notice, case("unit_review", actor=HEAD), action), NoSuchStep)


def test_nobody_signs_their_own_draft_in_whatever_post(
    notice: Procedure, case: MakeCase, office: Office
) -> None:
    office.posts["deputy"] = ()
    document = case("signing", drafter=PRINCIPAL, actor=PRINCIPAL)
    assert notice.holders(document) == ()
    assert isinstance(refused(notice, document, "sign"), NotAllowed)
    document.asked_signers = (PRINCIPAL,)
    assert isinstance(refused(notice, document, "sign"), NotAllowed)


def test_offers_and_fire_agree_for_every_stage_step_and_person(notice: Procedure, case: MakeCase) -> None:
    for stage in notice.stages:
        for actor in (None, *range(1, 11)):
            for ready in (True, False):
                fields: dict[str, Any] = {
                    "actor": actor,
                    "countersigners": (FIRST, SECOND),
                    "passed": ("draft",),
                    "inputs": {
                        **BACK,
                        "correction": "改",
                        "signer": 1,
                        "person": 1,
                        "distribution": "各处室",
                        "copies": 1,
                        "agency": "示例局",
                        "signatory": "张某某",
                        "signed_on": "2031-04-07",
                        "until": "2031-04-08",
                    },
                    "today": "2031-04-07",
                    "deferred": ready,
                    "question": ready,
                    "co_agencies": ("示例局", "示例厅"),
                    "frozen": ready,
                    "undeclared_changes": not ready,
                    "problems": () if ready else UNREADY,
                }
                offers = notice.offers(case(stage, **fields))
                assert [offer.step for offer in offers] == [
                    step for step in notice.steps if stage in step.stages
                ]
                for offer in offers:
                    document = case(stage, **fields)
                    if offer.allowed:
                        notice.fire(document, offer.step.action)
                        assert not offer.reasons
                    else:
                        refusal = refused(notice, document, offer.step.action)
                        assert refusal.reasons == offer.reasons
                        assert isinstance(refusal, NotAllowed) is offer.forbidden


@pytest.mark.parametrize(
    ("state", "actor", "may"),
    [
        ("draft", DRAFTER, True),
        ("draft", HEAD, False),
        ("unit_review", HEAD, True),
        ("unit_review", DRAFTER, False),
        ("countersign", FIRST, False),
        ("countersign", CLERK, False),
        ("office_review", CLERK, True),
        ("leader_review", DEPUTY, True),
        ("signing", PRINCIPAL, True),
        ("signing", DEPUTY, False),
        ("checking", CLERK, True),
        ("registration", REGISTRAR, False),
        ("printing", REGISTRAR, True),
        ("printing", CLERK, False),
        ("issued", ARCHIVIST, False),
        ("archived", ARCHIVIST, False),
        ("voided", None, False),
    ],
)
def test_the_text_is_changed_by_those_who_hold_it_where_the_stage_lets_them(
    notice: Procedure, case: MakeCase, state: str, actor: int | None, may: bool
) -> None:
    reasons = notice.may_edit(case(state, actor=actor, countersigners=(FIRST,)))
    assert (reasons == ()) is may
    assert all(str(reason) for reason in reasons)


def test_the_way_ahead_names_who_will_hold_it_and_what_is_skipped(notice: Procedure, case: MakeCase) -> None:
    document = case("unit_review", seal=False)
    before = dict(vars(document))
    ahead = notice.ahead(document)
    assert vars(document) == before
    assert [(stage.name, holders, skipped is not None) for stage, holders, skipped in ahead] == [
        ("countersign", (CLERK,), True),
        ("office_review", (CLERK,), False),
        ("leader_review", (DEPUTY,), True),
        ("signing", (PRINCIPAL,), False),
        ("co_signing", (CLERK,), True),
        ("checking", (CLERK,), False),
        ("registration", (REGISTRAR,), False),
        ("printing", (REGISTRAR,), False),
        ("sealing", (REGISTRAR,), True),
        ("dispatch", (REGISTRAR,), False),
        ("issued", (ARCHIVIST,), False),
        ("archived", (), False),
    ]


def test_the_way_ahead_foresees_one_person_in_two_stages_and_a_jump(
    notice: Procedure, case: MakeCase, office: Office
) -> None:
    office.heads_of[UNIT] = (CLERK,)
    skipped = {step.stage.name for step in notice.ahead(case()) if step.skipped}
    assert skipped == {"countersign", "office_review", "leader_review", "co_signing"}
    assert [step.stage.name for step in notice.ahead(case(resume_at="dispatch"))] == [
        "dispatch",
        "issued",
        "archived",
    ]


def test_the_shared_machine_keeps_no_document(notice: Procedure, case: MakeCase) -> None:
    document = case(actor=OUTSIDER)
    with pytest.raises(NotAllowed):
        notice.fire(document, "submit")
    document.actor = DRAFTER
    notice.fire(document, "submit")
    notice.skip(document)
    gone = weakref.ref(document)
    del document
    gc.collect()
    assert gone() is None


def test_documents_in_many_threads_do_not_disturb_each_other(notice: Procedure, case: MakeCase) -> None:
    wrong: list[str] = []
    together = threading.Barrier(8)

    def work(number: int) -> None:
        together.wait(10)
        for _ in range(200):
            document = case(countersigners=(FIRST,) if number % 2 else ())
            take(notice, document, DRAFTER, "submit")
            take(notice, document, HEAD, "approve")
            settle(notice, document)
            if document.state != ("countersign" if number % 2 else "office_review"):
                wrong.append(document.state)

    threads = [threading.Thread(target=work, args=(number,)) for number in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(30)
    assert not wrong
    assert not any(thread.is_alive() for thread in threads)


def test_no_second_machine_is_made_for_a_document(
    notice: Procedure, case: MakeCase, monkeypatch: pytest.MonkeyPatch
) -> None:
    made: list[object] = []
    monkeypatch.setattr(Machine, "__init__", lambda self, *args, **kwargs: made.append(self))
    notice.fire(case(actor=DRAFTER), "submit")
    notice.offers(case(actor=DRAFTER))
    assert made == []
