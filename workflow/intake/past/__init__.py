"""Take in what was issued before this system: the register of former years and the files that go with it.

    source = past.gather(workbook, folder)      a Source: the register's bytes and the folder's files
    checked = past.check(source)                a Checked: errors, warnings, the documents as they would be
    found = past.read(source)                   the same in two steps: what takes a while, and what is held
    checked = past.judge(session, found)        against the office as a session sees it
    report = past.run(source, by_id=None)       checks, enters everything, returns the report (a dict)

`check` changes nothing. `run` raises Refused, with what was checked, where there is an error, and then
has changed nothing; one that was cut off is finished by running the same workbook again. Both take
`tell(done, total)` to report progress. In the browser the same is done by a job (waiting.py).
"""

from .checking import Read, check, judge, read
from .source import Checked, Planned, Refused, Source, gather
from .whole import begun, run

__all__ = [
    "Checked",
    "Planned",
    "Read",
    "Refused",
    "Source",
    "begun",
    "check",
    "gather",
    "judge",
    "read",
    "run",
]
