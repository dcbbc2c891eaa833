"""The audit: everything that happened, for administrators to read and to take along."""
