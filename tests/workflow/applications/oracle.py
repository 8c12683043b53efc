"""Who may do what with an application and who sees it, written down by hand from the office's rules.

Nothing here is read from a procedure or from the code under test: where the two differ, one is wrong.
unit1 applies, recommended by body1; expert1 is assigned for every method from the stage of judging on. All
that steps wait for is there: scores, replies, a notice that is over, a title in force, an overdue correction.
expert2 judges another unit's application, in the same campaign.
"""

ROLES = {
    "unit1": "own unit",
    "unit1b": "own unit, another account",
    "unit2": "another unit",
    "unit3": "a unit that nobody recommends",
    "body1": "recommending body",
    "body2": "another recommending body",
    "expert1": "assigned expert",
    "expert2": "assessor of another application",
    "expert3": "other expert",
    "own_expert": "expert of the own unit",
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
NOBODY = "nobody"  # without a token
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
            draft            submit         recommendation   unit1 unit1b
            draft            abandon        withdrawn        unit1 unit1b
            recommendation   recommend      qualification    body1
            recommendation   send_back      draft            body1
            recommendation   decline        not_recommended  body1
            recommendation   abandon        withdrawn        unit1 unit1b
            qualification    qualify        material_review  clerk
            qualification    ask_amendment  amendment        clerk
            qualification    disqualify     disqualified     clerk
            qualification    abandon        withdrawn        unit1 unit1b
            amendment        resubmit       qualification    unit1 unit1b
            amendment        lapse          lapsed           clerk
            amendment        abandon        withdrawn        unit1 unit1b
            material_review  score          site_visit       expert1
            material_review  disqualify     disqualified     clerk
            material_review  abandon        withdrawn        unit1 unit1b
            site_visit       score          survey           expert1
            site_visit       disqualify     disqualified     clerk
            site_visit       abandon        withdrawn        unit1 unit1b
            survey           score          consultation     expert1
            survey           disqualify     disqualified     clerk
            survey           abandon        withdrawn        unit1 unit1b
            consultation     conclude       deliberation     clerk
            consultation     disqualify     disqualified     clerk
            consultation     abandon        withdrawn        unit1 unit1b
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

EDITORS = {"draft": {"unit1", "unit1b"}, "amendment": {"unit1", "unit1b"}}

ALWAYS = {"unit1", "unit1b"}
ONCE_SUBMITTED = {"body1", "clerk", "registrar", "deputy", "signatory", "archivist", "auditor"}
ONCE_ASSIGNED = {"expert1"}
BEFORE_JUDGING = ("recommendation", "qualification", "amendment")


# Two more places at the stage of 材料审核. unassigned: nobody judges it yet; it waits for the office, which
# may not go on without scores. half_judged: expert1 has handed in, expert2, who has it too, has not.
UNREADY = {("unassigned", "score"): {"clerk"}}
ASIDE = [
    ("unassigned", "score", "site_visit", ("clerk",)),
    ("unassigned", "disqualify", "disqualified", ("clerk",)),
    ("unassigned", "abandon", "withdrawn", ("unit1", "unit1b")),
    ("half_judged", "score", "site_visit", ("expert2",)),
    ("half_judged", "disqualify", "disqualified", ("clerk",)),
    ("half_judged", "abandon", "withdrawn", ("unit1", "unit1b")),
]
# An application that has come to its end stays with those who saw it: at which place, by which act.
ENDED = {
    "conferred": ("conferral", "confer"),
    "withdrawn": ("recommendation", "abandon"),
    "not_recommended": ("recommendation", "decline"),
    "disqualified": ("half_judged", "disqualify"),
    "lapsed": ("amendment", "lapse"),
    "declined": ("deliberation", "decline"),
    "struck_off": ("verification", "strike_off"),
    "not_conferred": ("conferral", "fail"),
}


def sees(place: str) -> set[str]:
    """Return who sees an application at a place of its line; for everybody else there is none."""
    place = ENDED[place][0] if place in ENDED else place
    if place == "draft":
        return set(ALWAYS)
    if place in (*BEFORE_JUDGING, "unassigned"):
        return ALWAYS | ONCE_SUBMITTED
    return ALWAYS | ONCE_SUBMITTED | ONCE_ASSIGNED | ({"expert2"} if place == "half_judged" else set())


def acts(place: str) -> set[str]:
    """Return the acts that are open at a place; any other is none of it."""
    return {act for at, act, _, _ in (*ACTS, *ASIDE) if at == place}


def may(role: str, place: str) -> set[str]:
    """Return the acts that somebody may take at a place."""
    return {act for at, act, _, who in (*ACTS, *ASIDE) if at == place and role in who}


def answer(role: str, place: str, act: str) -> int:
    """Return the status with which a try must be answered over HTTP."""
    if role == NOBODY:
        return 401
    if role not in sees(place):
        return 404
    if act not in acts(place):
        return 409
    if act not in may(role, place):
        return 403
    return 422 if role in UNREADY.get((place, act), ()) else 200


# Who can begin an application, and who a document that is issued.
APPLY = {"unit1", "unit1b", "unit2", "unit3"}
DRAFT = {"clerk", "registrar", "deputy", "signatory", "drafter", "unit_head", "archivist"}
