"""People over time: kinds of movement, what each may follow, and the columns that figures are counted from."""
