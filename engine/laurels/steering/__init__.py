"""What admins change about their community while laurels runs."""
