"""Say who acts for whom at a stage: by what is delegated (委托), never by what was delegated to oneself."""

from collections.abc import Sequence

from .case import Case
from .delegated import Delegated
from .reasons import Reason
from .who import signers

OWN_DRAFT = Reason("Nobody acts for another on a document that they drafted themselves")
HEAD_ALONE = Reason("The head of the office signs this document in person; its sign-off is not delegated")
NO_SIGNING = Reason("The delegation does not extend to signing off, and you hold no post that may sign this")
AT_AN_END = Reason("What was delegated to you has come to an end, or does not cover this document")


def delegates(case: Case, awaited: Sequence[int], *, signs_off: bool) -> dict[int, int]:
    """Return who acts for which of those who are awaited; whoever is awaited acts in their own right.

    Only what the awaited delegated themselves counts, so nothing is delegated on.
    """
    found: dict[int, int] = {}
    for one in _theirs(case, awaited):
        if one.delegate not in awaited and why_not(case, one, signs_off=signs_off) is None:
            found.setdefault(one.delegate, one.principal)
    return found


def refusals(case: Case, awaited: Sequence[int], *, signs_off: bool) -> tuple[Reason, ...]:
    """Return why the one who acts may not do so for any of the awaited, where they could."""
    mine = [one for one in _theirs(case, awaited) if one.delegate == case.actor]
    reasons = [why for one in mine if (why := why_not(case, one, signs_off=signs_off)) is not None]
    if not reasons and case.actor in case.deputed:
        return (AT_AN_END,)
    return tuple(why for place, why in enumerate(reasons) if why not in reasons[:place])


def why_not(case: Case, one: Delegated, *, signs_off: bool) -> Reason | None:
    """Return why a delegation that covers a document does not let its delegate act on it, or None."""
    if one.delegate == case.drafter:
        return OWN_DRAFT
    if signs_off and case.head_alone:
        return HEAD_ALONE
    if signs_off and not one.signing and one.delegate not in signers(case):
        return NO_SIGNING
    return None


def _theirs(case: Case, awaited: Sequence[int]) -> list[Delegated]:
    return [
        one
        for one in case.directory.delegations()
        if one.principal in awaited and one.covers(case.kind, case.urgency)
    ]
