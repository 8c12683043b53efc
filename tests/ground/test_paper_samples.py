"""What make paper shows: each sample is laid out, and there is one of each form."""

import importlib.util
from collections.abc import Callable
from pathlib import Path

import pytest

from docgen.formats.table import FORMS, TABLE
from tests.docgen.schema import wrongs

ROOT = Path(__file__).resolve().parents[2]
_SPEC = importlib.util.spec_from_file_location("paper_samples", ROOT / "scripts" / "paper_samples.py")
assert _SPEC
assert _SPEC.loader
samples = importlib.util.module_from_spec(_SPEC)
_SPEC.loader.exec_module(samples)
SAMPLES: dict[str, Callable[[], bytes]] = samples.SAMPLES


@pytest.mark.parametrize("name", SAMPLES)
def test_a_sample_is_laid_out_the_same_each_time(name: str) -> None:
    made = SAMPLES[name]()
    assert made == SAMPLES[name]()
    assert wrongs(made) == []


def test_there_is_a_sample_of_each_form() -> None:
    types = {type_ for type_ in TABLE if any(name.startswith(type_) for name in SAMPLES)}
    assert {form for type_ in types for form in TABLE[type_].forms} == set(FORMS)
