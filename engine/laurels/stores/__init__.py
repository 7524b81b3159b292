"""Stores: SQL behind the verbs of ``laurels.store``."""
