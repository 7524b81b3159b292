"""Claim codes: what they look like, and the sheets they are printed on."""
