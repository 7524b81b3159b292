"""Accounts of one person: shown to be theirs, joined, and parted again."""
