"""Bring into the office what it had before this system: itself, and its past documents."""
