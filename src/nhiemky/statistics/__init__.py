"""The basic statistics forms 1 to 4-TCTW, counted from the ledger, with their cross-checks."""
