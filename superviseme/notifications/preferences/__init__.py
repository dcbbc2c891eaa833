"""What one wants to hear of, by which way and when; and stopping mail by a link."""
