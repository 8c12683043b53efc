"""Refuse what YAML allows in a file and no procedure means: keys twice, aliases in rings, towers of them."""

from collections import Counter
from itertools import chain

import yaml

MOST_USES = 200  # of one list or mapping by its aliases
DEEPEST = 20


def refuse_odd(root: yaml.Node | None) -> None:
    """Raise MarkedYAMLError, which names the place, for a tree that is odd."""
    if root is not None:
        _refuse_rings(root, (), Counter())
        _refuse_twice(root)


def _refuse_rings(node: yaml.Node, around: tuple[yaml.Node, ...], uses: Counter[int]) -> None:
    """Refuse an alias within what it names, and aliases that make very much of little text."""
    if any(node is one for one in around):
        raise yaml.MarkedYAMLError(problem="an alias contains itself", problem_mark=node.start_mark)
    if not isinstance(node, yaml.CollectionNode):
        return
    uses[id(node)] += 1
    if uses[id(node)] > MOST_USES or len(around) == DEEPEST:
        raise yaml.MarkedYAMLError(problem="this is nested too much", problem_mark=node.start_mark)
    inner = chain.from_iterable(node.value) if isinstance(node, yaml.MappingNode) else node.value
    for one in inner:
        _refuse_rings(one, (*around, node), uses)


def _refuse_twice(node: yaml.Node) -> None:
    """Refuse a key that stands twice in one mapping; YAML would let the last one win."""
    if isinstance(node, yaml.MappingNode):
        seen: set[str] = set()
        for key, value in node.value:
            if not isinstance(key, yaml.ScalarNode):
                raise yaml.MarkedYAMLError(problem="a key is a word", problem_mark=key.start_mark)
            if key.value in seen:
                raise yaml.MarkedYAMLError(
                    problem=f"the key {key.value!r} is there twice", problem_mark=key.start_mark
                )
            seen.add(key.value)
            _refuse_twice(value)
    elif isinstance(node, yaml.SequenceNode):
        for value in node.value:
            _refuse_twice(value)
