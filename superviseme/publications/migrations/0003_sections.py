"""Rows that an import brought stand in the section of their kind."""

from django.db import migrations

KINDS = {
    "employment": ["employment", "distinction", "invited-position", "membership", "service"],
    "education": ["education", "qualification", "degree"],
    "funding": ["funding", "grant", "contract", "award", "salary-award"],
}


def sort_into_sections(apps, schema_editor):
    publications = apps.get_model("publications", "Publication").objects
    for section, kinds in KINDS.items():
        publications.filter(kind__in=kinds).update(section=section)


class Migration(migrations.Migration):
    dependencies = [("publications", "0002_own_list")]
    operations = [migrations.RunPython(sort_into_sections, migrations.RunPython.noop)]
