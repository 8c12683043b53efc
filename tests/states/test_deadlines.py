"""What a stage may take goes by urgency."""

import pytest

from states.deadlines import Deadline, Span, read_span

TWO_DAYS, FOUR_HOURS, ONE_HOUR = Span(2, "days"), Span(4, "hours"), Span(1, "hours")


@pytest.mark.parametrize(
    ("deadline", "urgency", "expected"),
    [
        (Deadline(TWO_DAYS, FOUR_HOURS, ONE_HOUR), None, TWO_DAYS),
        (Deadline(TWO_DAYS, FOUR_HOURS, ONE_HOUR), "加急", FOUR_HOURS),
        (Deadline(TWO_DAYS, FOUR_HOURS, ONE_HOUR), "特急", ONE_HOUR),
        (Deadline(TWO_DAYS, FOUR_HOURS), "特急", FOUR_HOURS),
        (Deadline(TWO_DAYS, None, ONE_HOUR), "加急", TWO_DAYS),
        (Deadline(TWO_DAYS), "特急", TWO_DAYS),
    ],
)
def test_where_an_urgency_has_no_time_of_its_own_the_next_lower_one_counts(
    deadline: Deadline, urgency: str | None, expected: Span
) -> None:
    assert deadline.of(urgency) == expected


@pytest.mark.parametrize(
    ("text", "span"), [("2d", TWO_DAYS), ("0.5d", Span(0.5, "days")), ("4h", FOUR_HOURS)]
)
def test_spans_are_written_in_days_and_hours(text: str, span: Span) -> None:
    assert read_span(text) == span


@pytest.mark.parametrize("text", ["", "d", "2", "2m", "0h", "0.25d", "-1d", "2 d", "1000d", 2, None])
def test_nothing_else_is_a_span(text: object) -> None:
    with pytest.raises(ValueError, match="is no working time such as"):
        read_span(text)
