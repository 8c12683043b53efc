"""Keep an office: back it up, bring it back, and say what is wrong with it."""
