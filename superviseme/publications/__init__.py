"""Publications and other scholarly activities of a person."""
