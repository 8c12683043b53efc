"""The 审定表 lies on A4, its tables keep within the type area, and their head stands on every page."""

import pytest

from docgen.deliberation_sheet import (
    HEADINGS,
    DeliberationSheet,
    Group,
    SheetRow,
    render_deliberation_sheet,
)
from tests.docgen.batch import pages_of

ROWS = tuple(
    SheetRow(
        (
            str(n),
            f"省示范单位第{n}管理中心",
            "省直示范工作委员会",
            "88.75",
            "材料 90.5\n实地 85.25\n测评 91",
            "省信用办：有处罚记录。",
            "无",
            "名额内",
        )
    )
    for n in range(1, 31)
)
SHEET = DeliberationSheet(
    "示范评选审定表", ("2026-11-20　主任会议",), (Group("文明单位", ROWS), Group("文明校园", ROWS[:1]))
)


def test_equal_sheets_have_equal_bytes() -> None:
    assert render_deliberation_sheet(SHEET) == render_deliberation_sheet(SHEET)


@pytest.mark.long
@pytest.mark.paper
def test_it_lies_and_its_head_stands_on_every_page_of_its_table() -> None:
    (pages,) = pages_of([render_deliberation_sheet(SHEET)])
    head = "".join(HEADINGS)
    assert [page for page in pages if head not in "".join(line.text for line in page.lines)] == []
    inked = [line for page in pages for line in page.lines if len(line.text) > 3]
    assert min(line.left for line in inked) >= 34.9
    assert 250 < max(line.right for line in inked) <= 297 - 36.9 + 0.5
    assert max(line.baseline for line in inked) < 210
    shown = "".join(line.text for page in pages for line in page.lines)
    assert all(f"第{n}管理中心" in shown for n in range(1, 31))
