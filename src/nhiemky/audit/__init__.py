"""What was done, by whom: an append-only chain of events, one for every write, in the same transaction.

Entry points: `services.service` (wraps every write), `services.record`, `selectors.last_seq`, `chain.verify`.
"""
