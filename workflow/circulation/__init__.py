"""Pass a document to colleagues for reading: 传阅 before it is issued, 抄送 of what is issued."""
