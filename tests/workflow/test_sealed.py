"""What comes back with the seal is bound to its document, and stays bound."""

import pytest
from sqlalchemy import event

from tests.scans import LARGEST, ofd, other_zip, scan
from tests.workflow.desk import Desk, mended
from workflow import answers, describe, downloads, lists, sealed
from workflow.errors import NotAllowed, NotFound, NotReady, Stale
from workflow.installation import here, read_tx

FIRST, SECOND = scan("PDF"), scan("PDF", 200)


def bind(desk: Desk, document: str, data: bytes = FIRST, who: str = "registrar", **how: answers.Once) -> None:
    sealed.bind(desk.id(who), document, desk.row(document)["version"], "盖章.pdf", data, **how)


def files(desk: Desk, document: str) -> dict[str, str]:
    with read_tx() as session:
        return {file["format"]: file["sha256"] for file in describe.files(session, desk.row(document))}


def awaited(desk: Desk, who: str = "registrar") -> list[str]:
    with read_tx() as session:
        return [line["public_id"] for line in lists.unscanned(session, desk.person(who)).items]


def test_a_sealed_scan_is_bound_shown_and_recorded(desk: Desk) -> None:
    document = desk.at("dispatch")
    version = desk.row(document)["version"]
    bind(desk, document)
    row, last = desk.row(document), desk.movements(document)[-1]
    assert (row["state"], row["version"], row["last_action"]) == ("dispatch", version + 1, "seal")
    assert (last.action, last.source, last.dest, last.actor) == (
        "bind_sealed",
        "dispatch",
        "dispatch",
        "registrar",
    )
    assert last.details == {"sealed": files(desk, document)["sealed"], "name": "盖章.pdf"}
    assert desk.take(document, "registrar", "issue") == "issued"
    assert awaited(desk) == []
    with read_tx() as session:
        found = downloads.fetch(session, desk.person("drafter"), document, "sealed")
    assert found is not None
    assert (found.content, found.mimetype) == (FIRST, "application/pdf")
    assert found.name.endswith("通知（用印件）.pdf")
    assert desk.findings() == []


def test_a_later_file_counts_instead_and_both_stay(desk: Desk) -> None:
    document = desk.at("issued")
    assert awaited(desk) == [document]
    bind(desk, document)
    first = files(desk, document)["sealed"]
    bind(desk, document, SECOND, who="clerk")
    second = files(desk, document)["sealed"]
    assert first != second
    with read_tx() as session:
        person = desk.person("drafter")
        for sha256, data in ((first, FIRST), (second, SECOND)):
            assert downloads.fetch_scan(session, person, document, sha256).content == data
        with pytest.raises(NotFound):
            downloads.fetch_scan(session, person, document, desk.row(document)["frozen_sha256"])
    assert (awaited(desk), desk.findings()) == ([], [])


def test_it_is_bound_from_sealing_on_and_at_no_other_stage(desk: Desk) -> None:
    document, shade = desk.draft(), 100
    for stage in ("signing", "printing", "sealing", "issued", "archived"):
        desk.bring(document, stage)
        shade += 1
        if stage in ("signing", "printing"):
            with pytest.raises(NotReady, match="only after the document is printed"):
                bind(desk, document, scan("PDF", shade))
        else:
            bind(desk, document, scan("PDF", shade))
            assert desk.state(document) == stage
    assert desk.findings() == []


KINDS = [
    (b"", "The file is empty"),
    (other_zip(), "none of these: PDF, PNG, JPEG, TIFF, OFD"),
    (b"%PDF-1.4 cut off", "is damaged"),
    (b"%PDF-" + bytes(LARGEST), "larger than 20 MB"),
]


def test_which_files_are_taken_and_from_whom(desk: Desk) -> None:
    document = desk.at("dispatch")
    before = desk.fingerprint()
    for data, why in KINDS:
        with pytest.raises(NotReady, match=why):
            bind(desk, document, data)
    for who in ("drafter", "signatory", "unit_head"):
        with pytest.raises(NotAllowed, match="Only registrars and office clerks"):
            bind(desk, document, who=who)
    assert desk.fingerprint() == before
    for data in (scan("PNG"), scan("JPEG"), scan("TIFF"), ofd()):
        bind(desk, document, data)
    assert desk.findings() == []


def test_what_is_sent_without_a_seal_has_nothing_sealed(desk: Desk) -> None:
    document = desk.at("issued", seal=False)
    with pytest.raises(NotReady, match="issued without a seal"):
        bind(desk, document)
    assert awaited(desk) == []


def test_a_second_click_a_stale_page_and_the_same_file_bind_nothing(desk: Desk) -> None:
    document = desk.at("dispatch")
    once = answers.Once("key-of-a-form-89ab")
    version = desk.row(document)["version"]
    for _ in range(2):
        sealed.bind(desk.id("registrar"), document, version, "盖章.pdf", FIRST, once=once)
    with pytest.raises(Stale):
        sealed.bind(desk.id("registrar"), document, version, "盖章.pdf", SECOND)
    with pytest.raises(NotReady, match="bound already"):
        bind(desk, document)
    assert [one.action for one in desk.movements(document)].count("bind_sealed") == 1


def test_what_came_back_for_a_file_that_is_made_anew_is_awaited_again(desk: Desk) -> None:
    document = desk.at("sealing")
    bind(desk, document)
    desk.send_back(document, "registrar", "signing", "step")
    desk.revise(document, "signatory", mended("12月20日", "12月25日"))
    desk.bring(document, "issued")
    assert (files(desk, document).keys(), awaited(desk)) == ({"docx"}, [document])
    assert desk.findings() == []


def test_verify_finds_a_sealed_file_without_its_movement_and_the_reverse(desk: Desk) -> None:
    document = desk.at("dispatch")
    bind(desk, document)
    sha256, seq = files(desk, document)["sealed"], desk.row(document)["movements"]
    desk.execute(
        "UPDATE document_files SET made_from = made_from, sha256 = made_from WHERE format = 'sealed'"
    )
    frozen = desk.row(document)["frozen_sha256"]
    assert desk.findings() == [
        f"document {document}: the sealed file of movement {seq} is not among its files",
        f"document {document}: no movement brought the sealed file {frozen}",
    ]
    desk.execute("UPDATE document_files SET sha256 = :s WHERE format = 'sealed'", s=sha256)
    assert desk.findings() == []


def test_what_lacks_its_sealed_file_is_found_without_looking_at_all_that_was_issued(desk: Desk) -> None:
    asked: list[str] = []
    event.listen(here().database.engine, "before_cursor_execute", lambda *call: asked.append(call[2]))
    assert awaited(desk) == []
    (statement,) = (one for one in asked if "scanned_of" in one)
    with read_tx() as session:
        plan = session.connection().exec_driver_sql(
            f"EXPLAIN QUERY PLAN {statement}", ("",) * statement.count("?")
        )
        assert any("ix_documents_unscanned" in row.detail for row in plan)
