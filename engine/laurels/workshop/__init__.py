"""Badges made by people: tables of the rule-file grammar, kept edition by edition."""
