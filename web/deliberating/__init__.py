"""Put a campaign before a meeting and record what it decided, in the browser."""

from .pages import blueprint

__all__ = ["blueprint"]
