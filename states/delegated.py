"""What one person delegated to another (委托), as the rules ask for it."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Delegated:
    """A delegation that is in force now: who acts for whom, in what."""

    id: int
    principal: int
    delegate: int
    kinds: frozenset[str]
    urgent_only: bool = False
    signing: bool = False  # it says that signing off is among it

    def covers(self, kind: str, urgency: str | None) -> bool:
        """Say whether a document of a kind and an urgency is among it."""
        return kind in self.kinds and (urgency is not None or not self.urgent_only)
