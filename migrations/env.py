"""Run migrations on the connection that workflow/migrate.py hands over, one transaction a revision."""

from alembic import context

from workflow.models import Base

BY_HAND = {"document_search"}  # full-text tables differ by database and are no models


def _is_ours(name: str | None, kind: str, parents: object) -> bool:
    return not (kind == "table" and name is not None and name.split("_data")[0].startswith(tuple(BY_HAND)))


context.configure(
    connection=context.config.attributes["connection"],
    target_metadata=Base.metadata,
    render_as_batch=True,
    transaction_per_migration=True,
    include_name=_is_ours,
)
with context.begin_transaction():
    context.run_migrations()
