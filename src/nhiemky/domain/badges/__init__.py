"""Party age and the badge for it: levels, yearly days, early cases, money."""
