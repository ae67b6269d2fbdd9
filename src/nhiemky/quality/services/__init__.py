"""Deciding about findings, lists and people who are in the register twice."""
