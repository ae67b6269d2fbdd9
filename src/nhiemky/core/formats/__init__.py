"""Day-first dates for both languages: without them Django reads 03/04/2026 as 4 March in Vietnamese."""
