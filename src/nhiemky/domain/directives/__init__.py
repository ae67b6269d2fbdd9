"""Directives that ask units for a paper by a day. Pure: facts and a day in, findings and states out."""
