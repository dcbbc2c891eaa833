"""Every letter of the house with sample data, for administrators to read before anybody gets one."""
