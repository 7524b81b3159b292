"""Rules as data: badges in TOML, conditions in CEL, the fields of an event."""
