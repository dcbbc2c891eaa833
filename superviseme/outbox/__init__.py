"""What goes out, to addresses: one row a message and recipient, delivered by the worker."""
