"""What people's spreadsheets hold: reading them within limits, finding the headings, understanding the values."""
