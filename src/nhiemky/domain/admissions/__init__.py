"""Admissions: the steps from a first note to an official member, their time limits and votes, as dated rules."""
