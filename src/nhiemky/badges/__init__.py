"""Party age and the badge for it: who is due on each of the four yearly days, early cases, lists and certificates."""
