"""Send what was printed: to whom in how many copies, and who has signed for it."""
