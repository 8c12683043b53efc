"""Say what an application (申报) consists of, and give its canonical text."""

import hashlib
import json
from dataclasses import asdict, dataclass, field
from typing import Any

from .sheet import FileRef


@dataclass(frozen=True)
class ApplyingUnit:
    """The unit that applies, as it stands on the 申报表."""

    name: str = ""
    credit_code: str = ""  # 统一社会信用代码
    nature: str = ""
    recommender: str = ""  # 主管部门
    legal_person: str = ""
    in_charge: str = ""  # 分管负责人
    staff: int | None = None
    members: int | None = None  # of the Party
    address: str = ""
    contact: str = ""
    phone: str = ""


@dataclass(frozen=True)
class HeldTitle:
    """A title that the unit holds already (现有称号); `number` is of the document that conferred it."""

    title: str
    level: str = ""
    term: str = ""
    number: str = ""
    date: str = ""  # as ISO has it


@dataclass(frozen=True)
class Answer:
    """What the unit says to one indicator; points are its own assessment, in hundredths."""

    indicator: str
    points: int | None = None
    statement: str = ""
    evidence: tuple[FileRef, ...] = ()

    def to_dict(self) -> dict[str, Any]:
        """Return the answer as JSON has it."""
        # Not by `asdict`, which copies whatever it meets: hundreds of answers are written at each saving.
        return {
            "indicator": self.indicator,
            "points": self.points,
            "statement": self.statement,
            "evidence": [dict(vars(file)) for file in self.evidence],
        }


@dataclass(frozen=True)
class ApplicationContent:
    """What a unit writes: nothing in it is the system's (scores, decisions, numbers).

    campaign is a public id, category a code; `called` is the category's name, for lists only.
    """

    campaign: str
    category: str
    unit: ApplyingUnit = ApplyingUnit()
    titles_held: tuple[HeldTitle, ...] = ()
    overview: str = ""  # 创建概况
    practice: str = ""  # 主要做法与成效
    highlights: str = ""  # 特色亮点
    honours: str = ""  # 近三年荣誉
    pledged: bool = False  # 负面清单承诺
    answers: tuple[Answer, ...] = ()
    signed_form: FileRef | None = None  # 盖章的申报表扫描件
    called: str = field(default="", compare=False)

    @property
    def type(self) -> str:
        return self.category

    @property
    def title(self) -> str:
        return f"{self.unit.name} 申报 {self.called or self.category}".strip()

    @property
    def urgency(self) -> None:
        return None

    @property
    def seal(self) -> bool:
        return False

    @property
    def agency(self) -> str:
        return ""

    @property
    def co_agencies(self) -> tuple[str, ...]:
        return ()

    @property
    def files(self) -> tuple[FileRef, ...]:
        """Return every file that the content refers to."""
        return tuple(file for _, file in self.placed_files())

    def placed_files(self) -> list[tuple[str, FileRef]]:
        """Return every file with the field at which it stands."""
        evidence = [
            (f"answers[{place}].evidence[{number}]", file)
            for place, answer in enumerate(self.answers)
            for number, file in enumerate(answer.evidence)
        ]
        return [*evidence, *([("signed_form", self.signed_form)] if self.signed_form else [])]

    def to_dict(self) -> dict[str, Any]:
        """Return the content as JSON has it."""
        found = {name: getattr(self, name) for name in _PLAIN}
        return {
            **found,
            "unit": asdict(self.unit),
            "titles_held": [asdict(title) for title in self.titles_held],
            "answers": [answer.to_dict() for answer in self.answers],
            "signed_form": asdict(self.signed_form) if self.signed_form else None,
        }

    def canonical(self) -> str:
        """Return the one text that is stored and hashed."""
        return json.dumps(self.to_dict(), ensure_ascii=False, sort_keys=True, separators=(",", ":"))

    def sha256(self) -> str:
        """Return the SHA-256 of the canonical text, in hex."""
        return hashlib.sha256(self.canonical().encode()).hexdigest()


_PLAIN = ("campaign", "category", "overview", "practice", "highlights", "honours", "pledged")


def parse_application(canonical: str) -> ApplicationContent:
    """Return the content of a canonical text as it was stored, whatever would be refused today."""
    data = json.loads(canonical)
    data["unit"] = ApplyingUnit(**data["unit"])
    data["titles_held"] = tuple(HeldTitle(**title) for title in data["titles_held"])
    data["answers"] = tuple(_answer(answer) for answer in data["answers"])
    data["signed_form"] = FileRef(**data["signed_form"]) if data["signed_form"] else None
    return ApplicationContent(**data)


def _answer(data: dict[str, Any]) -> Answer:
    return Answer(**{**data, "evidence": tuple(FileRef(**file) for file in data["evidence"])})
