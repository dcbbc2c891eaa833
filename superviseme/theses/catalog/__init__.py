"""The public catalogue: topics everybody may look through."""
