"""What holds of conferences: kinds, who counts, quorum."""
