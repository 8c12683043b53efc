"""A small made-up office for documents under way."""

from dataclasses import dataclass, field

from states.delegated import Delegated

DRAFTER, HEAD, CLERK, DEPUTY, PRINCIPAL, REGISTRAR, ARCHIVIST, FIRST, SECOND, OUTSIDER = range(1, 11)
UNIT = 70
AGENCY = 7

EFFECTS = frozenset(
    {
        "choose_countersigners",
        "add_signer",
        "remove_signer",
        "transfer",
        "void_number",
        "sign_off",
        "state_correction",
        "ask_signer",
        "keep_points",
        "defer",
        "resume",
        "refuse",
        "ask_drafter",
        "answer_question",
        "keep_co_signature",
        "take_number",
        "freeze_file",
        "keep_proof_ticks",
        "publish",
        "file_away",
        "submit_application",
        "take_place",
        "ask_amendment",
        "answer_amendment",
        "keep_ground",
        "end_application",
        "list_candidate",
        "turn_down",
        "hand_in",
    }
)


@dataclass
class Office:
    """A directory that is a few tables."""

    posts: dict[str, tuple[int, ...]] = field(
        default_factory=lambda: {
            "office_clerk": (CLERK,),
            "deputy": (DEPUTY,),
            "principal": (PRINCIPAL,),
            "registrar": (REGISTRAR,),
            "archivist": (ARCHIVIST,),
        }
    )
    heads_of: dict[int, tuple[int, ...]] = field(default_factory=lambda: {UNIT: (HEAD,)})
    leaders_of: dict[int, tuple[int, ...]] = field(default_factory=lambda: {UNIT: (DEPUTY,)})
    signers_of: dict[tuple[int, str], tuple[int, ...]] = field(default_factory=dict)
    gone: set[int] = field(default_factory=set)
    delegated: tuple[Delegated, ...] = ()

    def holders(self, post: str) -> tuple[int, ...]:
        return self.posts.get(post, ())

    def heads(self, unit: int) -> tuple[int, ...]:
        return self.heads_of.get(unit, ())

    def leaders(self, unit: int) -> tuple[int, ...]:
        return self.leaders_of.get(unit, ())

    def signers(self, agency: int, type: str, upward: bool) -> tuple[int, ...]:
        return self.signers_of.get((agency, type), ())

    def active(self, people: tuple[int, ...]) -> tuple[int, ...]:
        return tuple(person for person in people if person not in self.gone)

    def delegations(self) -> tuple[Delegated, ...]:
        return self.delegated
