"""Confer titles by a document of the office, or recommend units to a higher body."""
