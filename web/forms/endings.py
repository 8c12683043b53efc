"""Read from the editor's form which earlier documents a text rescinds, repeals or replaces."""

from typing import Any

from werkzeug.datastructures import MultiDict

BLANK = {"number": "", "act": "rescind", "from_date": None, "reason": ""}
_FIELDS = {"number": "end_number", "act": "end_act", "from_date": "end_from", "reason": "end_reason"}


def read(form: MultiDict[str, str]) -> list[dict[str, Any]]:
    """Return the rows that name a document; the day counts for a repeal alone."""
    columns = [form.getlist(field) for field in _FIELDS.values()]
    rows = [dict(zip(_FIELDS, row, strict=True)) for row in zip(*columns, strict=False)]
    return [
        {**row, "from_date": row["from_date"] if row["act"] == "repeal" and row["from_date"] else None}
        for row in rows
        if row["number"].strip()
    ]
