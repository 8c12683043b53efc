"""A document keeps the procedure it started on."""

import re
from pathlib import Path

import pytest

from states.errors import ProcedureError
from tests.workflow.desk import Desk, content, opened
from workflow import engine, procedures
from workflow.effects import EFFECTS
from workflow.errors import Unusable
from workflow.installation import here

MEMO = """
kind: memo
label: {zh: 便函, en: Memo}
start: draft
stages:
  draft: {label: {zh: 拟稿, en: Draft}, holders: [drafter], edit: free}
  review: {label: {zh: 审核, en: Review}, holders: [post(office_clerk)]}
  done: {label: {zh: 办结, en: Done}, final: true}
steps:
  - {action: submit, label: {zh: 送审, en: Go}, from: [draft], to: review, direction: forward, who: holder}
  - {action: approve, label: {zh: 同意, en: Agree}, from: [review], to: done, direction: forward, who: holder}
  - {action: send_back, label: {zh: 退回, en: Back}, from: [review], to: draft, direction: back, who: holder}
"""
NOTICE = (procedures.OWN / "notice.yaml").read_text(encoding="utf-8")


def changed(folder: Path, text: str) -> Path:
    folder.mkdir()
    (folder / "notice.yaml").write_text(text, encoding="utf-8")
    return folder


def test_a_document_under_way_keeps_its_version_and_a_new_one_takes_the_new(
    sqlite_office_url: str, tmp_path: Path
) -> None:
    with opened(sqlite_office_url, tmp_path) as desk:
        old = desk.at("signing")
    shorter = NOTICE.replace(
        "skip: [same_person_acted_just_before]\n    edit: in_place",
        "skip: [same_person_acted_just_before, not_urgent]\n    edit: in_place",
    )
    assert shorter != NOTICE
    with opened(sqlite_office_url, tmp_path, changed(tmp_path / "own", shorter)) as desk:
        new = desk.at("signing")
        assert ("skip", "office_review", "leader_review") in desk.way(new)
        desk.send_back(old, "signatory", "unit_review", "step")
        assert desk.take(old, "unit_head", "approve") == "office_review"
        assert desk.row(old)["procedure_hash"] != desk.row(new)["procedure_hash"]
        assert [one.kind for one in here().versions.values()].count("notice") == 2
        assert desk.findings() == []


def test_start_refuses_naming_the_documents_when_an_effect_is_gone(
    sqlite_office_url: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with opened(sqlite_office_url, tmp_path) as desk:
        desk.draft(title="关于甲事的通知")
        desk.draft(title="关于乙事的通知")
    monkeypatch.delitem(EFFECTS, "ask_signer")
    monkeypatch.setattr(procedures, "OWN", tmp_path / "own")
    changed(tmp_path / "own", re.sub(r"  - action: ask_signer\n(    .*\n)+", "", NOTICE))
    with (
        pytest.raises(Unusable) as refusal,
        opened(sqlite_office_url, tmp_path),
    ):
        pass
    assert "unknown effect 'ask_signer'" in str(refusal.value)
    assert str(refusal.value).endswith("documents that stand on it: 关于甲事的通知, 关于乙事的通知")


def test_an_office_s_own_file_that_cannot_be_used_is_refused_with_its_line(
    sqlite_office_url: str, tmp_path: Path
) -> None:
    own = changed(tmp_path / "own", NOTICE.replace("to: countersign", "to: nowhere", 1))
    with (
        pytest.raises(ProcedureError, match=r"notice\.yaml:\d+: .*unknown stage 'nowhere'"),
        opened(sqlite_office_url, tmp_path, own),
    ):
        pass


def test_opening_twice_stores_a_version_once(sqlite_office_url: str, tmp_path: Path) -> None:
    with opened(sqlite_office_url, tmp_path) as desk:
        first = desk.fingerprint()
    with opened(sqlite_office_url, tmp_path) as desk:
        assert desk.fingerprint() == first


def test_a_version_without_a_return_or_a_sign_off_runs_to_its_end(
    sqlite_office_url: str, tmp_path: Path
) -> None:
    own = changed(tmp_path / "own", NOTICE)
    (own / "memo.yaml").write_text(MEMO, encoding="utf-8")
    with opened(sqlite_office_url, tmp_path, own) as desk:
        document = engine.draft(desk.id("drafter"), "memo", content()).document
        desk.take(document, "drafter", "submit")
        assert desk.take(document, "clerk", "send_back") == "draft"
        desk.take(document, "drafter", "submit")
        assert desk.take(document, "clerk", "approve") == "done"
        assert desk.findings() == []


def test_the_desk_of_the_tests_is_an_office(desk: Desk) -> None:
    assert set(here().procedures) == {"notice"} | {path.stem for path in procedures.OWN.glob("*.yaml")}
