"""Who may sign which 文种, from the rows of an agency to the desks of its leaders."""

import pytest

from states.errors import NotAllowed, NotReady
from tests.workflow.desk import Desk
from workflow.directory import OfficeDirectory
from workflow.errors import ContentError
from workflow.installation import read_tx
from workflow.office.signing_rights import rights_of, set_signing_rights, signing_posts

RIGHTS = {"": ["deputy"], "决定": ["principal"], "函": ["deputy", "office_clerk"]}


@pytest.fixture
def ruled(desk: Desk) -> Desk:
    set_signing_rights(desk.id("admin"), "wmb", RIGHTS)
    return desk


def signers(desk: Desk, type_: str, agency: int = 1) -> list[str]:
    names = {desk.id(who): who for who in ("signatory", "deputy", "clerk", "drafter")}
    with read_tx() as session:
        return [names[person] for person in OfficeDirectory(session).signers(agency, type_)]


def test_rights_are_kept_by_type_in_the_order_of_their_posts(desk_on_both: Desk) -> None:
    desk = desk_on_both
    set_signing_rights(desk.id("admin"), "wmb", {**RIGHTS, "通报": []})
    with read_tx() as session:
        assert rights_of(session, 1) == RIGHTS
        assert rights_of(session, 2) == {}
    assert [signers(desk, type_) for type_ in ("决定", "函", "通知")] == [
        ["signatory"],
        ["deputy", "clerk"],
        ["deputy"],
    ]
    assert signers(desk, "通知", agency=2) == []
    desk.close_account("deputy")
    assert [signers(desk, type_) for type_ in ("函", "通知")] == [["clerk"], []]
    set_signing_rights(desk.id("admin"), "wmb", {})
    assert signers(desk, "决定") == []


def test_the_stand_in_signs_for_a_vacant_post_that_may(ruled: Desk) -> None:
    ruled.execute("UPDATE posts SET stand_in_id = :who WHERE code = 'principal'", who=ruled.id("clerk"))
    assert signers(ruled, "决定") == ["signatory"]
    ruled.close_account("signatory")
    assert signers(ruled, "决定") == ["clerk"]
    assert ruled.holders(ruled.at("signing", type="决定")) == ["clerk"]
    assert "Nobody is in the post %(post)s" in ruled.told("admin")


@pytest.mark.parametrize(
    ("type_", "held_by", "signed_as"),
    [
        ("决定", ["signatory"], "主任"),
        ("函", ["deputy", "clerk"], "分管领导"),
        ("通报", ["deputy"], "分管领导"),
    ],
)
def test_a_document_goes_to_those_who_may_sign_its_type(
    ruled: Desk, type_: str, held_by: list[str], signed_as: str
) -> None:
    document = ruled.at("signing", type=type_)
    assert ruled.holders(document) == held_by
    ruled.take(document, held_by[0], "sign")
    assert ruled.movements(document)[-1].post == signed_as


def test_without_rights_the_head_signs_and_then_the_deputy(desk: Desk) -> None:
    assert desk.holders(desk.at("signing", type="决定")) == ["signatory"]
    own = desk.bring(desk.draft("signatory"), "signing")
    assert desk.holders(own) == ["deputy"]
    assert desk.offers(own, "deputy")["ask_signer"] is False
    with pytest.raises(NotReady, match="There is nobody else who may sign this document"):
        desk.take(own, "deputy", "ask_signer", signer="signatory")


def test_the_one_who_drafted_never_signs_and_then_the_leaders_do(ruled: Desk) -> None:
    assert ruled.holders(ruled.bring(ruled.draft("signatory", type="决定"), "signing")) == ["deputy"]


def test_another_agency_of_the_office_has_rights_of_its_own(ruled: Desk) -> None:
    assert ruled.holders(ruled.at("signing", agency="省直文明委")) == ["signatory"]


def test_only_those_who_may_sign_can_be_asked_to(ruled: Desk) -> None:
    decision, letter = ruled.at("signing", type="决定"), ruled.at("signing", type="函")
    assert ruled.offers(decision, "signatory")["ask_signer"] is False
    with pytest.raises(NotReady, match="请谁签发"):
        ruled.take(letter, "deputy", "ask_signer", signer="signatory")
    ruled.take(letter, "deputy", "ask_signer", signer="clerk")
    assert ruled.take(letter, "clerk", "sign") == "checking"


def test_rights_name_types_and_posts_that_there_are(desk: Desk) -> None:
    before = desk.fingerprint()
    with pytest.raises(ContentError) as refusal:
        set_signing_rights(desk.id("admin"), "wmb", {"令状": ["principal"], "函": ["registrar", "driver"]})
    assert [str(problem) for problem in refusal.value.problems] == [
        "type: 令状 is not one of the 15 types of document.",
        "posts: The post registrar cannot be let sign.",
        "posts: The post driver cannot be let sign.",
    ]
    with pytest.raises(NotAllowed):
        set_signing_rights(desk.id("signatory"), "wmb", {})
    assert desk.fingerprint() == before
    assert list(signing_posts())[:2] == ["principal", "deputy"]
