"""What is special about a research project."""
