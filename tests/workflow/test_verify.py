"""Whatever is changed behind the office's back is found, and a clean office has no finding."""

import json
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlalchemy import text
from sqlalchemy.exc import IntegrityError

from tests.workflow.desk import BOTH, Desk, content, opened
from workflow import archive
from workflow.installation import here, write_tx
from workflow.movements import hash_of, link

CUT = "the chain's head is not its last movement: movements at the end are missing"
UNGUARD = {
    "sqlite": ("DROP TRIGGER movements_no_update", "DROP TRIGGER movements_no_delete"),
    "postgresql": ("ALTER TABLE movements DISABLE TRIGGER ALL",),
}


def work(desk: Desk) -> None:
    """Issue two documents, void one, begin one; put the guards of the record out of action."""
    desk.at("issued", BOTH)
    desk.take(desk.at("printing"), "registrar", "void", comment="有误")
    desk.at("issued", title="关于第二件事的通知")
    desk.draft()
    for statement in UNGUARD[here().database.engine.dialect.name]:
        desk.execute(statement)


@pytest.fixture(scope="module")
def worked(office_template: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("worked")
    shutil.copy(office_template, folder / "office.db")
    with opened(f"sqlite:///{folder / 'office.db'}", folder) as desk:
        work(desk)
    return folder


@pytest.fixture
def tampered(worked: Path, tmp_path: Path) -> Iterator[Desk]:
    """Give an office that has worked, unguarded."""
    shutil.copytree(worked, tmp_path, dirs_exist_ok=True)
    with opened(f"sqlite:///{tmp_path / 'office.db'}", tmp_path) as desk:
        yield desk


def rewritten(desk: Desk, position: int, **changes: object) -> tuple[str, str]:
    """Return a movement's text with changes, and its hash."""
    with write_tx() as session:
        found = session.execute(
            text("SELECT canonical FROM movements WHERE position = :p"), {"p": position}
        ).scalar_one()
    changed = json.dumps(
        json.loads(found) | changes, ensure_ascii=False, sort_keys=True, separators=(",", ":")
    )
    return changed, hash_of(changed)


def last_position(desk: Desk) -> int:
    with write_tx() as session:
        return session.execute(text("SELECT max(position) FROM movements")).scalar_one()


def test_a_clean_office_has_no_finding_and_a_changed_one_has_on_both_databases(desk_on_both: Desk) -> None:
    work(desk_on_both)
    assert desk_on_both.findings() == []
    changed, _ = rewritten(desk_on_both, 3, comment="不同意")
    desk_on_both.execute("UPDATE movements SET canonical = :c WHERE position = 3", c=changed)
    assert desk_on_both.findings()[0] == "movement 3: its text is not what was recorded"


def test_an_edited_movement_is_found(tampered: Desk) -> None:
    changed, _ = rewritten(tampered, 3, comment="不同意")
    tampered.execute("UPDATE movements SET canonical = :c WHERE position = 3", c=changed)
    assert "movement 3: its text is not what was recorded" in tampered.findings()


ANOTHER = "(SELECT {} FROM {} WHERE {} = 3)"
FILE, NUMBER = (ANOTHER.format(column, "documents", "id") for column in ("frozen_sha256", "number"))
OF_ANOTHER = {
    "its file is not the one that was sent to print": [
        f"UPDATE documents SET frozen_sha256 = {FILE} WHERE id = 1"
    ],
    "its text is not the one that its last movement was taken on": [
        f"UPDATE {rows} SET {column} = {ANOTHER.format(column, rows, key)} WHERE {key} = 1"
        for rows, column, key in (
            ("revisions", "content", "document_id"),
            ("revisions", "content_sha256", "document_id"),
            ("documents", "content_sha256", "id"),
        )
    ],
}


@pytest.mark.parametrize("told", OF_ANOTHER)
def test_complaint_the_text_or_the_file_of_another_document_is_found(tampered: Desk, told: str) -> None:
    for statement in OF_ANOTHER[told]:
        tampered.execute(statement)
    assert [line for line in tampered.findings() if line.endswith(told)]


def test_complaint_no_two_documents_have_one_number(tampered: Desk) -> None:
    with pytest.raises(IntegrityError):
        tampered.execute(f"UPDATE documents SET number = {NUMBER} WHERE id = 1")


@pytest.mark.parametrize("nonsense", ["{", "[]", '{"seq":3}', ""])
def test_a_movement_that_cannot_be_read_is_found(tampered: Desk, nonsense: str) -> None:
    tampered.execute("UPDATE movements SET canonical = :c WHERE position = 3", c=nonsense)
    assert "movement 3: its text cannot be read" in tampered.findings()


def test_an_edited_and_rehashed_movement_is_found(tampered: Desk) -> None:
    changed, record_hash = rewritten(tampered, 3, comment="不同意")
    tampered.execute(
        "UPDATE movements SET canonical = :c, hash = :h WHERE position = 3", c=changed, h=record_hash
    )
    found = tampered.findings()
    assert "movement 3: the chain is broken before it" in found
    assert "movement 4: it does not follow on its document's movement before" in found


def test_a_last_movement_rehashed_with_its_chain_and_head_is_found(tampered: Desk) -> None:
    position = last_position(tampered)
    changed, record_hash = rewritten(tampered, position, comment="改")
    with write_tx() as session:
        before = session.execute(
            text("SELECT chain_hash FROM movements WHERE position = :p"), {"p": position - 1}
        ).scalar_one()
    values = {"c": changed, "h": record_hash, "l": link(before, record_hash), "p": position}
    tampered.execute(
        "UPDATE movements SET canonical = :c, hash = :h, chain_hash = :l WHERE position = :p", **values
    )
    assert (
        "the chain's head is not its last movement: movements at the end are missing" in tampered.findings()
    )
    tampered.execute("UPDATE chain_head SET chain_hash = :l", l=values["l"])
    assert [line.partition(": ")[2] for line in tampered.findings()] == [
        "its last movement is not the last that it had"
    ]


def test_an_edited_column_is_found(tampered: Desk) -> None:
    tampered.execute("UPDATE movements SET action = 'sign' WHERE position = 3")
    assert tampered.findings() == ["movement 3: its columns are not what was recorded"]


def test_a_deleted_movement_is_found(tampered: Desk) -> None:
    tampered.execute("DELETE FROM movements WHERE position = 5")
    found = tampered.findings()
    assert "movement 6: movements 5 to 5 are missing" in found
    assert "movement 6: the chain is broken before it" in found


def test_swapped_movements_are_found(tampered: Desk) -> None:
    for one, other in ((3, -1), (4, 3), (-1, 4)):
        tampered.execute("UPDATE movements SET position = :o WHERE position = :i", o=other, i=one)
    found = tampered.findings()
    assert {"movement 3: the chain is broken before it", "movement 4: the chain is broken before it"} <= set(
        found
    )


def test_a_cut_off_end_is_found(tampered: Desk) -> None:
    tampered.execute("DELETE FROM movements WHERE position = :p", p=last_position(tampered))
    assert CUT in tampered.findings()


TAMPERING = {
    "its state": (
        "UPDATE documents SET state = 'archived' WHERE id = 1",
        "it is at archived, its movements lead to issued",
    ),
    "what was signed": (
        f"UPDATE documents SET signed_sha256 = '{'a' * 64}' WHERE id = 1",
        "what it calls signed is not what was signed",
    ),
    "its drafter": (
        "UPDATE documents SET drafter_id = (SELECT id FROM users WHERE username = 'clerk') WHERE id = 1",
        "its drafter is clerk, its movements say drafter",
    ),
    "its number": (
        "UPDATE documents SET number = '豫直文明办〔2024〕9号' WHERE id = 1",
        "its number is 豫直文明办〔2024〕9号, its movements say",
    ),
    "its title in lists": (
        "UPDATE documents SET title = '关于别的事的通知' WHERE id = 1",
        "lists show of it what its text does not say",
    ),
    "its text": (
        "UPDATE revisions SET content = replace(content, '12月20日', '12月30日') WHERE document_id = 1",
        "the text of revision 1 is not what was stored",
    ),
    "a revision too many": (
        "INSERT INTO revisions (document_id, n, content, content_sha256, author_id, at, stage, kind, reason) "
        "SELECT document_id, 2, content, content_sha256, author_id, at, stage, kind, reason "
        "FROM revisions WHERE document_id = 1",
        "revisions of its text are missing or too many",
    ),
    "its file": (
        "UPDATE documents SET frozen_sha256 = (SELECT max(sha256) FROM files WHERE sha256 <> frozen_sha256) "
        "WHERE id = 1",
        "its file is not the one that was sent to print",
    ),
}


@pytest.mark.parametrize("what", TAMPERING)
def test_a_changed_document_is_found(tampered: Desk, what: str) -> None:
    statement, finding = TAMPERING[what]
    tampered.execute(statement)
    assert any(finding in line for line in tampered.findings())


def test_a_text_rehashed_everywhere_but_in_its_movements_is_found(tampered: Desk) -> None:
    with write_tx() as session:
        old = session.execute(text("SELECT content FROM revisions WHERE document_id = 1")).scalar_one()
    new = old.replace("12月20日", "12月30日")
    for statement in (
        "UPDATE revisions SET content = :c, content_sha256 = :h WHERE document_id = 1",
        "UPDATE documents SET content_sha256 = :h, signed_sha256 = :h, vouched_sha256 = :h WHERE id = 1",
    ):
        tampered.execute(statement, h=hash_of(new), **({"c": new} if ":c" in statement else {}))
    assert any("is missing" in line for line in tampered.findings())


REGISTER = {
    "a number taken out": (
        "DELETE FROM register WHERE serial = 2",
        "nothing explains the numbers 2",
    ),
    "the last number taken out": (
        "DELETE FROM register WHERE serial = 3",
        "it is not in the register",
    ),
    "a used number made void": (
        "UPDATE register SET state = 'void', reason = '有误' WHERE serial = 1",
        "it is void, its document is at issued",
    ),
    "a number of another document": (
        "UPDATE register SET number = '豫直文明办〔2024〕7号' WHERE serial = 1",
        "its document has the number",
    ),
}


@pytest.mark.parametrize("what", REGISTER)
def test_a_changed_register_is_found(tampered: Desk, what: str) -> None:
    statement, finding = REGISTER[what]
    tampered.execute(statement)
    assert any(finding in line for line in tampered.findings())


def test_a_missing_a_changed_and_an_unknown_file_are_found(tampered: Desk) -> None:
    with write_tx() as session:
        one, other = session.execute(text("SELECT sha256 FROM files ORDER BY at, sha256")).scalars().all()
    archive.path_of(one).unlink()
    path = archive.path_of(other)
    path.chmod(0o640)
    path.write_bytes(path.read_bytes()[:-1])
    unknown = archive.path_of("ab" * 32)
    unknown.parent.mkdir(exist_ok=True)
    unknown.write_bytes(b"left behind")
    assert tampered.findings() == [
        f"file {one} cannot be read",
        f"file {other} is not what was stored",
        f"file {'ab' * 32}: no record names it (left by a step that did not finish; harmless)",
    ]


def test_an_edited_draft_is_no_finding(desk: Desk) -> None:
    document = desk.draft()
    desk.revise(document, "drafter", content(note="此件公开发布"))
    assert desk.findings() == []
