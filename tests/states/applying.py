"""An application as a rule may meet it: everything is as it should be unless a test says otherwise."""

from dataclasses import dataclass, field

from states.applying import METHODS, Window

UNIT_ACCOUNT, BODY_ACCOUNT, ASSESSOR, OTHER_ASSESSOR = range(21, 25)


@dataclass
class Applied:
    applicants: tuple[int, ...] = (UNIT_ACCOUNT,)
    recommenders: tuple[int, ...] = (BODY_ACCOUNT,)
    has_recommending_body: bool = True
    assigned: dict[str, tuple[int, ...]] = field(
        default_factory=lambda: dict.fromkeys(METHODS, (ASSESSOR, OTHER_ASSESSOR))
    )
    left_to_score: int = 0
    methods: tuple[str, ...] = tuple(METHODS)
    window: Window = "open"
    opens_at: str = "2026-03-01 09:00"
    closes_at: str = "2026-03-31 18:00"
    grace_until: str | None = None
    begun_in_time: bool = True
    submitted: bool = False
    places_left: int | None = None
    replies_outstanding: tuple[str, ...] = ()
    frozen: bool = True
    notice_days: int = 5
    notice_last_day: str | None = "2026-05-08"
    open_objections: int = 0
    outcomes: frozenset[str] = frozenset()
    in_force: bool = True
    amendment_due: str | None = "2026-04-10 23:59"
    amendment_overdue: bool = True

    def assessors(self, method: str) -> tuple[int, ...]:
        return self.assigned.get(method, ())

    def unscored(self, person: int, method: str) -> int:
        return self.left_to_score
