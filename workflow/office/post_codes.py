"""Name the codes of posts: what the rules of procedures and the system's own rights know a post by."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

from states.reasons import Label

from ..installation import here

Where = Literal["office", "outside", "system"]


@dataclass(frozen=True)
class Code:
    """What a post of this code is called, and where it stands: in a unit of the office, outside, in none."""

    label: Label
    where: Where


CODES: Mapping[str, Code] = {
    "drafter": Code(Label(zh="拟稿人", en="Drafter"), "office"),
    "unit_head": Code(Label(zh="部门负责人", en="Head of a unit"), "office"),
    "office_clerk": Code(Label(zh="办公室文秘", en="Office clerk"), "office"),
    "deputy": Code(Label(zh="分管领导", en="Deputy head of the office"), "office"),
    "principal": Code(Label(zh="主要负责人", en="Head of the office"), "office"),
    "registrar": Code(Label(zh="登记员", en="Registrar"), "office"),
    "archivist": Code(Label(zh="档案员", en="Archivist"), "office"),
    "applicant": Code(Label(zh="申报单位联络员", en="Applicant"), "outside"),
    "recommender": Code(Label(zh="主管部门经办人", en="Recommender"), "outside"),
    "expert": Code(Label(zh="评审专家", en="Expert"), "outside"),
    "admin": Code(Label(zh="系统管理员", en="Administrator"), "system"),
    "auditor": Code(Label(zh="审计员", en="Auditor"), "system"),
}


def known() -> dict[str, Code]:
    """Return every code that a post may have: ours, and those that the office's own procedures name."""
    named = {code for procedure in here().procedures.values() for code in procedure.posts()}
    others = {code: Code(Label(zh=code, en=code), "office") for code in sorted(named - CODES.keys())}
    return {**CODES, **others}
