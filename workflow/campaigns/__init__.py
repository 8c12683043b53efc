"""Set up campaigns (批次) of applications: what may be applied for, by whom, and how it is judged."""
