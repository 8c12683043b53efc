"""Turn a document's content into paper laid out to GB/T 9704-2012."""
