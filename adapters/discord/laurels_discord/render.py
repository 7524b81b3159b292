"""From answers and announcements to embeds. Pure."""
