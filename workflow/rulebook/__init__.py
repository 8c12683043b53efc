"""Look after procedures as the office's own: try one, find who is missing, move documents to the next."""
