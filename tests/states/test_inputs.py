from typing import Any

import pytest

from states.errors import NotReady
from states.inputs import CHOICES, DEFAULTS, Input
from states.procedure import Procedure
from states.reasons import Label

LABEL = Label(zh="项", en="Item")
YEARS = {"open_years": {2024: "2024", 2025: "2025"}, "reserved_numbers": {}}
LEADERS = {"other_leaders": {"deputy": "甲"}}


def asked(kind: Any, **more: Any) -> Input:
    return Input("item", kind, LABEL, **more)


@pytest.mark.parametrize(
    ("wanted", "given", "value"),
    [
        (asked("text"), "  话 ", "话"),
        (asked("text"), None, None),
        (asked("text", default="proposed_distribution"), None, "各处室"),
        (asked("text", default="proposed_distribution"), "", ""),
        (asked("count"), 1, 1),
        (asked("count"), "100000", 100_000),
        (asked("count", default=3), "", 3),
        (asked("yes_no", default=False), None, False),
        (asked("yes_no"), True, True),
        (asked("people"), ["a", " b ", "a", ""], ("a", "b")),
        (asked("people", default="chosen_countersigners"), None, ("c",)),
        (asked("people", default="chosen_countersigners"), [], ()),
        (asked("person", choices="other_leaders"), "deputy", "deputy"),
        (asked("choice", choices="ways_to_resume"), "step", "step"),
        (asked("choice", choices="ways_to_resume", default="jump"), None, "jump"),
        (asked("choice", choices="open_years", default="usual_year"), None, 2025),
        (asked("choice", choices="open_years"), "2024", 2024),
        (asked("choice", choices="unsigned_agencies", default="next_agency"), "", "甲局"),
        (asked("line"), " 张 \n 李 ", "张 李"),
        (asked("line", default="usual_signatory"), "", "负责人"),
        (asked("date"), " 2031-04-07 ", "2031-04-07"),
        (asked("date", default="today"), None, "2031-04-08"),
        (asked("file"), "ab" * 32, "ab" * 32),
    ],
)
def test_an_input_is_read_or_proposed(wanted: Input, given: Any, value: Any) -> None:
    provided = {
        **YEARS,
        **LEADERS,
        "usual_year": 2025,
        "proposed_distribution": "各处室",
        "chosen_countersigners": ["c"],
        "unsigned_agencies": {"甲局": "甲局", "乙局": "乙局"},
        "next_agency": "甲局",
        "usual_signatory": "负责人",
        "today": "2031-04-08",
    }
    assert wanted.read(given, provided) == value


@pytest.mark.parametrize(
    ("wanted", "given", "reason"),
    [
        (asked("text"), 5, "项 must be text"),
        (asked("text", required=True), None, "项 is required"),
        (asked("text", required=True), "  ", "项 is required"),
        (asked("people", required=True), [], "项 is required"),
        (asked("people"), "a", "项 must be a list of user names"),
        (asked("people"), [1], "项 must be a list of user names"),
        (asked("yes_no"), "yes", "项 must be yes or no"),
        (asked("line", required=True), " \n ", "项 is required"),
        *[
            (asked("date"), wrong, "项 must be a date such as 2024-04-07")
            for wrong in ("7.4.2031", "2031-02-30", 20310407, True)
        ],
        *[(asked("file"), wrong, "项 must be a file that you sent in") for wrong in ("x", "AB" * 32, 7)],
        (asked("person", choices="other_leaders"), "drafter", "项 is not one of the choices"),
        (asked("choice", choices="ways_to_resume"), "fly", "项 is not one of the choices"),
        (asked("choice", choices="open_years"), True, "项 is not one of the choices"),
        *[
            (asked("count"), wrong, "项 must be a whole number from 1 to 100000")
            for wrong in (0, -1, 100_001, True, 1.5, "x", "²", "9" * 5000)
        ],
    ],
)
def test_a_wrong_value_is_refused_in_words(wanted: Input, given: Any, reason: str) -> None:
    with pytest.raises(NotReady) as refusal:
        wanted.read(given, {**YEARS, **LEADERS})
    assert [str(one) for one in refusal.value.reasons] == [reason]


def test_a_proposal_that_is_no_longer_open_is_not_proposed() -> None:
    wanted = asked("choice", choices="open_years", default="usual_year")
    assert wanted.proposed({**YEARS, "usual_year": 2023}) is None


def test_choices_that_nobody_gave_are_a_mistake_of_the_program() -> None:
    with pytest.raises(KeyError):
        asked("choice", choices="open_years").read("2024", {})


def test_registration_says_what_it_asks_for_as_json_schema(notice: Procedure) -> None:
    provided = {**YEARS, "usual_year": 2024, "proposed_copies": 12, "proposed_distribution": "各处室"}
    assert notice.step("registration", "register").schema(provided, "en") == {
        "type": "object",
        "properties": {
            "distribution": {"title": "Distribution", "type": "string", "minLength": 1, "default": "各处室"},
            "copies": {"title": "Copies", "type": "integer", "minimum": 1, "maximum": 100_000, "default": 12},
            "year": {
                "title": "Year of the number",
                "type": "integer",
                "enum": [2024, 2025],
                "oneOf": [{"const": 2024, "title": "2024"}, {"const": 2025, "title": "2025"}],
                "default": 2024,
            },
            "restricted": {"title": "Restricted reading", "type": "boolean", "default": False},
            "comment": {"title": "Comment", "type": "string"},
        },
        "required": [],
        "additionalProperties": False,
    }


def test_what_may_be_left_open_and_has_nothing_to_choose_from_is_not_asked_for(notice: Procedure) -> None:
    step = notice.step("registration", "register")
    provided = {**YEARS, "usual_year": 2024, "proposed_copies": 12, "proposed_distribution": "各处室"}
    assert "reserved" not in step.schema(provided, "en")["properties"]
    number = {"豫〔2024〕3号": "豫〔2024〕3号（留给综合处）"}
    asked_for = step.schema({**provided, "reserved_numbers": number}, "en")["properties"]["reserved"]
    assert asked_for["enum"] == ["豫〔2024〕3号"]
    assert "default" not in asked_for
    signer = notice.step("signing", "ask_signer").schema({"other_leaders": {}}, "en")
    assert signer["properties"]["signer"]["enum"] == []


def test_going_back_requires_a_comment_and_proposes_where_to(notice: Procedure) -> None:
    passed = {"passed_stages": {"draft": notice.stages["draft"].label}}
    schema = notice.step("unit_review", "send_back").schema(passed, "zh")
    assert schema["required"] == ["comment"]
    assert schema["properties"]["comment"] == {"title": "意见", "type": "string", "minLength": 1}
    assert schema["properties"]["target"]["default"] == "draft"
    assert schema["properties"]["target"]["oneOf"] == [{"const": "draft", "title": "拟稿"}]
    assert schema["properties"]["resume"]["default"] == "jump"


def test_a_step_taken_with_its_defaults_reads_them(notice: Procedure) -> None:
    provided = {**YEARS, "usual_year": 2024, "proposed_copies": 12, "proposed_distribution": "各处室"}
    assert notice.step("registration", "register").read({}, provided) == {
        "distribution": "各处室",
        "copies": 12,
        "year": 2024,
        "reserved": None,
        "restricted": False,
        "comment": "",
    }


def test_everything_wrong_with_the_inputs_is_told_at_once(notice: Procedure) -> None:
    with pytest.raises(NotReady) as refusal:
        notice.step("unit_review", "send_back").read(
            {"target": "signing", "colour": "red"}, {"passed_stages": {}}
        )
    assert [str(reason) for reason in refusal.value.reasons] == [
        "This step does not ask for colour",
        "退回到 is not one of the choices",
        "意见 is required",
    ]


def test_every_provider_is_used_by_a_procedure(notice: Procedure, creation: Procedure) -> None:
    steps = (*notice.steps, *creation.steps)
    inputs = [wanted for step in steps for wanted in step.inputs.values()]
    assert {wanted.choices for wanted in inputs} - {None} == set(CHOICES)
    assert {wanted.default for wanted in inputs} >= set(DEFAULTS)
