"""Decide at a meeting on who becomes a candidate (审定), by frozen scores, replies and objections."""
