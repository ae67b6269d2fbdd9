"""What is written of imports and exports."""
