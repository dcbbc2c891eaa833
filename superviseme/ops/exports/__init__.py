"""Everything on the site to take along, table by table; and for each person everything about themselves."""
