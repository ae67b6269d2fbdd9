"""Documents: their types and symbols, what holds on a day, the next number, citations found in running text."""
