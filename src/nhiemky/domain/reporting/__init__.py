"""Counting: lenses (as it was, restated), the ledger's sums, and how figures are worded."""
