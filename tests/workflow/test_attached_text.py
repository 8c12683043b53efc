"""An issued document is found by what stands in the files attached to it, once the worker has read them."""

from typing import Any

from tests.files import docx_file, png_file, xlsx_file
from tests.workflow.desk import Desk
from workflow import attached_text, jobs, uploads
from workflow.installation import read_tx
from workflow.retrieval import retrieve


def issued(desk: Desk, **files: bytes) -> str:
    kept = [uploads.keep(desk.id("drafter"), name.replace("_", "."), data) for name, data in files.items()]
    parts = [{"title": f"附表{number}", "file": vars(file)} for number, file in enumerate(kept, 1)]
    return desk.at("issued", attachments=parts)


def found(desk: Desk, words: str) -> list[tuple[str, Any]]:
    with read_tx() as session:
        return [
            (one.id, list(one.highlights)) for one in retrieve(session, desk.person("clerk"), words).items
        ]


def asked(document: str) -> bool:
    with read_tx() as session:
        return jobs.state_of(session, attached_text.READ_ATTACHED, document) is not None


def read(document: str) -> None:
    assert asked(document)
    attached_text.HANDLERS[attached_text.READ_ATTACHED](document, {})


def test_words_of_attached_files_find_the_document_and_are_shown(desk: Desk) -> None:
    document = issued(
        desk,
        方案_docx=docx_file("银杏树下的读书会"),
        名册_xlsx=xlsx_file(("单位", "人数"), ("梧桐馆", 12)),
        照片_png=png_file(),
    )
    assert found(desk, "银杏") == found(desk, "梧桐馆") == []
    read(document)
    for words in ("银杏", "梧桐馆", "银杏 梧桐馆", "年度 梧桐"):
        ((one, shown),) = found(desk, words)
        assert one == document
        assert words.split()[-1] in str(shown)
    assert [one for one, _ in found(desk, "年度工作总结")] == [document]
    assert found(desk, "银杏馆") == []


def test_reading_twice_changes_nothing_and_pictures_alone_have_no_text(desk: Desk) -> None:
    document = issued(desk, 方案_docx=docx_file("银杏"))
    read(document)
    read(document)
    assert [one for one, _ in found(desk, "银杏")] == [document]
    picture = issued(desk, 照片_png=png_file())
    read(picture)
    assert sorted(one for one, _ in found(desk, "年度")) == sorted([document, picture])


def test_a_document_without_attached_files_asks_for_no_work(desk: Desk) -> None:
    assert not asked(desk.at("issued"))
