"""``/badges-admin``: what those may do who may."""
