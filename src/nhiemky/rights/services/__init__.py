"""Every write about members' accounts, their requests and the shredding of data."""
