"""Walk at random, mostly by what is allowed: the office stays sound wherever that leads."""

import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.web import oracle
from tests.web.api import texts
from tests.web.api.caller import Everybody, InProcess
from tests.web.conftest import open_app, settings_in
from workflow import verify
from workflow.installation import here

pytestmark = pytest.mark.no_cover  # many tries of what other tests cover; tracing doubles their time

STEPS = 30
CONTENTS = (texts.PLAIN, texts.URGENT, texts.UNSEALED, texts.BY_THE_COMMITTEE, texts.ISSUING)
WANDERERS = (*oracle.OFFICE, "expert1")


@pytest.fixture(scope="module")
def people(loaded_office: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Everybody]:
    data = tmp_path_factory.mktemp("roaming") / "office"
    shutil.copytree(loaded_office, data)
    yield Everybody(InProcess(open_app(settings_in(data))))
    here().database.dispose()


def filled_in(data: st.DataObject, schema: dict[str, Any]) -> dict[str, Any]:
    """Fill in what a step asks for, sometimes leaving its proposals to count."""
    given: dict[str, Any] = {"comment": "理由如下。"}
    for name, field in schema["properties"].items():
        if field.get("enum") and (name in schema["required"] or data.draw(st.booleans())):
            given[name] = data.draw(st.sampled_from(field["enum"]))
        elif name == "countersigners":
            given[name] = data.draw(st.sampled_from([[], ["countersigner1"], ["countersigner1", "deputy"]]))
        elif name in schema["required"]:
            given[name] = "第一段“通知”改为“通告”"
    return given


@settings(max_examples=8, deadline=None, database=None, suppress_health_check=list(HealthCheck))
@given(data=st.data())
@pytest.mark.long
def test_whatever_is_done_in_whatever_order_the_office_stays_sound(
    people: Everybody, data: st.DataObject
) -> None:
    begun = people(data.draw(st.sampled_from(["drafter", "unit_head", "clerk", "signatory"]))).draft(
        data.draw(st.sampled_from(CONTENTS))
    )
    id_, version, number = begun.json["id"], begun.json["version"], None
    for _ in range(STEPS):
        open_to = [
            (who, action)
            for who in data.draw(st.permutations(WANDERERS))
            if (shown := people(who).get(f"/documents/{id_}")).status == 200
            for action in shown.json["actions"]
        ]
        allowed = [(who, action) for who, action in open_to if action["allowed"]]
        if not allowed:
            break
        legal = data.draw(st.integers(0, 9)) < 8
        who, action = data.draw(st.sampled_from(allowed if legal else open_to))
        reply = people(who).act(id_, action["name"], version, filled_in(data, action["inputs"]))
        assert reply.status in ((200, 422) if action["allowed"] else (403, 422)), reply.body
        if reply.status != 200:
            assert reply.reasons
            continue
        assert reply.json["version"] == version + 1
        assert number is None or reply.json["number"] == number, "a document keeps its number"
        version, number = reply.json["version"], reply.json["number"]
    assert list(verify.findings()) == []
