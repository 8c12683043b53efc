"""Files that go with a document: who may send them, who may refer to them, that they stay."""

from typing import Any

import pytest

from docgen.sheet import FileRef
from tests.files import docx_file, pdf_file, png_file, xlsx_file
from tests.workflow.desk import Desk, content
from workflow import archive, attached, describe, engine, jobs, papers, referred, uploads
from workflow.comparison import compare
from workflow.errors import ContentError, NotAllowed, NotFound, NotReady
from workflow.installation import read_tx
from workflow.proposals import distribution

XLSX, PDF = xlsx_file(), pdf_file()


def sent(desk: Desk, name: str = "报名表.xlsx", data: bytes = XLSX, who: str = "drafter") -> dict[str, Any]:
    file = uploads.keep(desk.id(who), name, data)
    return {"sha256": file.sha256, "name": file.name, "size": file.size}


def with_file(file: dict[str, Any], **more: Any) -> dict[str, Any]:
    return {"attachments": [{"title": "报名表", "file": file}], **more}


def names_refused(refusal: pytest.ExceptionInfo[ContentError]) -> list[str]:
    return [problem.where for problem in refusal.value.problems]


NAMES = (
    ("报名表.xlsx", XLSX, "报名表.xlsx"),
    ("../../etc/passwd", PDF, "passwd.pdf"),
    ("C:\\文件\\来文.PDF", PDF, "来文.PDF"),
    ("来文.pdf.exe", PDF, "来文.pdf.exe.pdf"),
    ("图.jpeg", png_file(), "图.jpeg.png"),
    ("甲\x00\r\n乙\u202efdp.pdf", PDF, "甲 乙 fdp.pdf"),
    ('a<b>:"|?*.pdf', PDF, "a b.pdf"),
    ("", PDF, "文件.pdf"),
    ("...", PDF, "文件.pdf"),
    ("长" * 300 + ".pdf", PDF, "长" * 116 + ".pdf"),
    ("好" + "\u0301" * 9 + ".pdf", PDF, "文件.pdf"),
)


def test_a_name_is_cleaned_and_ends_as_its_bytes_say(desk: Desk) -> None:
    kept = [sent(desk, given, data) for given, data, _ in NAMES]
    assert [one["name"] for one in kept] == [name for _, _, name in NAMES]
    desk.draft(references=kept)


def test_the_bytes_are_kept_and_what_is_refused_is_not(desk: Desk) -> None:
    file = sent(desk)
    assert archive.read(file["sha256"]) == XLSX
    before = desk.fingerprint()
    assert sent(desk) == file
    with pytest.raises(ContentError):
        sent(desk, "病毒.xlsx", b"MZ" + bytes(100))
    assert desk.fingerprint() == before


def test_only_people_of_the_office_and_units_that_apply_send_files_in(desk: Desk) -> None:
    assert sent(desk, who="unit1")
    for who in ("expert1", "admin", "auditor"):
        with pytest.raises(NotAllowed):
            sent(desk, who=who)


def test_a_text_refers_to_what_its_author_sent(desk_on_both: Desk) -> None:
    desk = desk_on_both
    document = desk.draft(**with_file(sent(desk), references=[sent(desk, "来文.pdf", PDF)]))
    assert desk.bring(document, "issued", countersigners=[])
    with read_tx() as session:
        drafter = desk.person("drafter")
        got = attached.fetch(session, drafter, document, "attachments", 1)
        assert (got.content, got.name, got.inline) == (XLSX, "报名表.xlsx", False)
        assert attached.fetch(session, drafter, document, "references", 1).inline
    assert desk.findings() == []


def test_nobody_gets_at_anothers_file_by_its_hash(desk: Desk) -> None:
    others = sent(desk, who="clerk")
    before = desk.fingerprint()
    for mine in ({"references": [others]}, with_file(others)):
        with pytest.raises(ContentError):
            desk.draft(**mine)
    assert desk.fingerprint() == before
    frozen = desk.row(desk.at("sealing"))["frozen_sha256"]
    with pytest.raises(ContentError) as refusal:
        desk.draft(references=[others, {"sha256": frozen, "name": "甲.docx", "size": 9}])
    assert names_refused(refusal) == ["references[0]", "references[1]"]


def test_name_size_and_hash_belong_together(desk: Desk) -> None:
    for change in ({"name": "别名.xlsx"}, {"size": 1}, {"sha256": "0" * 64}):
        with pytest.raises(ContentError) as refusal:
            desk.draft(**with_file(sent(desk) | change))
        assert names_refused(refusal) == ["attachments[0].file"]


def test_who_mends_a_text_keeps_its_files_and_brings_earlier_ones_back(desk: Desk) -> None:
    file, late = sent(desk), sent(desk, "来文.pdf", PDF, who="unit_head")
    document = desk.bring(desk.draft(**with_file(file)), "unit_review", countersigners=[])
    desk.revise(document, "unit_head", content(references=[late]))
    desk.revise(document, "unit_head", content(**with_file(file, references=[late])))
    desk.bring(document, "office_review")
    desk.revise(document, "clerk", content(**with_file(file)))
    with pytest.raises(ContentError):
        desk.revise(document, "clerk", content(**with_file(sent(desk, "新.xlsx"))))


def test_a_base_lends_its_files_to_who_may_see_it(desk: Desk) -> None:
    base = desk.draft(**with_file(sent(desk)))
    copied = content(**with_file(sent(desk)))
    with pytest.raises(ContentError):
        engine.draft(desk.id("clerk"), "notice", copied, base=base)
    desk.bring(base, "unit_review", countersigners=[])
    document = engine.draft(desk.id("clerk"), "notice", copied, base=base).document
    assert desk.row(document)["revision"] == 1
    with pytest.raises(ContentError):
        engine.draft(desk.id("clerk"), "notice", copied)


def test_a_file_is_for_those_who_see_the_document_and_each_text_has_its_own(desk: Desk) -> None:
    document = desk.draft(references=[sent(desk)])
    desk.revise(document, "drafter", content(references=[sent(desk, "来文.pdf", PDF)]))
    drafter, stranger = desk.person("drafter"), desk.person("countersigner1")
    with read_tx() as session:
        assert attached.fetch(session, drafter, document, "references", 1).content == PDF
        assert attached.fetch(session, drafter, document, "references", 1, 1).content == XLSX
        for who, group, number, revision in (
            (stranger, "references", 1, None),
            (stranger, "references", 1, 1),
            (drafter, "references", 2, None),
            (drafter, "references", 0, None),
            (drafter, "attachments", 1, None),
            (drafter, "references", 1, 3),
            (drafter, "references", 1, 0),
        ):
            with pytest.raises(NotFound):
                attached.fetch(session, who, document, group, number, revision)


def test_a_missing_or_altered_file_is_found(desk: Desk) -> None:
    document = desk.draft(**with_file(sent(desk)))
    desk.execute("DELETE FROM uploads")
    assert desk.findings() == []
    desk.execute("UPDATE files SET size = size + 1")
    found = desk.findings()
    assert any(document in line and "revision 1 is not kept" in line for line in found)


def test_after_sign_off_files_and_disclosure_are_substance_and_the_rest_is_recorded(desk: Desk) -> None:
    file, other = sent(desk), sent(desk, data=xlsx_file(("另", "表")), who="clerk")
    public = {"disclosure": {"kind": "主动公开"}}
    document = desk.bring(desk.draft(**with_file(file, **public)), "checking", countersigners=[])
    for changed, reason in (
        (with_file(other, **public), "A file among the attachments was changed."),
        (with_file(file, disclosure={"kind": "不予公开", "reason": "甲"}), "The disclosure was changed."),
        (public, "The list of attachments was changed."),
    ):
        with pytest.raises(NotReady) as refusal:
            desk.revise(document, "clerk", content(**changed), change="wording", reason="改")
        assert reason in map(str, refusal.value.reasons)
    beside = {"basis": "依据", "contact": "综合处", "copies": 9, "references": [sent(desk, who="clerk")]}
    kept = content(**with_file(file, **public, **beside))
    with pytest.raises(NotReady):
        desk.revise(document, "clerk", kept, change="layout")
    assert desk.revise(document, "clerk", kept, change="wording", reason="补依据") == "checking"
    assert desk.told("signatory") == ["A correction was made after you signed: %(reason)s"]


def test_what_the_drafter_says_of_copies_is_proposed_at_registration(desk: Desk) -> None:
    said = {"distribution": "省直各单位、各高等院校", "copies": 75}
    for given, proposed in (
        (said, ("省直各单位、各高等院校", 75)),
        ({"copies": 12}, ("省直各单位、省委宣传部", 12)),
        ({"distribution": "甲、乙、丙"}, ("甲、乙、丙", 3)),
    ):
        row = desk.row(desk.draft(**given))
        with read_tx() as session:
            assert distribution(session, row) == proposed
    document = desk.bring(desk.draft(**said), "printing", countersigners=[])
    assert (desk.row(document)["copies"], desk.row(document)["distribution"]) == (75, said["distribution"])


def test_changes_of_what_goes_with_the_paper_are_shown(desk: Desk) -> None:
    file, twin = sent(desk), sent(desk, data=xlsx_file(("单位", "人数"), ("第二处", 3)))
    before = with_file(file, disclosure={"kind": "不予公开", "reason": "甲"})
    after = with_file(twin | {"size": file["size"]}, basis="新", references=[file], copies=3)
    assert [change.field for change in compare(content(**before), content(**after))] == [
        "attachments[0].file", "disclosure", "basis", "references", "copies",
    ]  # fmt: skip


def test_a_workbook_is_shown_as_it_lies(desk: Desk) -> None:
    data = xlsx_file(("附件1",), ("单位", "人数"), ("第一处", 3), ("合计", "=SUM(B3:B3)"))
    file = sent(desk, data=data)
    (grid,) = attached.grids(attached.Attached("references", 1, "", FileRef(**file)))
    assert grid.rows == (("附件1", ""), ("单位", "人数"), ("第一处", "3"), ("合计", "=SUM(B3:B3)"))
    assert not grid.cut
    long = sent(desk, data=xlsx_file(*([("甲",) * 31] * 201)))
    (grid,) = attached.grids(attached.Attached("references", 1, "", FileRef(**long)))
    assert (len(grid.rows), len(grid.rows[0]), grid.cut) == (200, 30, True)


def test_a_pdf_is_shown_without_libreoffice_and_a_damaged_one_is_told(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("docgen.pdf.converter", lambda: None)
    file = sent(desk, "来文.pdf", pdf_file(2))
    assert papers.ask_for_pictures_of_file(file["sha256"], "pdf").pages == 0
    assert jobs.work_one(papers.HANDLERS)
    made = papers.ask_for_pictures_of_file(file["sha256"], "pdf")
    assert (made.pages, papers.picture(made.key, 2)[:4]) == (2, b"\x89PNG")


@pytest.mark.long
@pytest.mark.paper
def test_a_document_of_others_is_shown_by_a_copy_that_takes_nothing_in(desk: Desk) -> None:
    file = sent(desk, "方案.docx", docx_file(external={"attachedTemplate": "file:///C:/a.dotm"}))
    papers.ask_for_pictures_of_file(file["sha256"], "docx")
    assert jobs.work_one(papers.HANDLERS)
    assert papers.ask_for_pictures_of_file(file["sha256"], "docx").pages == 1


def test_a_text_without_files_asks_the_database_nothing(desk: Desk) -> None:
    document = desk.draft()
    with read_tx() as session:
        plain = describe.describe(session, desk.person("drafter"), document).content
    assert plain.files == ()
    referred.refuse_strangers(None, desk.person("drafter"), plain)  # type: ignore[arg-type]
    # Without a session any question to the database would have failed.
