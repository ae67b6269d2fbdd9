"""Directives that ask units for a paper by a day: who has issued it, who is late, who is exempt, who was reminded."""
