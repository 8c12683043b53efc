"""Characters that no font has are known before they are printed as boxes."""

from pathlib import Path

import pytest

from docgen import coverage


def test_the_rendering_covers_rare_names_and_tells_what_it_does_not(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("HONGTOU_FONTCONFIG", raising=False)
    assert coverage.missing_characters("喆堃赟祎玥珺昇旻翀皞禤燚镕頔㎡〇") == []
    assert coverage.missing_characters("甲\U000e0fff乙\U0003134a丙\U0003134a") == ["\U0003134a"]


def test_without_fontconfig_nothing_is_reported(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    coverage._covered.cache_clear()
    monkeypatch.setenv("PATH", str(tmp_path))
    assert coverage.missing_characters("\U0003134a") == []
    coverage._covered.cache_clear()


@pytest.mark.parametrize(
    ("listed", "missing"),
    [
        ("AR PL UKai CN\\t4dae 9f98-9f99\\n", ["䶮"]),
        ("AR PL UKai CN\\t4dae 9f98\\nNoto Serif CJK SC\\t4dae\\n", []),
    ],
)
def test_a_font_that_has_only_a_blank_does_not_cover_it(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path, listed: str, missing: list[str]
) -> None:
    coverage._covered.cache_clear()
    program = tmp_path / "fc-list"
    program.write_text(f"#!/bin/sh\nprintf '{listed}'\n")
    program.chmod(0o755)
    monkeypatch.setenv("PATH", str(tmp_path))
    assert coverage.missing_characters("龘䶮") == missing
    coverage._covered.cache_clear()
