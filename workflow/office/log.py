"""Write down each change of the office's own data: agencies, people, posts, numbers set aside."""

from collections.abc import Mapping
from typing import Any

from sqlalchemy.orm import Session

from ..clock import stamp
from ..models import OfficeChange, table

_changes = table(OfficeChange)


def note(
    session: Session, by_id: int | None, action: str, subject: str, details: Mapping[str, Any] | None = None
) -> None:
    """Note a change in the caller's transaction; `by_id` is None where a command made it.

    `action` is a code such as agency_changed, `subject` what the office calls the thing that changed.
    """
    row = {"at": stamp(), "by_id": by_id, "action": action, "subject": subject[:200]}
    session.connection().execute(_changes.insert().values(**row, details=dict(details or {})))
