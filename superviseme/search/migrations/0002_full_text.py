"""The full-text side of the index: FTS5 with triggers on SQLite, a GIN index on PostgreSQL.

These objects are listed exceptions of the schema alignment check.
"""

from django.db import migrations

SQLITE = [
    "CREATE VIRTUAL TABLE search_words USING fts5(title, body, content='search_searchentry', content_rowid='id', "
    "tokenize='unicode61 remove_diacritics 2')",
    "CREATE TRIGGER search_words_added AFTER INSERT ON search_searchentry BEGIN "
    "INSERT INTO search_words(rowid, title, body) VALUES (new.id, new.title, new.body); END",
    "CREATE TRIGGER search_words_removed AFTER DELETE ON search_searchentry BEGIN "
    "INSERT INTO search_words(search_words, rowid, title, body) VALUES ('delete', old.id, old.title, old.body); END",
    "CREATE TRIGGER search_words_changed AFTER UPDATE ON search_searchentry BEGIN "
    "INSERT INTO search_words(search_words, rowid, title, body) VALUES ('delete', old.id, old.title, old.body); "
    "INSERT INTO search_words(rowid, title, body) VALUES (new.id, new.title, new.body); END",
]
SQLITE_BACK = [
    "DROP TRIGGER search_words_added",
    "DROP TRIGGER search_words_removed",
    "DROP TRIGGER search_words_changed",
    "DROP TABLE search_words",
]
POSTGRESQL = [
    "CREATE INDEX search_words ON search_searchentry USING gin "
    "((setweight(to_tsvector('simple', title), 'A') || setweight(to_tsvector('simple', left(body, 200000)), 'B')))"
]


def run(statements, vendor):
    def apply(apps, schema_editor):
        if schema_editor.connection.vendor == vendor:
            for statement in statements:
                schema_editor.execute(statement)

    return apply


class Migration(migrations.Migration):
    dependencies = [("search", "0001_initial")]

    operations = [
        migrations.RunPython(run(SQLITE, "sqlite"), run(SQLITE_BACK, "sqlite")),
        migrations.RunPython(run(POSTGRESQL, "postgresql"), run(["DROP INDEX search_words"], "postgresql")),
    ]
