"""What happened: append-only, the audit trail. Lies below the rooms, so it names things by type and number."""
