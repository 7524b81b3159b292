"""Everything that can be wrong with a badge, found when the registry is built; a wrong badge costs only itself."""

from .badges import Valid, check, problems_of
from .catalog import Catalog, types_of
from .chains import cycles, orphans

__all__ = ["Catalog", "Valid", "check", "cycles", "orphans", "problems_of", "types_of"]
