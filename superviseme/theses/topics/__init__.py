"""Topics as their publishers and supervisors keep them."""
