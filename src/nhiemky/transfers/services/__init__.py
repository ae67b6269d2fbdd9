"""Writes of transfers: the sender's side, the receiver's side, and stays that end."""
