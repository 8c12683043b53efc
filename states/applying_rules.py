"""Rules of applications (申报): who acts on one, on what conditions, which stages it passes over."""

from collections.abc import Callable, Mapping

from .applying import ELIGIBILITY, METHODS, Applying
from .case import Case
from .reasons import Label, Reason

Reasons = tuple[Reason, ...]
MET: Reasons = ()


def applicant(case: Case) -> tuple[int, ...]:
    """Name the accounts of the unit that applies."""
    return case.applying.applicants if case.applying else ()


def recommender(case: Case) -> tuple[int, ...]:
    """Name the accounts of the body that recommends the unit (主管部门)."""
    return case.applying.recommenders if case.applying else ()


def assessors(case: Case, method: str) -> tuple[int, ...]:
    """Name those who are to judge by a method."""
    return case.applying.assessors(method) if case.applying else ()


def campaign_accepts(case: Case) -> Reasons:
    """Refuse to submit outside the campaign's hours; what came in before and was sent back may come again."""
    at = case.applying
    return MET if at is None or at.submitted else outside_hours(at)


def outside_hours(at: Applying) -> Reasons:
    """Return why a campaign takes nothing now: the moment at which an act is carried out counts.

    What was begun before closing may come in within the minutes that the campaign gives, where it gives any.
    """
    if at.window == "open":
        return MET
    if at.window == "before":
        opens: dict[str, str | Label] = {"moment": at.opens_at}
        return (Reason("The campaign accepts applications from %(moment)s", opens),)
    known: dict[str, str | Label] = {"moment": at.closes_at}
    if at.grace_until is None:
        return (
            Reason(
                "The campaign closed at %(moment)s: what counts is when an act is carried out here", known
            ),
        )
    known["until"] = at.grace_until
    if not at.begun_in_time:
        return (
            Reason(
                "The campaign closed at %(moment)s;"
                " until %(until)s it takes only what was begun before closing",
                known,
            ),
        )
    if at.window == "grace":
        return MET
    return (
        Reason(
            "The campaign closed at %(moment)s, and what was begun before could be submitted until %(until)s:"
            " what counts is when a submission is carried out here",
            known,
        ),
    )


def within_quota(case: Case) -> Reasons:
    """Refuse to recommend more than the body has places for."""
    left = case.applying.places_left if case.applying else None
    if left is None or left > 0:
        return MET
    return (Reason("All places that this body may recommend for are taken"),)


def ground_is_proved(case: Case) -> Reasons:
    """Refuse an item of the negative list without the file that proves it (一票否决)."""
    given = case.inputs
    if given.get("item") in (None, "", ELIGIBILITY) or given.get("evidence"):
        return MET
    return (Reason("A ground of the negative list needs the file that proves it"),)


def assessors_are_assigned(case: Case, method: str) -> Reasons:
    """Refuse to score while nobody is assigned."""
    if assessors(case, method):
        return MET
    return (Reason("No assessor is assigned for %(method)s yet", {"method": METHODS[method]}),)


def own_scores_are_complete(case: Case, method: str) -> Reasons:
    """Refuse to hand in a sheet on which an indicator has no score."""
    left = case.applying.unscored(case.actor, method) if case.applying and case.actor is not None else 0
    if not left:
        return MET
    return (Reason("%(count)s indicators are not scored yet", {"count": str(left)}),)


def replies_are_in(case: Case) -> Reasons:
    """Refuse to conclude while a consulted body is waited for; each is named."""
    bodies = case.applying.replies_outstanding if case.applying else ()
    return tuple(Reason("The reply of %(body)s is awaited", {"body": body}) for body in bodies)


def scores_are_frozen(case: Case) -> Reasons:
    """Refuse to decide on scores that may still change."""
    if case.applying is None or case.applying.frozen:
        return MET
    return (Reason("The scores are not frozen yet"),)


def notice_is_over(case: Case) -> Reasons:
    """Refuse to go on before the last day of the public notice is over (公示期满)."""
    if case.applying is None:
        return MET
    last = case.applying.notice_last_day
    if last is None:
        return (Reason("The application is on no public notice yet"),)
    if case.today > last:
        return MET
    return (Reason("The public notice runs until %(day)s", {"day": last}),)


def no_open_objection(case: Case) -> Reasons:
    """Refuse while an objection is not answered."""
    count = case.applying.open_objections if case.applying else 0
    if not count:
        return MET
    return (Reason("%(count)s objections are not answered yet", {"count": str(count)}),)


def no_objection_is_upheld(case: Case) -> Reasons:
    """Refuse to keep on the list what an objection that proved right is about."""
    if case.applying is None or "upheld" not in case.applying.outcomes:
        return MET
    return (Reason("An objection proved right: the application is struck off"),)


def an_objection_is_upheld(case: Case) -> Reasons:
    """Refuse to strike off although every objection proved unfounded; without one the office may."""
    if case.applying is None or case.applying.outcomes != {"unfounded"}:
        return MET
    return (Reason("Every objection proved unfounded: the application stays on the list"),)


def titles_are_in_force(case: Case) -> Reasons:
    """Refuse to conclude with success before the document that confers is issued or registered."""
    if case.applying is None or case.applying.in_force:
        return MET
    return (Reason("The document that confers the title is not in force yet"),)


def amendment_is_overdue(case: Case) -> Reasons:
    """Refuse to give up on a correction before its time is over."""
    if case.applying is None or case.applying.amendment_overdue:
        return MET
    due: dict[str, str | Label] = {"moment": case.applying.amendment_due or ""}
    return (Reason("The correction is awaited until %(moment)s", due),)


def no_recommending_body(case: Case, here: object) -> Reason | None:
    """Pass over the recommendation of a unit that no body recommends."""
    if case.applying is None or case.applying.has_recommending_body:
        return None
    return Reason("No body recommends this unit")


def not_a_method(case: Case, here: object, method: str) -> Reason | None:
    """Pass over a method by which the campaign does not judge."""
    if case.applying is None or method in case.applying.methods:
        return None
    return Reason("The campaign does not judge by %(method)s", {"method": METHODS[method]})


def no_public_notice(case: Case, here: object) -> Reason | None:
    """Pass over the public notice of a campaign that has none."""
    if case.applying is None or case.applying.notice_days:
        return None
    return Reason("The campaign has no public notice")


CONDITIONS: tuple[Callable[..., Reasons], ...] = (
    campaign_accepts,
    within_quota,
    ground_is_proved,
    assessors_are_assigned,
    own_scores_are_complete,
    replies_are_in,
    scores_are_frozen,
    notice_is_over,
    no_open_objection,
    no_objection_is_upheld,
    an_objection_is_upheld,
    titles_are_in_force,
    amendment_is_overdue,
)
SKIPS: tuple[Callable[..., Reason | None], ...] = (no_recommending_body, not_a_method, no_public_notice)
PEOPLE: Mapping[str, Callable[..., tuple[int, ...]]] = {
    rule.__name__: rule for rule in (applicant, recommender, assessors)
}
WORDS = {
    rule.__name__: frozenset(METHODS)
    for rule in (assessors, not_a_method, assessors_are_assigned, own_scores_are_complete)
}
MEANT = {
    "applicant": Reason("This step is for the unit that applies"),
    "recommender": Reason("This step is for the body that recommends the unit"),
    "assessors": Reason("This step is for those who are assigned to judge the application"),
}
