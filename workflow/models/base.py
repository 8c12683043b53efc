"""Hold what all tables share: naming of constraints and the types that return."""

from typing import Annotated, cast

from sqlalchemy import MetaData, String, Table, Text, text
from sqlalchemy.orm import DeclarativeBase, mapped_column

NAMING = {
    "ix": "ix_%(column_0_label)s",
    "uq": "uq_%(table_name)s_%(column_0_N_name)s",
    "ck": "ck_%(table_name)s_%(constraint_name)s",
    "fk": "fk_%(table_name)s_%(column_0_name)s_%(referred_table_name)s",
    "pk": "pk_%(table_name)s",
}

Id = Annotated[int, mapped_column(primary_key=True)]
Stamp = Annotated[str, mapped_column(String(27))]  # an instant in UTC, as clock.stamp writes it
Sha256 = Annotated[str, mapped_column(String(64))]
Code = Annotated[str, mapped_column(String(64))]
Line = Annotated[str, mapped_column(String(200))]
Words = Annotated[str, mapped_column(Text)]

EMPTY = text("''")  # as a column's default, in the form that the schema's check can compare


class Base(DeclarativeBase):
    metadata = MetaData(naming_convention=NAMING)


def table(model: type[Base]) -> Table:
    """Return a model's table, for statements that need no objects."""
    return cast(Table, model.__table__)
