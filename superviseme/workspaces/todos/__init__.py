"""To-dos and the references to them."""
