"""What administrators may set: the table of settings, and their values for every room to read."""
