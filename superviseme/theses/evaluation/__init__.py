"""Hand-in, defence, reports and grade."""
