"""Applications (申报) as the rules see them: who applies, recommends and judges, what is awaited."""

from typing import Literal, Protocol

from .reasons import Label

Window = Literal["before", "open", "grace", "closed"]
METHODS = {
    "material": Label(zh="材料审核", en="Material"),
    "site": Label(zh="实地考察", en="Site visit"),
    "survey": Label(zh="第三方测评与问卷", en="Survey"),
}
ELIGIBILITY = "eligibility"  # a ground for disqualifying beside the items of the negative list


class Applying(Protocol):
    """An application as the rules see it. People are named by their ids, moments as people read them."""

    @property
    def applicants(self) -> tuple[int, ...]:
        """Return the active accounts of the unit that applies."""
        ...

    @property
    def recommenders(self) -> tuple[int, ...]:
        """Return the active accounts of the body that recommends the unit."""
        ...

    @property
    def has_recommending_body(self) -> bool:
        """Tell whether a body recommends the unit at all."""
        ...

    def assessors(self, method: str) -> tuple[int, ...]:
        """Return the active people who are to judge the application by a method."""
        ...

    def unscored(self, person: int, method: str) -> int:
        """Return how many indicators somebody has still to score by a method."""
        ...

    @property
    def methods(self) -> tuple[str, ...]:
        """Return the methods by which the campaign judges."""
        ...

    @property
    def window(self) -> Window:
        """Return how the moment stands to the campaign's hours."""
        ...

    @property
    def opens_at(self) -> str: ...

    @property
    def closes_at(self) -> str: ...

    @property
    def grace_until(self) -> str | None:
        """Return until when what was begun before closing may be submitted, where the campaign says so."""
        ...

    @property
    def begun_in_time(self) -> bool: ...

    @property
    def submitted(self) -> bool:
        """Tell whether the application was submitted before, and came back since."""
        ...

    @property
    def places_left(self) -> int | None:
        """Return how many more the body may recommend, None where nobody counts."""
        ...

    @property
    def replies_outstanding(self) -> tuple[str, ...]:
        """Return the consulted bodies that have not answered and are still waited for."""
        ...

    @property
    def frozen(self) -> bool:
        """Tell whether the scores stand as they were at deliberation."""
        ...

    @property
    def notice_days(self) -> int: ...

    @property
    def notice_last_day(self) -> str | None:
        """Return the last day of the public notice that lists the application, as ISO has it."""
        ...

    @property
    def open_objections(self) -> int: ...

    @property
    def outcomes(self) -> frozenset[str]:
        """Return what the objections that were answered came to: unfounded, upheld."""
        ...

    @property
    def in_force(self) -> bool:
        """Tell whether the title to which the application led is in force."""
        ...

    @property
    def amendment_due(self) -> str | None:
        """Return until when the correction that was asked for is awaited."""
        ...

    @property
    def amendment_overdue(self) -> bool: ...
