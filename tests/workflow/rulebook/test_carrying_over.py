"""A procedure changes under documents: each keeps its own until it is moved, and none is stranded."""

from collections.abc import Callable
from contextlib import AbstractContextManager
from pathlib import Path

import pytest

from tests.workflow.desk import FORWARD, Desk, opened
from workflow import procedures
from workflow.errors import NotAllowed, NotReady
from workflow.installation import here
from workflow.rulebook.carrying_over import candidates, carry_over

NOTICE = (procedures.OWN / "notice.yaml").read_text(encoding="utf-8")
OFFICE_REVIEW = "    label: {zh: 办公室审核, en: Office review}\n"
REVIEWED_BY_THE_DEPUTY = (
    f"{OFFICE_REVIEW}    holders: [post(office_clerk)]",
    f"{OFFICE_REVIEW}    holders: [post(deputy)]",
)
WITHOUT_ASKING = ("  - action: ask_signer\n", "  - action: ask_another\n")
Reopened = Callable[..., AbstractContextManager[Desk]]
STAGES = [
    "draft",
    "unit_review",
    "office_review",
    "signing",
    "checking",
    "registration",
    "printing",
    "dispatch",
]


@pytest.fixture
def reopened(sqlite_office_url: str, tmp_path: Path) -> Reopened:
    """Give a function that opens the office with the usual procedure, changed in places."""

    def reopened(*changes: tuple[str, str]) -> AbstractContextManager[Desk]:
        text = NOTICE
        for old, new in changes:
            assert old in text
            text = text.replace(old, new)
        folder = tmp_path / f"own-{len(changes)}"
        folder.mkdir()
        (folder / "notice.yaml").write_text(text, encoding="utf-8")
        return opened(sqlite_office_url, tmp_path, folder)

    return reopened


@pytest.mark.parametrize("each", [1, pytest.param(5, marks=pytest.mark.long)])
def test_documents_at_eight_stages_all_go_on_after_a_change(reopened: Reopened, each: int) -> None:
    with reopened() as desk:
        documents = {desk.at(stage): stage for stage in STAGES for _ in range(each)}
    with reopened(REVIEWED_BY_THE_DEPUTY) as desk:
        assert {one.id for one in candidates("notice")} == set(documents)
        assert not any(one.reasons for one in candidates("notice"))
        for document in documents:
            carry_over(desk.id("admin"), document)
        assert candidates("notice") == []
        assert {desk.row(document)["procedure_hash"] for document in documents} == {
            here().procedures["notice"].hash
        }
        assert {document: desk.row(document)["state"] for document in documents} == documents
        assert desk.findings() == []
        for stage, document in {stage: document for document, stage in documents.items()}.items():
            desk.bring(document, "issued")
            assert ("carry_over", stage, stage) in desk.way(document)
        assert desk.findings() == []


def test_who_holds_it_is_asked_anew_by_the_new_procedure(reopened: Reopened) -> None:
    with reopened() as desk:
        document = desk.at("office_review")
        assert desk.holders(document) == ["clerk"]
    with reopened(REVIEWED_BY_THE_DEPUTY) as desk:
        assert desk.holders(document) == ["clerk"]
        carry_over(desk.id("admin"), document)
        assert desk.holders(document) == ["deputy"]
        with pytest.raises(NotAllowed):
            desk.take(document, "clerk", FORWARD["office_review"])
        assert desk.take(document, "deputy", FORWARD["office_review"]) == "signing"


def test_one_whose_record_the_new_procedure_could_not_name_stays_and_is_told_why(
    reopened: Reopened,
) -> None:
    with reopened() as desk:
        asked, plain = desk.at("signing"), desk.at("signing")
        desk.take(asked, "signatory", "ask_signer", signer="deputy")
    with reopened(WITHOUT_ASKING) as desk:
        told = {one.id: [reason.message for reason in one.reasons] for one in candidates("notice")}
        assert told == {
            asked: ["Its record has %(act)s at the stage %(stage)s, which the new procedure has not"],
            plain: [],
        }
        with pytest.raises(NotReady):
            carry_over(desk.id("admin"), asked)
        before = desk.row(asked)["procedure_hash"]
        assert before != here().procedures["notice"].hash
        assert desk.take(asked, "deputy", "sign") == "checking"


def test_only_the_administrator_moves_documents(reopened: Reopened) -> None:
    with reopened() as desk:
        document = desk.at("signing")
    with reopened(REVIEWED_BY_THE_DEPUTY) as desk:
        with pytest.raises(NotAllowed):
            carry_over(desk.id("clerk"), document)
        assert desk.row(document)["procedure_hash"] != here().procedures["notice"].hash
