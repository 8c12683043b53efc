"""The rule-book: what may happen next, by whom, on what condition."""
