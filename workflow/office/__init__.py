"""Change the office itself: its agencies and numbers, its people and their posts."""
