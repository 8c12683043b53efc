"""Characters that no font has are known before they are printed as boxes."""

from pathlib import Path

import pytest

from docgen import coverage


def test_the_rendering_covers_rare_names_and_tells_what_it_does_not(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("HONGTOU_FONTCONFIG", raising=False)
    assert coverage.missing_characters("喆堃赟祎玥珺昇旻翀皞禤燚镕頔䶮㎡〇") == []
    assert coverage.missing_characters("甲\U000e0fff乙\U0003134a丙\U0003134a") == ["\U0003134a"]


def test_without_fontconfig_nothing_is_reported(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    coverage._covered.cache_clear()
    monkeypatch.setenv("PATH", str(tmp_path))
    assert coverage.missing_characters("\U0003134a") == []
    coverage._covered.cache_clear()
