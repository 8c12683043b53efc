from collections.abc import Callable

import pytest

from states.calls import parse_call
from states.case import Case
from states.procedure import Procedure
from states.who import WHO, meant, other_signers, people
from tests.states.small_office import (
    AGENCY,
    CLERK,
    DEPUTY,
    DRAFTER,
    FIRST,
    HEAD,
    OUTSIDER,
    PRINCIPAL,
    SECOND,
    UNIT,
    Office,
)

MakeCase = Callable[..., Case]


@pytest.mark.parametrize(
    ("call", "named", "without_first"),
    [
        ("drafter", (DRAFTER,), ()),
        ("post(office_clerk)", (CLERK,), (CLERK,)),
        ("post(nobody_has_it)", (), ()),
        ("head_of(drafter.unit)", (HEAD,), (HEAD,)),
        ("leader_in_charge(drafter.unit)", (DEPUTY,), (DEPUTY,)),
        ("chosen_by_drafter(countersigners)", (FIRST, SECOND), (SECOND,)),
        ("asked_signers", (DEPUTY,), (DEPUTY,)),
        ("may_sign", (FIRST, DEPUTY), (DEPUTY,)),
    ],
)
def test_each_rule_names_its_people_and_leaves_out_closed_accounts(
    case: MakeCase, office: Office, call: str, named: tuple[int, ...], without_first: tuple[int, ...]
) -> None:
    office.signers_of[AGENCY, "函"] = (FIRST, DEPUTY)
    document = case(countersigners=(FIRST, SECOND), asked_signers=(DEPUTY,), agency=AGENCY, type="函")
    assert people(document, parse_call(call)) == named
    office.gone |= {DRAFTER, FIRST}
    office.signers_of[AGENCY, "函"] = (DEPUTY,)
    assert people(document, parse_call(call)) == without_first


@pytest.mark.parametrize("name", [*sorted(WHO), "holder"])
def test_every_rule_says_in_words_for_whom_a_step_is(name: str) -> None:
    assert str(meant(parse_call("post(registrar)" if name == "post" else name))).startswith(
        "This step is for"
    )


def test_a_post_of_an_offices_own_is_told_by_its_code() -> None:
    assert str(meant(parse_call("post(driver)"))) == "This step is for the post driver"


@pytest.mark.parametrize(
    ("stage", "heads", "leaders", "principal", "held_by"),
    [
        ("unit_review", (HEAD,), (DEPUTY,), (PRINCIPAL,), (HEAD,)),
        ("unit_review", (DRAFTER, HEAD), (DEPUTY,), (PRINCIPAL,), (HEAD,)),
        ("unit_review", (DRAFTER,), (DEPUTY,), (PRINCIPAL,), (DEPUTY,)),
        ("unit_review", (DRAFTER,), (DRAFTER,), (PRINCIPAL,), ()),
        ("leader_review", (HEAD,), (), (PRINCIPAL,), (DEPUTY,)),
        ("signing", (HEAD,), (DEPUTY,), (PRINCIPAL,), (PRINCIPAL,)),
        ("signing", (HEAD,), (DEPUTY,), (DRAFTER,), (DEPUTY,)),
        ("signing", (HEAD,), (DEPUTY,), (), (DEPUTY,)),
    ],
)
def test_the_first_entry_that_names_somebody_other_than_the_drafter_counts(
    notice: Procedure,
    case: MakeCase,
    office: Office,
    stage: str,
    heads: tuple[int, ...],
    leaders: tuple[int, ...],
    principal: tuple[int, ...],
    held_by: tuple[int, ...],
) -> None:
    office.heads_of[UNIT], office.leaders_of[UNIT] = heads, leaders
    office.posts["principal"] = principal
    assert notice.holders(case(stage)) == held_by


def test_a_drafter_may_check_their_own_draft(notice: Procedure, case: MakeCase) -> None:
    assert notice.holders(case("checking", drafter=CLERK)) == (CLERK,)


def test_an_asked_signer_holds_the_sign_off_instead(notice: Procedure, case: MakeCase) -> None:
    assert notice.holders(case("signing", asked_signers=(DEPUTY,))) == (DEPUTY,)


@pytest.mark.parametrize(
    ("may_sign", "drafter", "held_by"),
    [
        ({}, DRAFTER, (PRINCIPAL,)),  # an agency that has not said who may sign
        ({}, PRINCIPAL, (DEPUTY,)),
        ({"决定": (PRINCIPAL,), "通知": (DEPUTY,)}, DRAFTER, (PRINCIPAL,)),
        ({"通知": (DEPUTY,)}, DRAFTER, (PRINCIPAL,)),
        ({"决定": (DEPUTY, HEAD)}, DRAFTER, (DEPUTY, HEAD)),
        ({"决定": (DEPUTY, HEAD)}, DEPUTY, (HEAD,)),
        ({"决定": (DEPUTY,)}, DEPUTY, (PRINCIPAL,)),  # nobody of those who may: the leaders, as without
    ],
)
def test_a_document_goes_for_signature_to_those_whom_its_agency_lets_sign_its_type(
    notice: Procedure,
    case: MakeCase,
    office: Office,
    may_sign: dict[str, tuple[int, ...]],
    drafter: int,
    held_by: tuple[int, ...],
) -> None:
    office.signers_of = {(AGENCY, type_): people for type_, people in may_sign.items()}
    assert notice.holders(case("signing", drafter=drafter, agency=AGENCY, type="决定")) == held_by


@pytest.mark.parametrize(
    ("may_sign", "drafter", "actor", "others"),
    [
        ((), DRAFTER, PRINCIPAL, (DEPUTY,)),
        ((), DRAFTER, OUTSIDER, (PRINCIPAL, DEPUTY)),
        ((), PRINCIPAL, DEPUTY, ()),
        ((PRINCIPAL,), DRAFTER, PRINCIPAL, ()),
        ((PRINCIPAL, HEAD), DRAFTER, PRINCIPAL, (HEAD,)),
        ((PRINCIPAL, HEAD), HEAD, PRINCIPAL, ()),
    ],
)
def test_only_those_can_be_asked_to_sign_who_may_and_neither_drafted_nor_ask(
    notice: Procedure,
    case: MakeCase,
    office: Office,
    may_sign: tuple[int, ...],
    drafter: int,
    actor: int,
    others: tuple[int, ...],
) -> None:
    office.signers_of[AGENCY, "决定"] = may_sign
    document = case("signing", drafter=drafter, actor=actor, agency=AGENCY, type="决定")
    assert other_signers(document) == others
    offers = {offer.step.action: offer for offer in notice.offers(document)}
    if actor in notice.holders(document):
        assert offers["ask_signer"].allowed is bool(others)


def test_the_head_of_the_unit_takes_over_the_draft_of_one_who_left(
    notice: Procedure, case: MakeCase, office: Office
) -> None:
    office.gone.add(DRAFTER)
    assert notice.holders(case("draft")) == (HEAD,)


def test_countersigners_who_consented_no_longer_hold_it(notice: Procedure, case: MakeCase) -> None:
    chosen = case("countersign", countersigners=(FIRST, SECOND, DRAFTER), consented=frozenset({FIRST}))
    assert notice.holders(chosen) == (SECOND,)


def test_consent_given_here_does_not_count_at_another_stage(notice: Procedure, case: MakeCase) -> None:
    elsewhere = case("office_review", countersigners=(FIRST,), consented=frozenset({FIRST}))
    assert notice.holders(elsewhere, "countersign") == (FIRST,)


def test_when_all_consented_nobody_holds_it_and_the_stand_in_is_not_asked(
    notice: Procedure, case: MakeCase
) -> None:
    assert notice.holders(case("countersign", countersigners=(FIRST,), consented=frozenset({FIRST}))) == ()


def test_the_clerk_stands_in_for_countersigners_who_all_left(
    notice: Procedure, case: MakeCase, office: Office
) -> None:
    office.gone.add(FIRST)
    assert notice.holders(case("countersign", countersigners=(FIRST,))) == (CLERK,)


def test_an_outsider_is_told_who_may(notice: Procedure, case: MakeCase) -> None:
    offers = {offer.step.action: offer for offer in notice.offers(case("registration", actor=OUTSIDER))}
    assert [str(reason) for reason in offers["void"].reasons] == [
        "This step is for the registrar",
        "This step is for the head of the office",
    ]
    assert all(offer.forbidden and not offer.allowed for offer in offers.values())
