"""A stage for each test: one server, a channel, two people."""
