"""Spread applications over assessors evenly; the same seed gives the same assignment."""

import hashlib
from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass


@dataclass(frozen=True)
class Place:
    """An application that still lacks assessors for one method; `has` are those whom it has."""

    document: int
    unit: int
    method: str
    lacks: int
    has: frozenset[int]


@dataclass(frozen=True)
class Given:
    """An application given to an assessor for one method."""

    document: int
    unit: int
    method: str
    person: int


def spread(
    places: Iterable[Place],
    people: Sequence[int],
    may_judge: Callable[[int, int], bool],
    loads: Mapping[int, int],
    seed: str,
) -> list[Given]:
    """Give each place as many assessors as it lacks, as far as there are any who may judge the unit.

    It goes to whoever has the fewest so far (`loads` is what they have already); among equals the seed
    decides. Places that few may judge come first. Then what is uneven is moved, as far as one move mends it.
    """
    load = Counter({person: loads.get(person, 0) for person in people})
    free = {
        place: [p for p in people if p not in place.has and may_judge(p, place.unit)]
        for place in sorted(places, key=lambda place: (place.document, place.method))
    }
    given: list[Given] = []
    for place in sorted(free, key=lambda one: (len(free[one]), _lot(seed, one.document, one.method, ""))):
        lot = {person: _lot(seed, place.document, place.method, person) for person in free[place]}
        for person in sorted(free[place], key=lambda one: (load[one], lot[one]))[: place.lacks]:
            given.append(Given(place.document, place.unit, place.method, person))
            load[person] += 1
    return _levelled(given, free, load)


def _levelled(given: list[Given], free: Mapping[Place, list[int]], load: "Counter[int]") -> list[Given]:
    """Move what somebody has to somebody with at least two fewer, until no such move is left."""
    has = {(place.document, place.method): set(place.has) for place in free}
    may = {(place.document, place.method): free[place] for place in free}
    for one in given:
        has[one.document, one.method].add(one.person)
    moved = True
    while moved:
        moved = False
        for number, one in enumerate(given):
            key = (one.document, one.method)
            others = [person for person in may[key] if person not in has[key]]
            least = min(others, key=lambda person: (load[person], person), default=None)
            if least is not None and load[one.person] - load[least] > 1:
                given[number] = Given(one.document, one.unit, one.method, least)
                has[key] = has[key] - {one.person} | {least}
                load[one.person] -= 1
                load[least] += 1
                moved = True
    return given


def _lot(seed: str, *what: object) -> str:
    return hashlib.sha256(":".join((seed, *map(str, what))).encode()).hexdigest()
