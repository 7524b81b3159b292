"""What people may decide about what is kept of them: what is taken, what is shown, what is forgotten."""
