"""Run inside the drill's own site: `python -m superviseme.ops.drill.inside begin|marks`, answers as JSON."""

import json
import os
import sys

import django


def main(word: str) -> object:
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "superviseme.config.settings")
    django.setup()
    if word == "begin":
        from .actions import begin_work  # needs settings

        return begin_work()
    from superviseme.workspaces.models import Todo  # needs settings

    return list(Todo.objects.filter(title__startswith="Mark ").values_list("title", flat=True))


if __name__ == "__main__":
    print(json.dumps(main(sys.argv[1])))
