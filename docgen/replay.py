"""Let nodes come, stay and go, step by step.

Each knows the step that brought it (`born`) and the step that took it away (`died`); 0: none. What came
and went between the first text and the last leaves no trace.
"""

from collections.abc import Sequence
from typing import Any, Protocol, TypeVar

from .aligning import Ops


class Node(Protocol):
    """What comes, stays and goes."""

    born: int
    died: int

    @property
    def key(self) -> Any: ...

    def come(self, step: int) -> None: ...

    def follow(self, new: Any, step: int) -> None: ...


_N = TypeVar("_N", bound=Node)


def replay(nodes: Sequence[_N], news: Sequence[_N], ops: Ops, step: int) -> list[_N]:
    """Return the nodes after a step that leaves `news` of those alive.

    What went out before and is put back where it stood has never been away.
    """
    alive = [place for place, node in enumerate(nodes) if not node.died]
    out: list[_N] = []
    done = returnable = 0  # in `nodes`; in `out`, from where on what went out may come back
    for i, j in ops:
        if i is not None:
            out += nodes[done : alive[i]]
            node, done = nodes[alive[i]], alive[i] + 1
            if j is not None:
                node.follow(news[j], step)
                out.append(node)
                returnable = len(out)
            elif not node.born:
                node.died = step
                out.append(node)
        elif j is not None:
            while done < len(nodes) and nodes[done].died:
                out.append(nodes[done])
                done += 1
            returnable = _bring(out, returnable, news[j], step)
    return out + list(nodes[done:])


def _bring(out: list[_N], returnable: int, new: _N, step: int) -> int:
    """Add what came in, or let it return; return the place after it."""
    for place in range(returnable, len(out)):
        if 0 < out[place].died < step and out[place].key == new.key:
            out[place].died = 0
            out[place].follow(new, step)
            return place + 1
    new.come(step)
    out.append(new)
    return len(out)
