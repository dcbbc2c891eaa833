"""One index behind one function: find what a person can see."""
