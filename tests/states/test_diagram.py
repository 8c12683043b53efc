import xml.etree.ElementTree as ElementTree

import pytest

from states.diagram import svg
from states.loader import load_text
from states.procedure import Procedure
from tests.states.small_office import EFFECTS

SVG = "{http://www.w3.org/2000/svg}"


def boxes(root: ElementTree.Element) -> dict[str, ElementTree.Element]:
    return {group.attrib["data-stage"]: group for group in root.iter(f"{SVG}g")}


@pytest.mark.parametrize("language", ["zh", "en"])
def test_the_picture_shows_every_stage_and_step_by_name(notice: Procedure, language: str) -> None:
    root = ElementTree.fromstring(svg(notice, None, language))
    drawn = " ".join(text.text or "" for text in root.iter(f"{SVG}text"))
    assert set(boxes(root)) == set(notice.stages)
    assert all(stage.label[language] in drawn for stage in notice.stages.values())
    assert all(step.label[language] in drawn for step in notice.steps)
    assert not any("aria-current" in group.attrib for group in boxes(root).values())


def test_it_marks_the_present_stage_and_tells_it_to_those_who_cannot_see(notice: Procedure) -> None:
    root = ElementTree.fromstring(svg(notice, "sealing"))
    marked = [name for name, group in boxes(root).items() if group.attrib.get("aria-current") == "step"]
    assert marked == ["sealing"]
    assert root.attrib["role"] == "img"
    title, told = root.find(f"{SVG}title"), root.find(f"{SVG}desc")
    assert title is not None
    assert told is not None
    assert root.attrib["aria-labelledby"] == f"{title.attrib['id']} {told.attrib['id']}"
    assert title.text == "发文 流程图"
    assert (told.text or "").endswith("(当前环节: 用印)")


@pytest.mark.parametrize("language", ["zh", "en"])
@pytest.mark.parametrize("kind", ["notice", "creation"])
def test_no_two_boxes_lie_on_each_other_and_all_lie_on_the_sheet(
    request: pytest.FixtureRequest, kind: str, language: str
) -> None:
    root = ElementTree.fromstring(svg(request.getfixturevalue(kind), language=language))
    rects = [
        tuple(float(rect.attrib[k]) for k in ("x", "y", "width", "height"))
        for rect in root.iter(f"{SVG}rect")
    ]
    wide, high = float(root.attrib["width"]), float(root.attrib["height"])
    for index, (x, y, w, h) in enumerate(rects):
        assert min(x, y, wide - x - w, high - y - h) >= 0
        for a, b, c, d in rects[:index]:
            assert x + w <= a or a + c <= x or y + h <= b or b + d <= y


def test_labels_are_escaped(notice: Procedure) -> None:
    label = '<script>alert(1)</script>&"'
    text = notice.text.replace("zh: 拟稿", f"zh: '{label}'")
    drawn = svg(load_text(text, file="own", effects=EFFECTS), "draft")
    assert "<script>" not in drawn
    assert label in [text.text for text in ElementTree.fromstring(drawn).iter(f"{SVG}text")]


def test_a_stage_aside_lists_its_own_ways_on(notice: Procedure) -> None:
    aside = "  voided:\n    label: {zh: 作废, en: Void}\n    final: true\n"
    text = notice.text.replace(aside, aside.replace("final: true", "holders: [drafter]"))
    text += """
  - action: close
    label: {zh: 了结, en: Close}
    from: [voided]
    to: terminated
    direction: other
    who: holder
"""
    root = ElementTree.fromstring(svg(load_text(text, file="own", effects=EFFECTS)))
    assert "了结 → 终止" in [text.text for text in root.iter(f"{SVG}text")]
