"""Applications are spread evenly, by the seed, and never to somebody who must not judge the unit."""

from collections import Counter

from hypothesis import given, settings
from hypothesis import strategies as st

from workflow.assessment.recusing import Recusals
from workflow.assessment.spreading import Place, spread

CHEAP = settings(max_examples=12, deadline=None)
PEOPLE, UNITS = range(1, 7), range(1, 9)


@st.composite
def offices(draw: st.DrawFn) -> tuple[Recusals, list[Place]]:
    some_units = st.frozensets(st.sampled_from(UNITS), max_size=2)
    barring = Recusals(
        draw(st.fixed_dictionaries(dict.fromkeys(PEOPLE, some_units))),
        draw(st.fixed_dictionaries({unit: st.none() | st.sampled_from(UNITS) for unit in UNITS})),
        draw(st.frozensets(st.tuples(st.sampled_from(PEOPLE), st.sampled_from(UNITS)), max_size=6)),
    )
    places = [
        Place(document, draw(st.sampled_from(UNITS)), method, draw(st.integers(1, 3)), frozenset())
        for document in range(draw(st.integers(1, 10)))
        for method in ("material", "site")
    ]
    return barring, places


@CHEAP
@given(offices(), st.text("abc", max_size=2))
def test_nobody_is_given_their_own_unit_whatever_the_office_is_like(
    office: tuple[Recusals, list[Place]], seed: str
) -> None:
    barring, places = office
    given_ = spread(places, PEOPLE, lambda who, unit: barring.why(who, unit) is None, {}, seed)
    for one in given_:
        assert one.unit not in barring.units[one.person]
        assert barring.recommenders[one.unit] not in barring.units[one.person]
        assert (one.person, one.unit) not in barring.declared
    assert len({(one.document, one.method, one.person) for one in given_}) == len(given_)
    had = Counter((one.document, one.method) for one in given_)
    for place in places:
        allowed = sum(barring.why(person, place.unit) is None for person in PEOPLE)
        assert had[place.document, place.method] == min(place.lacks, allowed)


@CHEAP
@given(offices(), st.permutations(PEOPLE), st.randoms(use_true_random=False))
def test_the_same_seed_gives_the_same_in_whatever_order_it_is_asked(office, people, random) -> None:  # type: ignore[no-untyped-def]
    barring, places = office

    def judges(who: int, unit: int) -> bool:
        return barring.why(who, unit) is None

    shuffled = random.sample(places, len(places))
    assert spread(shuffled, people, judges, {}, "7") == spread(places, sorted(people), judges, {}, "7")


@CHEAP
@given(
    st.integers(1, 12),
    st.integers(1, 3),
    st.dictionaries(st.sampled_from(PEOPLE), st.integers(0, 2)),
)
def test_where_nobody_is_recused_loads_differ_by_one_at_most(
    documents: int, each: int, loads: dict[int, int]
) -> None:
    places = [Place(number, 1, "material", each, frozenset()) for number in range(documents)]
    given_ = spread(places, PEOPLE, lambda who, unit: True, {}, "seed")
    load = Counter(dict.fromkeys(PEOPLE, 0)) + Counter(one.person for one in given_)
    counts = [load[person] for person in PEOPLE]
    assert max(counts) - min(counts) <= 1
    later = spread(places, PEOPLE, lambda who, unit: True, loads, "seed")
    assert len(later) == len(given_)


def test_who_has_more_already_gets_fewer() -> None:
    places = [Place(number, 1, "site", 1, frozenset()) for number in range(4)]
    given_ = spread(places, [1, 2], lambda who, unit: True, {1: 2}, "seed")
    assert Counter(one.person for one in given_) == {1: 1, 2: 3}


def test_another_seed_gives_another_assignment() -> None:
    places = [Place(number, 1, "site", 1, frozenset()) for number in range(20)]
    first, second = (spread(places, [1, 2, 3], lambda who, unit: True, {}, seed) for seed in "ab")
    assert first != second
