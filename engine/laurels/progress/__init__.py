"""Progress as people move it, and the milestones on the way."""
