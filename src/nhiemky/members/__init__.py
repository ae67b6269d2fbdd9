"""People, their stays, and the ledger of movements from which every figure about people is counted.

Entry points: `services` (every movement), `selectors` (lists, one person), `snapshot.columns()` (the same rows as
arrays, kept in step by audit number), `followers` (what moves along in a reorganisation).
"""
