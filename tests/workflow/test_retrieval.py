"""What people type to find what was issued."""

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from docgen.reading import read_content
from tests.conftest import BOTH
from tests.workflow.desk import Desk, at, content, opened
from workflow import clock, retrieval, search
from workflow.installation import read_tx, write_tx

FIRST, SECOND, LETTER = "关于报送年度工作总结的通知", "关于印发《志愿服务要点》的通知", "关于征求意见的函"


def issue_three(desk: Desk) -> None:
    with clock.held_at(at(2024, 4, 7)):
        desk.at("issued", title=FIRST)
        desk.at(
            "issued",
            title=SECOND,
            body='现印发你们。完成率100%，联系 a_b@example.org，路径C:\\new，称“好”与"好"。',
            issued_text={"title": "志愿服务要点", "body": "一、健全体系\n二、丰富项目"},
            attachments=[{"title": "团队名册", "body": "| 名称 | 人数 |\n| --- | --- |\n| 雷锋队 | 12 |"}],
        )
        desk.at("issued", title=LETTER, type="函", body="请反馈意见。 Contact Office 365.", copy_to="")
        desk.at("dispatch", title="关于还没有印发的通知")


@pytest.fixture(scope="module")
def issued(office_template: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("issued")
    shutil.copy(office_template, folder / "office.db")
    with opened(f"sqlite:///{folder / 'office.db'}", folder) as desk:
        issue_three(desk)
    return folder


@pytest.fixture
def lite(issued: Path, tmp_path: Path) -> Iterator[Desk]:
    shutil.copytree(issued, tmp_path, dirs_exist_ok=True)
    with opened(f"sqlite:///{tmp_path / 'office.db'}", tmp_path) as desk:
        yield desk


def found(desk: Desk, q: str, who: str = "countersigner2", **narrowed) -> list[str]:
    with read_tx() as session:
        return [item.title for item in retrieval.retrieve(session, desk.person(who), q, **narrowed).items]


QUERIES = {
    # numbers
    "2024 1": [LETTER, FIRST],
    "2024-1": [LETTER, FIRST],
    "2024/2": [SECOND],
    "[2024]2号": [SECOND],
    "（2024）2": [SECOND],
    "〔2024〕2号": [SECOND],
    "2024年第2号": [SECOND],
    "豫直文明办〔2024〕1号": [FIRST],
    "豫直文明办函〔2024〕1号": [LETTER],
    "豫直文明办 2024 2": [SECOND],
    "文明办2024-2": [SECOND],
    "2023 1": [],
    "2024 9": [],
    "豫直文明委〔2024〕1号": [],
    # words
    "总结": [FIRST],
    "年度总结": [FIRST],
    "通知": [SECOND, FIRST],
    "通知 总结": [FIRST],
    "通知 没有的词": [],
    "志愿": [SECOND],
    "函": [LETTER],
    "愿": [SECOND],
    "雷锋队": [SECOND],
    "团队名册": [SECOND],
    "健全体系": [SECOND],
    "《志愿服务要点》": [SECOND],
    "“志愿”": [SECOND],
    '"志愿"': [SECOND],
    "office": [LETTER],
    "OFFICE 365": [LETTER],
    "省直各单位": [LETTER, SECOND, FIRST],
    "豫直文明办函": [LETTER],
    # what must not be taken for more than it is
    "100%": [SECOND],
    "10%": [],
    "a_b": [SECOND],
    "aXb": [],
    "%": [],
    "_": [],
    '"': [],
    "'": [],
    "\\": [],
    "C:\\new": [SECOND],
    "{": [],
    "title": [],
    "body": [],
    "AND": [],
    "总结 AND 没有": [],
    "NEAR(总结)": [],
    "terms:总结": [],
    "总结*": [],
    "总结' OR 1=1 --": [],
    ") OR (1": [],
    "&": [],
    "总结 | 志愿": [],
    "还没有印发": [],
    "": [LETTER, SECOND, FIRST],
    "   ": [LETTER, SECOND, FIRST],
    "20241": [],
}


@pytest.mark.parametrize("q", QUERIES)
def test_what_is_typed_finds_what_is_meant(lite: Desk, q: str) -> None:
    assert found(lite, q) == QUERIES[q]


@pytest.mark.parametrize("backend", BOTH)
def test_both_databases_find_the_same(request: pytest.FixtureRequest, backend: str, tmp_path: Path) -> None:
    with opened(request.getfixturevalue(f"{backend}_office_url"), tmp_path) as desk:
        issue_three(desk)
        assert {q: found(desk, q) for q in QUERIES} == QUERIES


def test_type_and_year_narrow_and_are_counted_without_themselves(lite: Desk) -> None:
    assert found(lite, "", type_="函") == [LETTER]
    assert found(lite, "", year=2023) == []
    with read_tx() as session:
        results = retrieval.retrieve(session, lite.person("clerk"), "", type_="函", limit=1)
    assert (results.total, results.types, results.years) == (1, {"通知": 2, "函": 1}, {2024: 3})


def test_pages_follow_each_other(lite: Desk) -> None:
    titles, cursor = [], None
    for _ in range(2):
        with read_tx() as session:
            page = retrieval.retrieve(session, lite.person("clerk"), "", limit=2, cursor=cursor)
        titles += [item.title for item in page.items]
        cursor = page.next
    assert (titles, cursor) == ([LETTER, SECOND, FIRST], None)


def test_hits_are_shown_where_they_stand(lite: Desk) -> None:
    with read_tx() as session:
        (item,) = retrieval.retrieve(session, lite.person("clerk"), "名册").items
    assert item.highlights == [[("团队", False), ("名册", True)]]


def test_an_archived_document_stays_found(lite: Desk) -> None:
    with read_tx() as session:
        (item,) = retrieval.retrieve(session, lite.person("archivist"), "总结").items
    lite.take(item.id, "archivist", "archive")
    assert found(lite, "总结") == [FIRST]


@pytest.mark.parametrize(
    ("text", "terms"),
    [
        ("文明办", ["文明", "明办"]),
        ("办", ["办"]),
        ("GB/T 9704-2012", ["gb", "t", "9704", "2012"]),
        ("第3季度", ["第", "3", "季度"]),
        ("、。——", []),
    ],
)
def test_texts_are_indexed_by_pairs_of_characters(text: str, terms: list[str]) -> None:
    assert search.grams(text) == terms


def test_reindexing_leaves_one_entry(lite: Desk) -> None:
    with write_tx() as session:
        for _ in range(2):
            search.index(session, 1, "豫直文明办〔2024〕1号", read_content(content(title=FIRST)))
        assert search.candidates(session, "总结") == [1]
