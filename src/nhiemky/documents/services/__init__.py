"""Writing the register of documents."""
