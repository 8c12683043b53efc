"""Recheck titles (复查): a campaign of their holders, and the document that says what became of each."""
