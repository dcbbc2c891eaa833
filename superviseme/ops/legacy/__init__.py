"""Reading a database of the predecessor into this one.

`run.py` says in which order; `reader.py` reads whatever lies in the file, `rows.py` makes sense of its values,
`ledger.py` knows what went where, `report.py` counts. One file per noun. docs/import.md has the table of what becomes what.
"""
