"""A total is what anyone reckons from the scores; a rank is how many stand before."""

import json
import math
from collections.abc import Sequence
from dataclasses import replace
from fractions import Fraction
from random import Random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from workflow.assessment.gaps import Gap, gaps
from workflow.assessment.ranking import Standing, rank
from workflow.assessment.reckoning import (
    METHODS,
    Aggregation,
    Leaf,
    Sheet,
    missing,
    read_aggregation,
    reckon,
    rounded,
)

CHEAP = settings(max_examples=10, deadline=None)
Judged = tuple[list[Leaf], Aggregation, list[Sheet]]


@st.composite
def judged(draw: st.DrawFn) -> Judged:
    """Draw a tree, a rule, and sheets of every method that it uses."""
    leaves = [
        Leaf(
            f"{number}",
            draw(st.integers(0, 400)),
            tuple(draw(st.lists(st.sampled_from(METHODS), min_size=1, unique=True))),
        )
        for number in range(draw(st.integers(1, 3)))
    ]
    leaves.append(Leaf("last", 100, METHODS[:1]))
    rule = Aggregation(
        {"material": 50, **draw(st.dictionaries(st.sampled_from(METHODS[1:]), st.integers(0, 60)))},
        draw(st.sampled_from(("mean", "drop_extremes"))),
        draw(st.integers(3, 4)),
        draw(st.booleans()),
    )
    sheets = [
        Sheet(f"{method}{number}", "", method, {one.code: draw(st.integers(0, one.points)) for one in leaves})
        for method in METHODS
        for number in range(draw(st.integers(1, 4)))
    ]
    return leaves, rule, sheets


def by_whole_numbers(leaves: Sequence[Leaf], rule: Aggregation, sheets: Sequence[Sheet]) -> int:
    """Reckon a total without a fraction: over one denominator, rounded by comparing remainders."""
    shares = []
    for method, weight in rule.methods.items():
        mine = {one.code for one in leaves if method in one.methods}
        most = sum(one.points for one in leaves if one.code in mine)
        if weight and most:
            sums = sorted(
                sum(p for c, p in s.points.items() if c in mine) for s in sheets if s.method == method
            )
            if rule.within == "drop_extremes" and len(sums) >= rule.at_least:
                sums = sums[1:-1]
            shares.append((sum(sums) * weight, len(sums) * most, weight))
    below = math.prod(share[1] for share in shares) * sum(share[2] for share in shares)
    above = sum(over * below // (under * sum(share[2] for share in shares)) for over, under, _ in shares)
    whole, rest = divmod(above * sum(one.points for one in leaves), below)
    return whole + (2 * rest >= below)


@CHEAP
@given(judged())
def test_a_total_is_what_another_way_of_reckoning_gives(drawn: Judged) -> None:
    assert reckon(*drawn).total == by_whole_numbers(*drawn)


@pytest.mark.long
@settings(max_examples=2000, deadline=None)
@given(judged())
def test_two_thousand_totals_are_what_another_way_of_reckoning_gives(drawn: Judged) -> None:
    assert reckon(*drawn).total == by_whole_numbers(*drawn)


@CHEAP
@given(judged(), st.randoms(use_true_random=False))
def test_the_order_of_the_assessors_changes_nothing(drawn: Judged, random: Random) -> None:
    leaves, rule, sheets = drawn
    shuffled = random.sample(sheets, len(sheets))
    assert reckon(leaves, rule, shuffled) == reckon(leaves, rule, sheets)


@CHEAP
@given(judged(), st.data())
def test_who_gave_which_sheet_changes_no_total(drawn: Judged, data: st.DataObject) -> None:
    leaves, rule, sheets = drawn
    method = data.draw(st.sampled_from(METHODS))
    of_method = [one for one in sheets if one.method == method]
    names = data.draw(st.permutations([one.assessor for one in of_method]))
    swapped = [replace(one, assessor=name) for one, name in zip(of_method, names, strict=True)]
    others = [one for one in sheets if one.method != method]
    assert reckon(leaves, rule, others + swapped).total == reckon(leaves, rule, sheets).total


@CHEAP
@given(judged(), st.data())
def test_more_points_never_make_less_of_a_total(drawn: Judged, data: st.DataObject) -> None:
    leaves, rule, sheets = drawn
    place = data.draw(st.integers(0, len(sheets) - 1))
    leaf = data.draw(st.sampled_from(leaves))
    now = sheets[place].points[leaf.code]
    more = {**sheets[place].points, leaf.code: data.draw(st.integers(now, leaf.points))}
    raised = [replace(one, points=more) if i == place else one for i, one in enumerate(sheets)]
    assert reckon(leaves, rule, raised).total >= reckon(leaves, rule, sheets).total


@CHEAP
@given(judged())
def test_all_points_are_the_points_of_the_tree_and_none_are_nothing(drawn: Judged) -> None:
    leaves, rule, sheets = drawn
    full = [replace(one, points={leaf.code: leaf.points for leaf in leaves}) for one in sheets]
    none = [replace(one, points={leaf.code: 0 for leaf in leaves}) for one in sheets]
    assert reckon(leaves, rule, full).total == sum(leaf.points for leaf in leaves)
    assert reckon(leaves, rule, none).total == 0


@CHEAP
@given(judged())
def test_the_kept_steps_lead_to_the_total_by_themselves(drawn: Judged) -> None:
    kept = json.loads(json.dumps(reckon(*drawn).to_dict()))
    subtotals = []
    for step in kept["methods"]:
        counted = [one["total"] for one in step["sheets"] if not one["dropped"]]
        assert (sum(counted), len(counted)) == (step["sum"], step["counted"])
        scaled = Fraction(step["sum"], step["counted"]) * kept["full"] / step["of"]
        assert scaled == Fraction(step["scaled"])
        subtotals.append(scaled * step["weight"] / kept["weights"])
    assert sum(subtotals) == Fraction(kept["sum"])
    assert kept["total"] == rounded(Fraction(kept["sum"]))


@CHEAP
@given(judged(), st.data())
def test_a_veto_overrides_every_score_where_the_campaign_lets_it(drawn: Judged, data: st.DataObject) -> None:
    leaves, rule, sheets = drawn
    place = data.draw(st.integers(0, sum(one.method == "material" for one in sheets) - 1))
    vetoed = [replace(one, veto="no") if i == place else one for i, one in enumerate(sheets)]
    with_veto = reckon(leaves, replace(rule, veto=True), vetoed)
    assert with_veto.total == 0
    assert [(one.assessor, one.reason) for one in with_veto.vetoes] == [(vetoed[place].assessor, "no")]
    without = reckon(leaves, replace(rule, veto=False), vetoed)
    assert (without.total, without.vetoes) == (by_whole_numbers(*drawn), ())


TREE = [Leaf("1", 600, ("material",)), Leaf("2", 400, ("material", "site"))]


def sheet(assessor: str, method: str, *points: int) -> Sheet:
    codes = ["1", "2"] if method == "material" else ["2"]
    return Sheet(assessor, assessor, method, dict(zip(codes, points, strict=True)))


def test_the_highest_and_the_lowest_count_for_nothing_from_so_many_assessors_on() -> None:
    rule = read_aggregation({"methods": {"material": 100}, "within": "drop_extremes", "at_least": 4})
    four = [
        sheet(name, "material", points, 0) for name, points in zip("abcd", (100, 300, 400, 600), strict=True)
    ]
    of_four = reckon(TREE, rule, four)
    assert [one.dropped for one in of_four.methods[0].sheets] == ["lowest", "", "", "highest"]
    assert of_four.total == 350
    assert reckon(TREE, rule, four[:3]).total == 267  # 800 / 3, half up


def test_equal_highest_and_lowest_leave_as_many_as_others_do() -> None:
    rule = read_aggregation({"methods": {"material": 1}, "within": "drop_extremes"})
    step = reckon(TREE, rule, [sheet(name, "material", 100, 0) for name in "abc"]).methods[0]
    assert [one.dropped for one in step.sheets] == ["highest", "lowest", ""]
    assert step.counted == 1


def test_a_method_is_scaled_to_the_whole_tree_and_weighed_among_those_that_judge_it() -> None:
    rule = read_aggregation({"methods": {"material": 60, "site": 30, "survey": 10}})
    found = reckon(TREE, rule, [sheet("a", "material", 500, 250), sheet("b", "site", 400)])
    assert [(one.method, one.of, one.scaled, one.subtotal) for one in found.methods] == [
        ("material", 1000, "750", "500"),  # 750 x 60 / 90: nothing here is judged by survey
        ("site", 400, "1000", "1000/3"),
    ]
    assert found.total == 833


def test_what_is_missing_is_named() -> None:
    rule = read_aggregation({"methods": {"material": 60, "site": 40}})
    half = Sheet("a", "a", "material", {"1": 100})
    assert missing(TREE, rule, [half]) == [("a", "2"), ("site", "")]
    assert missing(TREE, rule, [sheet("a", "material", 1, 1), sheet("b", "site", 1)]) == []


@pytest.mark.parametrize(
    ("number", "hundredths"),
    [(Fraction(0), 0), (Fraction(1, 2), 1), (Fraction(49, 100), 0), (Fraction(3, 2), 2), (Fraction(8, 3), 3)],
)
def test_a_half_is_rounded_up(number: Fraction, hundredths: int) -> None:
    assert rounded(number) == hundredths


@CHEAP
@given(st.lists(st.tuples(st.none() | st.integers(0, 9), st.integers(0, 3)), max_size=12), st.data())
def test_a_rank_is_one_more_than_how_many_have_more(
    drawn: list[tuple[int | None, int]], data: st.DataObject
) -> None:
    standings = [Standing(f"{key:02}", total, place) for key, (total, place) in enumerate(drawn)]
    ranked = rank(data.draw(st.permutations(standings)))
    assert ranked == rank(standings)
    by_key = {one.key: one for one in standings}
    totals = [one.total for one in standings if one.total is not None]
    for one in ranked:
        mine = by_key[one.key].total
        more = None if mine is None else 1 + len([total for total in totals if total > mine])
        assert one.rank == more
        assert one.tied == (mine is not None and len([total for total in totals if total == mine]) > 1)
    of_ties = [(one.rank, by_key[one.key].place) for one in ranked if one.rank is not None]
    assert of_ties == sorted(of_ties)


def test_the_rank_after_a_tie_skips() -> None:
    standings = [Standing("a", 90, 2), Standing("b", 90, 1), Standing("c", 80, 0), Standing("d", None, 0)]
    assert [(one.key, one.rank, one.tied) for one in rank(standings)] == [
        ("b", 1, True),
        ("a", 1, True),
        ("c", 3, False),
        ("d", None, False),
    ]


@pytest.mark.parametrize(
    ("most", "second", "flagged"),
    [
        (300, (300, 400), [Gap("material", "", 700, 1000), Gap("material", "1", 300, 600)]),
        (301, (301, 400), []),
        (0, (600, 199), [Gap("material", "2", 199, 400)]),
        (0, (600, 201), []),
    ],
)
def test_large_differences_are_flagged_over_all_and_by_indicator(
    most: int, second: tuple[int, int], flagged: list[Gap]
) -> None:
    sheets = [sheet("a", "material", 600, 400), sheet("b", "material", *second), sheet("c", "site", 0)]
    assert gaps(TREE, sheets, most) == flagged


def test_one_assessor_differs_from_nobody() -> None:
    assert gaps(TREE, [sheet("a", "material", 0, 0)], 1) == []
