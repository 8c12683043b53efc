"""Draw a procedure as an SVG: its line downwards, ways back at the left, ways out at the right."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from html import escape

from .procedure import Procedure
from .stage import Stage
from .step import PASSED, SAME, Step

ROW, BOX, LANE, SIZE, SMALL = 88, 56, 34, 15, 12  # pixels: a stage, its box, a lane, text
ABREAST = 4  # acts that stay, in one line of a box
RED, INK, GREY = "#b3261e", "#222222", "#6b6b6b"

_WORDS = {
    "zh": {"now": "当前环节", "skip": "虚线框：不适用时略过", "of": "流程图", "passed": "可至任一已办环节"},
    "en": {
        "now": "present stage",
        "skip": "Dashed: passed over where it does not apply",
        "of": "procedure",
        "passed": "to any stage already passed",
    },
}


@dataclass(frozen=True)
class _Lane:
    """A way to an earlier or later stage of the line, from one stage or several."""

    text: str
    target: int
    sources: tuple[int, ...]

    def span(self) -> tuple[int, int]:
        return min(self.target, *self.sources), max(self.target, *self.sources)


def svg(
    procedure: Procedure,
    present: str | None = None,
    language: str = "zh",
    counts: Mapping[str, int] | None = None,
) -> str:
    """Return the picture as one <svg> element; `present` is the stage to mark, names are in `language`.

    counts: how many documents stand at each stage, to be written beside its name.
    """
    return _Drawing(procedure, present, language, counts or {}).picture()


class _Drawing:
    def __init__(
        self, procedure: Procedure, present: str | None, language: str, counts: Mapping[str, int]
    ) -> None:
        self.procedure, self.present, self.language = procedure, present, language
        self.counts = counts
        self.rows = {stage.name: row for row, stage in enumerate(procedure.line)}
        others = [stage for name, stage in procedure.stages.items() if name not in self.rows]
        self.beyond = {stage.name: at for stage in others if (at := self._comes_from_aside(stage))}
        self.aside = [stage for stage in others if stage.name not in self.beyond]
        self.lanes = _packed(self._lanes())
        self.wide = max(self._breadth(stage) for stage in procedure.line) + 40
        self.aside_wide = max((self._breadth(stage) for stage in others), default=0) + 40
        self.left = 24 + LANE * (1 + max(self.lanes.values(), default=-1))
        self.right = self.left + self.wide
        self.middle = self.left + self.wide / 2
        said = max(_width(self._onward(stage), SMALL) for stage in procedure.line)
        self.beside = max(self.right, self.middle + 8 + said) + LANE / 2
        ways = max((_width(self._way(stage), SMALL) for stage in self.aside), default=0)
        self.out = self.beside + LANE + ways
        ways = max((_width(self._way(procedure.stages[name]), SMALL) for name in self.beyond), default=0)
        self.beyond_gap = LANE + ways

    def picture(self) -> str:
        words = _WORDS[self.language]
        title = f"{self.procedure.label[self.language]} {words['of']}"
        line = " → ".join(self._name(stage) for stage in self.procedure.line)
        legend = f"{words['skip']} · * {words['passed']}"
        told = line if self.present is None else f"{line} ({words['now']}: {self._present()})"
        side = self.out + self.aside_wide if self.aside else self.beside
        side += self.beyond_gap + self.aside_wide if self.beyond else 0
        width, height = max(side, 24 + _width(legend, SMALL)) + 24, ROW * len(self.rows) + 40
        name = f"procedure-{self.procedure.kind}"
        parts = [
            f'<svg xmlns="http://www.w3.org/2000/svg" role="img" viewBox="0 0 {width:.0f} {height}" '
            f'width="{width:.0f}" height="{height}" aria-labelledby="{name}-title {name}-desc" '
            f'font-family="sans-serif" font-size="{SIZE}">',
            f'<title id="{name}-title">{escape(title)}</title>',
            f'<desc id="{name}-desc">{escape(told)}</desc>',
            '<defs><marker id="procedure-tip" viewBox="0 0 8 8" refX="7" refY="4" markerWidth="8" '
            f'markerHeight="8" orient="auto"><path d="M0 0L8 4L0 8z" fill="{GREY}"/></marker></defs>',
            *self._ways_back(),
            *self._line(),
            *self._ways_out(),
            _text(24, height - 14, legend, GREY, anchor="start", size=SMALL),
            "</svg>",
        ]
        return "".join(parts)

    def _line(self) -> Iterable[str]:
        for stage in self.procedure.line:
            top = self._top(stage.name)
            yield self._box(stage, self.left, top)
            if said := self._onward(stage):
                yield _arrow(f"M{self.middle:.0f} {top + BOX}V{top + ROW - 2}")
                yield _text(self.middle + 8, top + BOX + 20, said, INK, anchor="start", size=SMALL)

    def _ways_back(self) -> Iterable[str]:
        for lane, column in self.lanes.items():
            x = self.left - LANE * (column + 1) + LANE / 4
            first, last = lane.span()
            # A lane's ticks stand a little lower or higher each, so that two lanes never share one.
            shift = 8 if column % 2 else -8
            for row in lane.sources:
                yield _stroke(f"M{self.left:.0f} {self._middle(row) + shift:.0f}H{x:.0f}")
            yield _stroke(f"M{x:.0f} {self._middle(first) + shift:.0f}V{self._middle(last) + shift:.0f}")
            yield _arrow(f"M{x:.0f} {self._middle(lane.target) + shift:.0f}H{self.left - 2:.0f}")
            yield _upright(x, (self._middle(first) + self._middle(last)) / 2, lane.text)

    def _ways_out(self) -> Iterable[str]:
        for stage in self.aside:
            sources = sorted({row for step in self._to(stage) for row in self._rows_of(step)})
            top = self._aside_top(sources)
            x, middle = self.beside, top + BOX / 2
            for row in sources:
                yield _stroke(f"M{self.right:.0f} {self._middle(row):.0f}H{x:.0f}V{middle:.0f}")
            if sources:
                yield _arrow(f"M{x:.0f} {middle:.0f}H{self.out - 2:.0f}")
                yield _text((x + self.out) / 2, middle - 7, self._way(stage), INK, size=SMALL)
            yield self._box(stage, self.out, top)
            onward = [step for step in self._at(stage) if step.to not in self.beyond]
            for number, step in enumerate(onward):
                said = f"{step.label[self.language]} → {self._target(step)}"
                yield _text(self.out, top + BOX + 16 + 15 * number, said, GREY, anchor="start", size=SMALL)
            yield from self._ways_beyond(stage, top)

    def _ways_beyond(self, aside: Stage, top: float) -> Iterable[str]:
        """Draw the stages that are reached from a stage aside alone, each beside it."""
        side = self.out + self.aside_wide
        x, middle = side + self.beyond_gap, top + BOX / 2
        for name in (name for name, at in self.beyond.items() if at == aside.name):
            stage = self.procedure.stages[name]
            yield _arrow(f"M{side:.0f} {middle:.0f}H{x - 2:.0f}")
            yield _text((side + x) / 2, middle - 7, self._way(stage), INK, size=SMALL)
            yield self._box(stage, x, top)

    def _lanes(self) -> list[_Lane]:
        """Sum up the steps that go neither on, nor aside, nor nowhere: one lane a label and target."""
        found: dict[tuple[str, int], list[int]] = {}
        for step in self.procedure.steps:
            target = self._usual(step)
            for row in self._rows_of(step):
                onward = self.procedure.onward(self.procedure.line[row].name)
                if target is not None and (onward is None or step.to != onward.to):
                    found.setdefault((self._backwards(step), target), []).append(row)
        return [_Lane(text, target, tuple(rows)) for (text, target), rows in found.items()]

    def _backwards(self, step: Step) -> str:
        label = step.label[self.language]
        return f"{label} *" if step.to == PASSED else label

    def _usual(self, step: Step) -> int | None:
        if step.to == PASSED:
            return self.rows.get(str(step.inputs["target"].default), 0)
        return self.rows.get(step.to)

    def _box(self, stage: Stage, x: float, top: float) -> str:
        now = stage.name == self.present
        dashes = ' stroke-dasharray="6 4"' if stage.skip else ""
        fill, ink, line = (RED, "#ffffff", RED) if now else ("#ffffff", INK, INK)
        mark = ' aria-current="step"' if now else ""
        wide = self.wide if stage.name in self.rows else self.aside_wide
        middle, stays = x + wide / 2, self._stays(stage)
        below = (SMALL + 3) * len(stays)
        first = top + (BOX - SIZE - below) / 2 + SIZE - 2
        shape = f'width="{wide:.0f}" height="{BOX}" rx="{BOX // 2 if stage.final else 4}"'
        return (
            f'<g data-stage="{escape(stage.name)}"{mark}>'
            f'<rect x="{x:.0f}" y="{top:.0f}" {shape} fill="{fill}" stroke="{line}"{dashes}/>'
            f"{_text(middle, first, self._counted(stage), ink)}"
            + "".join(
                _text(middle, first + (SMALL + 3) * n + 2, said, "#ffffff" if now else GREY, size=SMALL)
                for n, said in enumerate(stays, 1)
            )
            + "</g>"
        )

    def _comes_from_aside(self, stage: Stage) -> str | None:
        """Return the stage aside from which alone a stage is reached: the first of each such stage only."""
        sources = {name for step in self._to(stage) for name in step.stages}
        if len(sources) != 1 or sources & self.rows.keys():
            return None
        (source,) = sources
        known = self.procedure.stages.keys() - self.rows.keys()
        ends = [step.to for step in self._at(self.procedure.stages[source]) if step.to in known]
        return source if ends[0] == stage.name else None

    def _aside_top(self, sources: list[int]) -> float:
        return 16 + ROW * (sources[0] + sources[-1]) / 2 if sources else 16 + ROW * (len(self.rows) - 1)

    def _top(self, stage: str) -> int:
        return 16 + ROW * self.rows[stage]

    def _middle(self, row: int) -> float:
        return 16 + ROW * row + BOX / 2

    def _at(self, stage: Stage) -> list[Step]:
        return [step for step in self.procedure.steps if stage.name in step.stages]

    def _to(self, stage: Stage) -> list[Step]:
        return [step for step in self.procedure.steps if step.to == stage.name]

    def _rows_of(self, step: Step) -> list[int]:
        return [self.rows[name] for name in step.stages if name in self.rows]

    def _target(self, step: Step) -> str:
        if step.to in self.procedure.stages:
            return self._name(self.procedure.stages[step.to])
        return _WORDS[self.language]["passed"] if step.to == PASSED else "↻"

    def _way(self, stage: Stage) -> str:
        return self._labels(self._to(stage))

    def _stays(self, stage: Stage) -> list[str]:
        """Return the acts that stay at a stage, in lines of about the same length."""
        stays = [step for step in self._at(stage) if step.to == SAME]
        lines = -(-len(stays) // ABREAST)
        each = -(-len(stays) // lines) if lines else 1
        return [f"↻ {self._labels(stays[n : n + each])}" for n in range(0, len(stays), each)]

    def _onward(self, stage: Stage) -> str:
        onward = self.procedure.onward(stage.name)
        return self._labels(step for step in self._at(stage) if onward and step.to == onward.to)

    def _breadth(self, stage: Stage) -> float:
        return max(_width(self._counted(stage)), *(_width(said, SMALL) for said in self._stays(stage)), 0)

    def _labels(self, steps: Iterable[Step]) -> str:
        return " / ".join(dict.fromkeys(step.label[self.language] for step in steps))

    def _counted(self, stage: Stage) -> str:
        number = self.counts.get(stage.name)
        return f"{self._name(stage)} ({number})" if number else self._name(stage)

    def _name(self, stage: Stage) -> str:
        return stage.label[self.language]

    def _present(self) -> str:
        return self._name(self.procedure.stages[self.present]) if self.present else ""


def _packed(lanes: list[_Lane]) -> dict[_Lane, int]:
    """Give each lane the nearest column where it meets no other, short ones first."""
    columns: dict[_Lane, int] = {}
    for lane in sorted(lanes, key=lambda lane: lane.span()[1] - lane.span()[0]):
        top, bottom = lane.span()
        taken = {columns[other] for other in columns if other.span()[0] <= bottom and top <= other.span()[1]}
        columns[lane] = next(column for column in range(len(lanes)) if column not in taken)
    return columns


def _width(text: str, size: int = SIZE) -> float:
    """Estimate in pixels: a Chinese character is as wide as it is high."""
    return sum(size if ord(letter) > 0x2E80 else size * 0.58 for letter in text)


def _text(x: float, y: float, text: str, ink: str, *, anchor: str = "middle", size: int = SIZE) -> str:
    at = f'x="{x:.0f}" y="{y:.0f}"'
    return f'<text {at} text-anchor="{anchor}" font-size="{size}" fill="{ink}">{escape(text)}</text>'


def _upright(x: float, y: float, text: str) -> str:
    """Write down the page along a lane, on white so that the line does not run through it."""
    halo = 'stroke="#ffffff" stroke-width="6" paint-order="stroke"'
    return (
        f'<text x="{x:.0f}" y="{y:.0f}" writing-mode="vertical-rl" text-anchor="middle" '
        f'font-size="12" fill="{INK}" {halo}>{escape(text)}</text>'
    )


def _stroke(path: str) -> str:
    return f'<path d="{path}" fill="none" stroke="{GREY}"/>'


def _arrow(path: str) -> str:
    return f'<path d="{path}" fill="none" stroke="{GREY}" marker-end="url(#procedure-tip)"/>'
