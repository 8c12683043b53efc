"""Who may do what and who sees what, written down by hand from the office's rules.

Nothing here is read from a procedure or from the code under test: where the two differ, one is wrong.
The document is urgent, sealed, and both countersigners were chosen; nobody but the actors has opened it.
"""

ACCOUNTS = (
    "drafter", "unit_head", "countersigner1", "countersigner2", "clerk", "deputy", "signatory",
    "registrar", "archivist", "admin", "auditor", "unit1", "unit2", "expert1", "expert2",
)  # fmt: skip
OFFICE = ACCOUNTS[:9]
NOBODY = "nobody"  # without a token

DRAFTERS = ("drafter", "unit_head", "clerk", "signatory")

# The way of a document, by who drafted it: stage, act, who takes it.
# 部门核稿 of what the head drafted goes to the leader in charge; 办公室 and 办领导 have no head to ask;
# what the 主任 drafted is signed by the deputy who stands in.
WAYS = {
    drafter: [tuple(line.split()) for line in way.strip().splitlines()]
    for drafter, way in {
        "drafter": """
            draft submit drafter
            unit_review approve unit_head
            countersign countersign countersigner1
            half_countersigned countersign countersigner2
            office_review approve clerk
            leader_review approve deputy
            signing sign signatory
            checking check clerk
            registration register registrar
            printing send_to_print registrar
            frozen finish_printing registrar
            sealing seal registrar
            dispatch issue registrar
            issued archive archivist
        """,
        "unit_head": """
            draft submit unit_head
            unit_review approve deputy
            countersign countersign countersigner1
            half_countersigned countersign countersigner2
            office_review approve clerk
            leader_review approve deputy
            signing sign signatory
            checking check clerk
            registration register registrar
            printing send_to_print registrar
            frozen finish_printing registrar
            sealing seal registrar
            dispatch issue registrar
            issued archive archivist
        """,
        "clerk": """
            draft submit clerk
            countersign countersign countersigner1
            half_countersigned countersign countersigner2
            office_review approve clerk
            leader_review approve deputy
            signing sign signatory
            checking check clerk
            registration register registrar
            printing send_to_print registrar
            frozen finish_printing registrar
            sealing seal registrar
            dispatch issue registrar
            issued archive archivist
        """,
        "signatory": """
            draft submit signatory
            countersign countersign countersigner1
            half_countersigned countersign countersigner2
            office_review approve clerk
            leader_review approve deputy
            signing sign deputy
            checking check clerk
            registration register registrar
            printing send_to_print registrar
            frozen finish_printing registrar
            sealing seal registrar
            dispatch issue registrar
            issued archive archivist
        """,
    }.items()
}
ASIDE = {"terminated": ("draft", "terminate"), "voided": ("registration", "void")}

# stage, step, and who may take it when drafted by: the drafter | the unit head | the clerk | the signatory.
# `-` nobody. `name?` is the right one, but the document is not ready (422). No line: no such step (409).
STEPS = """
draft              submit               drafter       | unit_head     | clerk         | signatory
draft              terminate            drafter       | unit_head     | clerk         | signatory
unit_review        approve              unit_head     | deputy        | -             | -
unit_review        send_back            unit_head     | deputy        | -             | -
unit_review        withdraw             drafter       | unit_head     | -             | -
countersign        countersign          C1 C2         | C1 C2         | C1 C2         | C1 C2
countersign        send_back            C1 C2         | C1 C2         | C1 C2         | C1 C2
unit_review        transfer             unit_head     | deputy?       | -             | -
countersign        add_signer           C1 C2         | C1 C2         | C1 C2         | C1 C2
countersign        transfer             C1 C2         | C1 C2         | C1 C2         | C1 C2
countersign        remove_signer        drafter clerk | unit_head clerk | clerk       | signatory clerk
countersign        withdraw             drafter?      | unit_head?    | clerk         | signatory
half_countersigned countersign          C2            | C2            | C2            | C2
half_countersigned send_back            C2            | C2            | C2            | C2
half_countersigned add_signer           C2            | C2            | C2            | C2
half_countersigned transfer             C2            | C2            | C2            | C2
half_countersigned remove_signer        drafter clerk | unit_head clerk | clerk       | signatory clerk
half_countersigned withdraw             drafter?      | unit_head?    | clerk?        | signatory?
office_review      approve              clerk         | clerk         | clerk         | clerk
office_review      send_back            clerk         | clerk         | clerk         | clerk
office_review      add_signer           clerk         | clerk         | clerk         | clerk
office_review      transfer             clerk?        | clerk?        | clerk?        | clerk?
office_review      remove_signer        drafter? clerk? | unit_head? clerk? | clerk?    | signatory? clerk?
office_review      withdraw             drafter?      | unit_head?    | clerk?        | signatory?
leader_review      approve              deputy        | deputy        | deputy        | deputy
leader_review      send_back            deputy        | deputy        | deputy        | deputy
leader_review      add_signer           deputy        | deputy        | deputy        | deputy
leader_review      transfer             deputy?       | deputy?       | deputy?       | deputy?
leader_review      remove_signer        drafter? clerk? | unit_head? clerk? | clerk?    | signatory? clerk?
leader_review      defer                deputy        | deputy        | deputy        | deputy
leader_review      resume               deputy?       | deputy?       | deputy?       | deputy?
leader_review      ask_drafter          deputy        | deputy        | deputy        | deputy
leader_review      answer               drafter?      | unit_head?    | clerk?        | signatory?
signing            sign                 signatory     | signatory     | signatory     | deputy
signing            sign_with_correction signatory     | signatory     | signatory     | deputy
signing            ask_signer           signatory     | signatory     | signatory     | deputy?
signing            defer                signatory     | signatory     | signatory     | deputy
signing            resume               signatory?    | signatory?    | signatory?    | deputy?
signing            ask_drafter          signatory     | signatory     | signatory     | deputy
signing            answer               drafter?      | unit_head?    | clerk?        | signatory?
signing            refuse               signatory     | signatory     | signatory     | deputy
signing            send_back            signatory     | signatory     | signatory     | deputy
checking           check                clerk         | clerk         | clerk         | clerk
checking           send_back            clerk         | clerk         | clerk         | clerk
registration       register             registrar     | registrar     | registrar     | registrar
registration       send_back            registrar     | registrar     | registrar     | registrar
registration       void                 R S           | R S           | R S           | R S
printing           send_to_print        registrar     | registrar     | registrar     | registrar
printing           finish_printing      registrar?    | registrar?    | registrar?    | registrar?
printing           send_back            registrar     | registrar     | registrar     | registrar
printing           void                 R S           | R S           | R S           | R S
frozen             send_to_print        registrar?    | registrar?    | registrar?    | registrar?
frozen             finish_printing      registrar     | registrar     | registrar     | registrar
frozen             send_back            registrar     | registrar     | registrar     | registrar
frozen             void                 R S           | R S           | R S           | R S
sealing            seal                 registrar     | registrar     | registrar     | registrar
sealing            send_back            registrar     | registrar     | registrar     | registrar
sealing            void                 R S           | R S           | R S           | R S
dispatch           issue                registrar     | registrar     | registrar     | registrar
dispatch           void                 R S           | R S           | R S           | R S
issued             archive              archivist     | archivist     | archivist     | archivist
"""
_SHORT = {"C1": "countersigner1", "C2": "countersigner2", "R": "registrar", "S": "signatory", "-": ""}

# stage, and who sees the document when drafted by: the drafter | the unit head | the clerk | the signatory.
# OFFICE: clerk, registrar, deputy, signatory. BOTH: the countersigners. ALL: the nine people of the office.
SIGHT = """
draft              drafter                  | unit_head             | clerk       | signatory
terminated         drafter                  | unit_head             | clerk       | signatory
unit_review        drafter unit_head OFFICE | unit_head OFFICE      | -           | -
countersign        drafter unit_head OFFICE BOTH | unit_head OFFICE BOTH | OFFICE BOTH | OFFICE BOTH
half_countersigned drafter unit_head OFFICE BOTH | unit_head OFFICE BOTH | OFFICE BOTH | OFFICE BOTH
office_review      drafter unit_head OFFICE BOTH | unit_head OFFICE BOTH | OFFICE BOTH | OFFICE BOTH
leader_review      drafter unit_head OFFICE BOTH | unit_head OFFICE BOTH | OFFICE BOTH | OFFICE BOTH
signing            drafter unit_head OFFICE BOTH | unit_head OFFICE BOTH | OFFICE BOTH | OFFICE BOTH
checking           drafter unit_head OFFICE BOTH | unit_head OFFICE BOTH | OFFICE BOTH | OFFICE BOTH
registration       drafter unit_head OFFICE BOTH | unit_head OFFICE BOTH | OFFICE BOTH | OFFICE BOTH
printing           drafter unit_head OFFICE BOTH | unit_head OFFICE BOTH | OFFICE BOTH | OFFICE BOTH
frozen             drafter unit_head OFFICE BOTH | unit_head OFFICE BOTH | OFFICE BOTH | OFFICE BOTH
sealing            drafter unit_head OFFICE BOTH | unit_head OFFICE BOTH | OFFICE BOTH | OFFICE BOTH
dispatch           drafter unit_head OFFICE BOTH | unit_head OFFICE BOTH | OFFICE BOTH | OFFICE BOTH
voided             drafter unit_head OFFICE BOTH | unit_head OFFICE BOTH | OFFICE BOTH | OFFICE BOTH
issued             ALL                      | ALL                   | ALL         | ALL
archived           ALL                      | ALL                   | ALL         | ALL
"""
_GROUPS = {
    "OFFICE": {"clerk", "registrar", "deputy", "signatory"},
    "BOTH": {"countersigner1", "countersigner2"},
    "ALL": set(OFFICE),
    "-": set(),
}

# What each of them sees of a document that nobody was asked to countersign.
READERS = {
    "draft": {"drafter"},
    "under way": {"drafter", "unit_head", "clerk", "registrar", "deputy", "signatory"},
    "issued": set(OFFICE),
    "restricted": {"drafter", "unit_head", "clerk", "registrar", "deputy", "signatory", "archivist"},
}

_ELSEWHERE = ("enter_co_signature", "teleport", "skip")  # the first is for joint documents alone
ACTIONS = (*dict.fromkeys(line.split()[1] for line in STEPS.strip().splitlines()), *_ELSEWHERE)

# Every call of the API and whom it lets in. A call that is not here fails a test.
OPEN, ANY_TOKEN, WHO_SEES = "open", "any token", "those who see the document"
CALLS = {
    "POST /api/v1/tokens": OPEN,
    "GET /api/v1/openapi.json": OPEN,
    "POST /api/v1/documents": ANY_TOKEN,
    "GET /api/v1/documents": ANY_TOKEN,
    "GET /api/v1/tasks": ANY_TOKEN,
    "GET /api/v1/register": ANY_TOKEN,
    "GET /api/v1/archive": ANY_TOKEN,
    "GET /api/v1/documents/<id>": WHO_SEES,
    "PUT /api/v1/documents/<id>/content": WHO_SEES,
    "POST /api/v1/documents/<id>/actions/<name>": WHO_SEES,
    "POST /api/v1/documents/<id>/points/<n>": WHO_SEES,
    "POST /api/v1/documents/<id>/urgings": WHO_SEES,
    "GET /api/v1/documents/<id>/circulations": WHO_SEES,
    "POST /api/v1/documents/<id>/circulations": WHO_SEES,
    "POST /api/v1/documents/<id>/circulations/<n>/read": WHO_SEES,
    "POST /api/v1/documents/<id>/circulations/<n>/answer": WHO_SEES,
    "POST /api/v1/documents/<id>/undo": WHO_SEES,
    "GET /api/v1/documents/<id>/movements": WHO_SEES,
    "GET /api/v1/documents/<id>/revisions": WHO_SEES,
    "GET /api/v1/documents/<id>/files/<format>": WHO_SEES,
    "GET /api/v1/documents/<id>/attachments/<n>": WHO_SEES,
    "GET /api/v1/documents/<id>/references/<n>": WHO_SEES,
    "GET /api/v1/documents/<id>/pictures/<n>": WHO_SEES,
    "POST /api/v1/files": ANY_TOKEN,
}

# Who may change the text in place, by stage; the other two columns are those of the ways above.
EDITORS = """
draft              drafter       | unit_head     | clerk         | signatory
unit_review        unit_head     | deputy        | -             | -
office_review      clerk         | clerk         | clerk         | clerk
leader_review      deputy        | deputy        | deputy        | deputy
signing            signatory     | signatory     | signatory     | deputy
checking           clerk         | clerk         | clerk         | clerk
printing           registrar     | registrar     | registrar     | registrar
frozen             registrar     | registrar     | registrar     | registrar
"""
EDIT = "edit"


def _cells(line: str) -> list[str]:
    return [cell.strip() for cell in line.split("|")]


def may(drafter: str, stage: str) -> dict[str, dict[str, bool]]:
    """Return the steps of a stage, with who may take them and whether the document is ready for it."""
    found: dict[str, dict[str, bool]] = {}
    for line in STEPS.strip().splitlines():
        at, action, rest = line.split(maxsplit=2)
        if at == stage:
            found[action] = _people(_cells(rest)[DRAFTERS.index(drafter)])
    return found


def editors(drafter: str, stage: str) -> set[str]:
    """Return who may change the text at a stage."""
    for line in EDITORS.strip().splitlines():
        at, rest = line.split(maxsplit=1)
        if at == stage:
            return set(_people(_cells(rest)[DRAFTERS.index(drafter)]))
    return set()


# What is not among what somebody delegates: a drafter's own steps, what goes by post and not by the stage,
# handing on (that would be delegating on), and sign-off, unless the delegate signs by their own post or it
# is said.
NOT_DELEGATED = {"submit", "terminate", "withdraw", "void", "remove_signer", "transfer", "answer"}
SIGNERS = {"signatory", "deputy"}


def by_delegation(drafter: str, stage: str, principal: str, delegate: str) -> set[str]:
    """Return the steps that a delegate may take for a principal, the document being ready."""
    if delegate == drafter or (stage == "signing" and delegate not in SIGNERS):
        return set()
    steps = may(drafter, stage)
    return {action for action in steps.keys() - NOT_DELEGATED if steps[action].get(principal)}


# A colleague to whom a document of the drafter came otherwise than by a post: how, at which stage, from
# whom, to whom; then what the colleague may do, and what the one from whom it came may still do. `name?` is
# the right one, but it is not ready. What only a post gives (void) and what is the drafter's stays theirs.
# delegate: 委托, whoever delegated keeps all. asked: 加签, whoever asked waits for the opinion and may take
# the colleague off again. handed_on: 转办, it is the colleague's alone. handed_over: 工作交接, the post stays
# with its holder, who may still act by it.
RELATED = """
delegate unit_review unit_head archivist          | approve send_back | approve send_back transfer
delegate countersign countersigner1 archivist     | countersign send_back add_signer | countersign send_back add_signer transfer
delegate office_review clerk archivist            | approve send_back add_signer | approve send_back add_signer transfer? remove_signer?
delegate signing signatory archivist              | - | sign sign_with_correction ask_signer defer resume? ask_drafter refuse send_back
delegate checking clerk archivist                 | check send_back | check send_back
delegate registration registrar archivist         | register send_back | register send_back void
drafter_as_delegate unit_review unit_head drafter | withdraw | approve send_back transfer
asked countersign countersigner1 archivist        | countersign send_back add_signer transfer | remove_signer
asked office_review clerk archivist               | approve send_back add_signer transfer? | remove_signer
handed_on unit_review unit_head deputy            | approve send_back transfer? | -
handed_on countersign countersigner1 archivist    | countersign send_back add_signer transfer | -
handed_over countersign countersigner1 archivist  | countersign send_back add_signer transfer | -
handed_over office_review clerk archivist         | approve send_back add_signer transfer? | approve send_back add_signer transfer? remove_signer?
handed_over registration registrar archivist      | register send_back | register send_back void
"""  # noqa: E501


def related_places() -> list[tuple[str, str]]:
    return [tuple(line.split()[:2]) for line in RELATED.strip().splitlines()]  # type: ignore[misc]


def _related(relation: str, stage: str) -> str:
    return next(line for line in RELATED.strip().splitlines() if line.split()[:2] == [relation, stage])


def between(relation: str, stage: str) -> tuple[str, str]:
    """Return from whom a document came, and to whom."""
    giver, colleague = _related(relation, stage).partition("|")[0].split()[2:]
    return giver, colleague


def related_answer(relation: str, stage: str, action: str, who: str) -> int:
    """Return the status with which a try must be answered once a document came to somebody so."""
    giver, colleague = between(relation, stage)
    if who not in (giver, colleague):
        return 404
    cell = _cells(_related(relation, stage))[1 if who == colleague else 2]
    if cell == "-" and who not in sees("drafter", stage):
        return 404
    if action not in may("drafter", stage):
        return 409
    steps = _people(cell)
    if action not in steps:
        return 403
    return 200 if steps[action] else 422


def _people(cell: str) -> dict[str, bool]:
    names = {word.rstrip("?"): not word.endswith("?") for word in cell.split()}
    return {_SHORT.get(name, name): ready for name, ready in names.items() if _SHORT.get(name, name)}


def sees(drafter: str, stage: str) -> set[str]:
    """Return who sees the document at a stage."""
    for line in SIGHT.strip().splitlines():
        at, rest = line.split(maxsplit=1)
        if at == stage:
            words = _cells(rest)[DRAFTERS.index(drafter)].split()
            return set().union(*(_GROUPS.get(word, {word}) for word in words))
    raise KeyError(stage)


def answer(drafter: str, stage: str, action: str, who: str) -> int:
    """Return the status with which a try must be answered."""
    if who == NOBODY:
        return 401
    if who not in sees(drafter, stage):
        return 404
    steps = may(drafter, stage)
    if action not in steps:
        return 409
    if who not in steps[action]:
        return 403
    return 200 if steps[action][who] else 422
