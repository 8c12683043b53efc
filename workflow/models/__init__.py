"""The tables."""

from .base import Base, table
from .documents import Document, DocumentFile, DraftCopy, Notice, ProcedureText, Revision, Task
from .people import (
    Agency,
    AgencyName,
    Appointment,
    Correspondent,
    LeaderInCharge,
    Post,
    Series,
    Unit,
    User,
)
from .records import Answer, ChainHead, Counter, Job, Login, Mark, Movement, RegisterEntry, StoredFile

__all__ = [
    "Agency",
    "AgencyName",
    "Answer",
    "Appointment",
    "Base",
    "ChainHead",
    "Correspondent",
    "Counter",
    "Document",
    "DocumentFile",
    "DraftCopy",
    "Job",
    "LeaderInCharge",
    "Login",
    "Mark",
    "Movement",
    "Notice",
    "Post",
    "ProcedureText",
    "RegisterEntry",
    "Revision",
    "Series",
    "StoredFile",
    "Task",
    "Unit",
    "User",
    "table",
]
