"""The member's rights over their own data: requests and their time limits, retention and what shredding leaves."""
