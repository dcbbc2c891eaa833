"""Publications for other programs and for print."""
