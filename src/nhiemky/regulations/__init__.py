"""Regulations under care: owner, next review, draft, opinions, appraisal, versions side by side, what depends on it."""
