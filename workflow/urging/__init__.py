"""Urge (催办): by hand, and by a ladder over what is overdue; in the inbox and outside."""
