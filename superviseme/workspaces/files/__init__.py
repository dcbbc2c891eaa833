"""Files with versions, and links."""
