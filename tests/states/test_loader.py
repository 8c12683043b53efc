from pathlib import Path
from typing import Any

import pytest
import yaml

from states.errors import ProcedureError
from states.loader import load, load_folder, load_text
from states.procedure import Procedure
from states.rules import CONDITIONS, SKIPS
from states.who import HOLDER, WHO
from tests.states.small_office import EFFECTS

SMALL = """\
kind: small
label: {zh: 小程序, en: Small}
start: draft
stages:
  draft:
    label: {zh: 拟稿, en: Drafting}
    holders: [drafter]
  review:
    label: {zh: 审核, en: Review}
    holders: [post(office_clerk)]
    skip: [nobody_holds_it]
  done:
    label: {zh: 办结, en: Done}
    final: true
steps:
  - action: submit
    label: {zh: 送审, en: Submit}
    from: [draft]
    to: review
    direction: forward
    who: holder
    inputs:
      copies: {type: count, label: {zh: 份数, en: Copies}, default: 3}
  - action: approve
    label: {zh: 同意, en: Approve}
    from: [review]
    to: done
    direction: forward
    who: holder
    when: [content_is_complete]
    effects: [publish]
  - action: send_back
    label: {zh: 退回, en: Send back}
    from: [review]
    to: passed
    direction: back
    who: holder
    comment: required
    inputs:
      target: {type: choice, label: {zh: 退回到, en: Back to}, choices: passed_stages, default: draft}
      resume: {type: choice, label: {zh: 改后, en: Then}, choices: ways_to_resume, default: jump}
"""


def read(text: str) -> Procedure:
    return load_text(text, file="small.yaml", effects=EFFECTS)


EXTRA = """\
  lost:
    label: {zh: 失, en: Lost}
    holders: [drafter]
"""
TO_LOST = """\
  - action: lose
    label: {zh: 失, en: Lose}
    from: [draft]
    to: lost
    direction: other
    who: holder
"""
FROM_LOST = TO_LOST.replace("from: [draft]", "from: [lost]").replace("to: lost", "to: done")
STEPS = "steps:\n"
LATE = "    deadline: "

TOWER = "\n".join(["a0: &a0 [x]", *(f"a{n}: &a{n} [{', '.join([f'*a{n - 1}'] * 9)}]" for n in range(1, 12))])
"""Aliases of aliases: a few lines that stand for billions of words."""

REFUSALS: list[tuple[str, str, str, str, int]] = [
    # what is written, what instead, key, reason, line
    ("start: draft", "start: daft", "start", "no stage to start at", 3),
    ("start: draft", "start: done", "start", "no stage to start at", 3),
    ("to: review", "to: reveiw", "steps.0.to", "unknown stage 'reveiw'", 19),
    ("to: review", "to: draft", "steps.0.to", "a step that stays says 'same'", 19),
    ("from: [draft]", "from: [daft]", "steps.0.from.0", "unknown stage 'daft'", 18),
    ("from: [draft]", "from: []", "steps.0.from", "at least 1 item", 18),
    ("from: [draft]", "from: [draft, done]", "steps.0.from.1", "'done' has a step out", 18),
    (STEPS, EXTRA + STEPS + FROM_LOST, "stages.lost", "no step leads to the stage", 15),
    (STEPS, EXTRA + STEPS + TO_LOST, "stages.lost", "dead end", 15),
    ("    final: true", "    holders: [drafter]", "stages.draft", "dead end", 5),
    ("    final: true", "    final: true\n    edit: free", "stages.done", "a final stage", 12),
    ("    holders: [drafter]\n", "", "stages.draft", "nobody holds the stage", 5),
    ("    who: holder\n    when", "    when", "steps.1.who", "Field required", 24),
    ("    who: holder\n    when", "    who: []\n    when", "steps.1.who", "nobody may take the step", 29),
    ("    who: holder\n    when", "    wo: holder\n    when", "steps.1.wo", "there is no such key", 29),
    ("    skip: [", "    skipp: [", "stages.review.skipp", "there is no such key", 11),
    (
        "    skip: [",
        f"{LATE}{{ordinary: 2x}}\n    skip: [",
        "stages.review.deadline.ordinary",
        "'2x' is no",
        11,
    ),
    ("    skip: [", f"{LATE}{{ordinary: 2}}\n    skip: [", "stages.review.deadline.ordinary", "2 is no", 11),
    (
        "    skip: [",
        f"{LATE}{{ordinary: 0d}}\n    skip: [",
        "stages.review.deadline.ordinary",
        "'0d' is no",
        11,
    ),
    (
        "    skip: [",
        f"{LATE}{{加急: 4h}}\n    skip: [",
        "stages.review.deadline.ordinary",
        "Field required",
        11,
    ),
    (
        "    skip: [",
        f"{LATE}{{ordinary: 2d, 急: 4h}}\n    skip: [",
        "stages.review.deadline.急",
        "there is no such key",
        11,
    ),
    (
        "    final: true",
        f"    final: true\n{LATE}{{ordinary: 2d}}",
        "stages.done.deadline",
        "has no deadline",
        15,
    ),
    ("start: draft", "start: draft\nstrat: draft", "strat", "there is no such key", 4),
    ("[drafter]", "[draughter]", "stages.draft.holders.0", "unknown rule 'draughter'", 7),
    ("[drafter]", "[holder]", "stages.draft.holders.0", "unknown rule 'holder'", 7),
    ("[drafter]", "[post]", "stages.draft.holders.0", "post takes 1 words, not 0", 7),
    ("[drafter]", "[drafter(x)]", "stages.draft.holders.0", "drafter takes 0 words, not 1", 7),
    ("[drafter]", "[head_of(my.unit)]", "stages.draft.holders.0", "head_of does not know 'my.unit'", 7),
    ("[drafter]", "['post(\"x\")']", "stages.draft.holders.0", "neither a name nor", 7),
    ("[nobody_holds_it]", "[content_is_complete]", "stages.review.skip.0", "unknown rule", 11),
    ("[content_is_complete]", "[nobody_holds_it]", "steps.1.when.0", "unknown rule", 30),
    ("[content_is_complete]", "[frozen(x)]", "steps.1.when.0", "frozen takes 0 words, not 1", 30),
    ("[publish]", "[publisch]", "steps.1.effects.0", "unknown effect 'publisch'", 31),
    ("type: count", "type: number", "steps.0.inputs.copies.type", "Input should be", 23),
    ("default: 3", "default: 0", "steps.0.inputs.copies.default", "unknown default 0", 23),
    ("default: 3", "default: true", "steps.0.inputs.copies.default", "unknown default True", 23),
    ("default: 3", "default: 1.5", "steps.0.inputs.copies.default", "unknown default 1.5", 23),
    (
        "default: 3",
        "default: usual_year",
        "steps.0.inputs.copies.default",
        "unknown default 'usual_year'",
        23,
    ),
    ("default: 3", "choices: open_years", "steps.0.inputs.copies.choices", "has no choices", 23),
    ("copies: {", "comment: {", "steps.0.inputs.comment", "has a comment already", 23),
    ("choices: passed_stages, ", "", "steps.2.inputs.target", "a choice has choices", 40),
    ("passed_stages", "past_stages", "steps.2.inputs.target.choices", "unknown choices 'past_stages'", 40),
    ("default: draft", "default: daft", "steps.2.inputs.target.default", "unknown default 'daft'", 40),
    ("default: jump", "default: jmp", "steps.2.inputs.resume.default", "unknown default 'jmp'", 41),
    ("resume: {", "again: {", "steps.2.to", "has the inputs target and resume", 35),
    ("direction: back", "direction: forward", "steps.2.to", "goes back", 35),
    (
        "action: send_back",
        "action: approve",
        "steps.2.action",
        "'approve' is twice at the stage 'review'",
        32,
    ),
    ("action: submit", "action: Submit!", "steps.0.action", "String should match", 16),
    ("{zh: 送审, en: Submit}", "{zh: 送审}", "steps.0.label.en", "Field required", 17),
    ("{zh: 送审, en: Submit}", "{zh: 送审, en: ''}", "steps.0.label.en", "at least 1 character", 17),
    ("{zh: 审核, en: Review}", "{en: Review}", "stages.review.label.zh", "Field required", 9),
    ("{zh: 份数, en: Copies}", "{zh: 份数}", "steps.0.inputs.copies.label.en", "Field required", 23),
    ("final: true", "final: 'yes'", "stages.done.final", "Input should be a valid boolean", 14),
    (
        "to: done\n    direction: forward",
        "to: done\n    direction: other",
        "stages.review.skip",
        "no single forward",
        11,
    ),
    ("  done:", "  passed:", "stages.passed", "a meaning of its own", 12),
    ("kind: small", "kind: small\nkind: large", "yaml", "the key 'kind' is there twice", 2),
    ("  review:\n", "  draft:\n", "yaml", "the key 'draft' is there twice", 8),
    ("kind: small", "kind: [", "yaml", "expected", 3),
    ("kind: small", "? [a]\n: b", "yaml", "a key is a word", 1),
    ("kind: small", "kind: &a [*a]", "yaml", "an alias contains itself", 1),
    ("kind: small", "kind: &a\n  b: {c: [*a]}", "yaml", "an alias contains itself", 1),
    ("kind: small", f"kind: {'[' * 30}a{']' * 30}", "yaml", "this is nested too much", 1),
    ("kind: small", TOWER, "yaml", "this is nested too much", 1),
]


@pytest.mark.parametrize(("written", "instead", "key", "reason", "line"), REFUSALS)
def test_a_wrong_procedure_is_refused_with_file_line_key_and_reason(
    written: str, instead: str, key: str, reason: str, line: int
) -> None:
    assert written in SMALL
    with pytest.raises(ProcedureError) as refusal:
        read(SMALL.replace(written, instead, 1))
    error = refusal.value
    assert (error.file, error.key) == ("small.yaml", key)
    assert reason in error.reason
    assert error.line == line
    assert str(error) == f"small.yaml:{line}: {key}: {error.reason}"


def test_two_forward_steps_leave_it_open_where_a_skipped_stage_leads() -> None:
    other = TO_LOST.replace("to: lost", "to: done").replace("from: [draft]", "from: [review]")
    with pytest.raises(ProcedureError, match=r"stages\.review\.skip: no single forward step"):
        read(SMALL + other.replace("direction: other", "direction: forward"))


def test_forward_steps_may_not_lead_round_in_a_circle() -> None:
    back = TO_LOST.replace("to: lost", "to: draft").replace("from: [draft]", "from: [review]")
    text = (SMALL + back.replace("direction: other", "direction: forward")).replace(
        "    skip: [nobody_holds_it]\n", ""
    )
    with pytest.raises(ProcedureError, match="round in a circle"):
        read(text)


@pytest.mark.parametrize("text", ["", "- a", "null", "5"])
def test_a_file_that_is_no_procedure_is_refused(text: str) -> None:
    with pytest.raises(ProcedureError) as refusal:
        read(text)
    assert refusal.value.key == "file"


def test_a_control_character_is_refused() -> None:
    with pytest.raises(ProcedureError, match="yaml"):
        read(SMALL + "\0")


def test_a_procedure_keeps_its_text_and_the_hash_of_it() -> None:
    small = read(SMALL)
    assert small.text == SMALL
    assert small.hash == read(SMALL).hash != read(SMALL + "\n").hash
    assert len(small.hash) == 64
    assert small.label == {"zh": "小程序", "en": "Small"}


def test_a_text_read_back_by_its_hash_is_the_same_procedure(notice: Procedure) -> None:
    again = load_text(notice.text, file=notice.hash, effects=EFFECTS)
    assert (again.hash, again.steps, again.line) == (notice.hash, notice.steps, notice.line)


def test_a_missing_or_undecodable_file_is_refused_by_name(tmp_path: Path) -> None:
    with pytest.raises(ProcedureError, match=r"none\.yaml: file"):
        load(tmp_path / "none.yaml", effects=EFFECTS)
    (tmp_path / "gbk.yaml").write_bytes("拟稿".encode("gbk"))
    with pytest.raises(ProcedureError, match=r"gbk\.yaml: file"):
        load(tmp_path / "gbk.yaml", effects=EFFECTS)


def test_a_folder_gives_its_procedures_by_kind(tmp_path: Path) -> None:
    (tmp_path / "a.yaml").write_text(SMALL, encoding="utf-8")
    (tmp_path / "b.yaml").write_text(SMALL.replace("kind: small", "kind: other"), encoding="utf-8")
    (tmp_path / "notes.txt").write_text("not a procedure")
    assert sorted(load_folder(tmp_path, effects=EFFECTS)) == ["other", "small"]


def test_two_files_of_one_kind_are_refused(tmp_path: Path) -> None:
    for name in ("a.yaml", "b.yaml"):
        (tmp_path / name).write_text(SMALL, encoding="utf-8")
    with pytest.raises(ProcedureError, match=r"b\.yaml: kind: 'small' is another file's kind"):
        load_folder(tmp_path, effects=EFFECTS)


def test_every_rule_stands_in_a_procedure_and_every_effect_too(
    notice: Procedure, creation: Procedure
) -> None:
    stages = [*notice.stages.values(), *creation.stages.values()]
    steps = [*notice.steps, *creation.steps]
    who = {call.name for stage in stages for call in stage.holders}
    who |= {call.name for step in steps for call in step.who}
    assert who == {*WHO, HOLDER}
    assert {call.name for stage in stages for call in stage.skip} == set(SKIPS)
    assert {call.name for step in steps for call in step.when} == set(CONDITIONS)
    assert {effect for step in steps for effect in step.effects} == EFFECTS


def test_the_notice_has_the_stages_of_the_regulations_in_their_order(notice: Procedure) -> None:
    assert [stage.label["zh"] for stage in notice.line] == [
        "拟稿",
        "部门核稿",
        "会签",
        "办公室审核",
        "分管领导审签",
        "签发",
        "联署",
        "复核",
        "登记",
        "印制",
        "用印",
        "印发",
        "办结",
        "归档",
    ]
    assert set(notice.stages) - {stage.name for stage in notice.line} == {"voided", "terminated"}
    assert notice.posts() == {"office_clerk", "deputy", "principal", "registrar", "archivist"}


def test_a_small_office_drops_stages_by_data(notice: Procedure) -> None:
    data: Any = yaml.safe_load(notice.text)
    for gone, after in (("countersign", "office_review"), ("leader_review", "signing")):
        del data["stages"][gone]
        data["steps"] = [step for step in data["steps"] if step["from"] != [gone]]
        for step in data["steps"]:
            step["from"] = [stage for stage in step["from"] if stage != gone]
            step["to"] = after if step["to"] == gone else step["to"]
    smaller = load_text(yaml.safe_dump(data, allow_unicode=True), file="smaller", effects=EFFECTS)
    assert len(smaller.line) == len(notice.line) - 2
