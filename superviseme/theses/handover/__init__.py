"""A supervisor leaves: theses and topics go to another in one step."""
