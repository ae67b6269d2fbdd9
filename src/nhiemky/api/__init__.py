"""The JSON interface for other systems: tokens scoped to a subtree and a purpose."""
