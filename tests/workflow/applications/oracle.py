"""Who may do what with an application and who sees it, written down by hand from the office's rules.

Nothing here is read from a procedure or from the code under test: where the two differ, one is wrong.
unit1 applies, recommended by body1; expert1 is assigned for every method from the stage of judging on. All
that steps wait for is there: scores, replies, a notice that is over, a title in force, an overdue correction.
"""

ROLES = {
    "unit1": "own unit",
    "unit2": "another unit",
    "unit3": "a unit that nobody recommends",
    "body1": "recommending body",
    "body2": "another recommending body",
    "expert1": "assigned expert",
    "expert3": "other expert",
    "clerk": "office clerk",
    "registrar": "registrar",
    "deputy": "leader",
    "signatory": "head of the office",
    "drafter": "drafter of notices",
    "unit_head": "head of a unit of the office",
    "archivist": "archivist",
    "admin": "administrator",
    "auditor": "auditor",
}
STAGES = (
    "draft", "recommendation", "qualification", "amendment", "material_review", "site_visit", "survey",
    "consultation", "deliberation", "public_notice", "verification", "conferral",
)  # fmt: skip
FINALS = (
    "conferred", "withdrawn", "not_recommended", "disqualified", "lapsed", "declined", "struck_off",
    "not_conferred",
)  # fmt: skip

# stage, act, where it leads, who takes it
ACTS = [
    (stage, act, to, tuple(who))
    for stage, act, to, *who in (
        line.split()
        for line in """
            draft            submit         recommendation   unit1
            draft            abandon        withdrawn        unit1
            recommendation   recommend      qualification    body1
            recommendation   send_back      draft            body1
            recommendation   decline        not_recommended  body1
            recommendation   abandon        withdrawn        unit1
            qualification    qualify        material_review  clerk
            qualification    ask_amendment  amendment        clerk
            qualification    disqualify     disqualified     clerk
            qualification    abandon        withdrawn        unit1
            amendment        resubmit       qualification    unit1
            amendment        lapse          lapsed           clerk
            amendment        abandon        withdrawn        unit1
            material_review  score          site_visit       expert1
            material_review  disqualify     disqualified     clerk
            material_review  abandon        withdrawn        unit1
            site_visit       score          survey           expert1
            site_visit       disqualify     disqualified     clerk
            site_visit       abandon        withdrawn        unit1
            survey           score          consultation     expert1
            survey           disqualify     disqualified     clerk
            survey           abandon        withdrawn        unit1
            consultation     conclude       deliberation     clerk
            consultation     disqualify     disqualified     clerk
            consultation     abandon        withdrawn        unit1
            deliberation     nominate       public_notice    clerk
            deliberation     decline        declined         clerk
            public_notice    confirm        conferral        clerk
            public_notice    verify         verification     clerk
            verification     uphold         public_notice    clerk
            verification     strike_off     struck_off       clerk
            conferral        confer         conferred        clerk registrar
            conferral        fail           not_conferred    clerk
        """.strip().splitlines()
    )
]

# What an act asks for besides being taken; a comment where it must say why.
INPUTS = {
    "send_back": {"comment": "请补充佐证。"},
    "decline": {"comment": "不符合推荐要求。"},
    "ask_amendment": {"comment": "请补充第1.1项佐证。"},
    "disqualify": {"comment": "不符合申报条件。", "item": "eligibility"},
    "uphold": {"comment": "经核查不属实。"},
    "strike_off": {"comment": "经核查属实。"},
    "fail": {"comment": "未予命名。"},
}
COMMENT_REQUIRED = set(INPUTS)

EDITORS = {"draft": {"unit1"}, "amendment": {"unit1"}}

ALWAYS = {"unit1"}
ONCE_SUBMITTED = {"body1", "clerk", "registrar", "deputy", "signatory", "archivist", "auditor"}
ONCE_ASSIGNED = {"expert1"}
BEFORE_JUDGING = ("recommendation", "qualification", "amendment")


def sees(stage: str) -> set[str]:
    """Return who sees an application at a stage of its line; for everybody else there is none."""
    if stage == "draft":
        return set(ALWAYS)
    if stage in BEFORE_JUDGING:
        return ALWAYS | ONCE_SUBMITTED
    return ALWAYS | ONCE_SUBMITTED | ONCE_ASSIGNED


def acts(stage: str) -> set[str]:
    """Return the acts that are open at a stage; any other is none of it."""
    return {act for at, act, _, _ in ACTS if at == stage}


def may(role: str, stage: str) -> set[str]:
    """Return the acts that somebody may take at a stage."""
    return {act for at, act, _, who in ACTS if at == stage and role in who}


# Who can begin an application, and who a document that is issued.
APPLY = {"unit1", "unit2", "unit3"}
DRAFT = {"clerk", "registrar", "deputy", "signatory", "drafter", "unit_head", "archivist"}
