"""What ``laurels new badge-pack NAME`` writes: an installable pack with a test that passes."""

from .pack import BadName, FolderInUse, create_badge_pack

__all__ = ["BadName", "FolderInUse", "create_badge_pack"]
