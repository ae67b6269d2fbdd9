"""Pages of members' rights: the member's own, and those of the office that keeps the record."""
