"""Two-sided transfers: the sender sends, the receiver confirms or returns; temporary stays; transfers abroad."""
