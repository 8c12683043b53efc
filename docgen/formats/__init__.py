"""Say which form a document has on paper: a file, a letter (信函), or upwards (上行文)."""
