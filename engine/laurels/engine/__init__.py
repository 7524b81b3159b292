"""The loops: from the journal to awards."""
