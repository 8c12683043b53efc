"""Judge applications (测评): assign assessors, keep their scores, reckon totals, rank and freeze them."""
