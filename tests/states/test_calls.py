import pytest

from states.calls import Call, parse_call, words_wanted
from states.rules import SKIPS
from states.who import WHO


@pytest.mark.parametrize(
    ("text", "call"),
    [
        ("drafter", Call("drafter")),
        ("post(office_clerk)", Call("post", ("office_clerk",))),
        ("head_of(drafter.unit)", Call("head_of", ("drafter.unit",))),
        (" between( a , b.c ) ", Call("between", ("a", "b.c"))),
    ],
)
def test_a_call_is_a_name_with_bare_words(text: str, call: Call) -> None:
    assert parse_call(text) == call
    assert parse_call(str(call)) == call


@pytest.mark.parametrize(
    "text",
    [
        "",
        "Post(x)",
        "post()",
        "post(x",
        "post x",
        "post('x')",
        "post(x)(y)",
        "a.b",
        "post(x,)",
        "post(x.)",
        "not a",
        "__import__(os)",
        "post(1)",
        "a\nb",
        "岗位(x)",
    ],
)
def test_anything_else_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match="neither a name"):
        parse_call(text)


def test_the_words_that_a_rule_wants_are_counted_from_its_signature() -> None:
    assert words_wanted(WHO["post"], 1) == 1
    assert words_wanted(WHO["drafter"], 1) == 0
    assert words_wanted(SKIPS["not_urgent"], 2) == 0
