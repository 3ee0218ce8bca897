"""A module for the command `module` that fails while it is imported."""

raise ImportError("broken on purpose")
