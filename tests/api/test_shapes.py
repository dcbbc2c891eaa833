"""Every process reads the API's shapes, few serve them."""

import os
import subprocess
import sys
from pathlib import Path

FROM_MANY_THREADS = """
import django
django.setup()
from concurrent.futures import ThreadPoolExecutor
from superviseme.api.v1 import api, work_out
from superviseme.api.v1.shapes import ThesisOut
from superviseme.api.v1.things import MeetingOut, UpdateOut
shapes = (ThesisOut, MeetingOut, UpdateOut)
waiting = [one for one in shapes if not one.__pydantic_complete__]
with ThreadPoolExecutor(8) as many:
    words = set(many.map(lambda _: str((work_out(), [one.model_json_schema() for one in shapes])), range(32)))
print(len(waiting), len(words))
"""


def test_they_are_worked_out_when_first_asked_for_and_alike_for_all_threads():
    words = [sys.executable, "-c", FROM_MANY_THREADS]
    root = Path(__file__).resolve().parent.parent.parent
    told = subprocess.run(words, env=os.environ, cwd=root, capture_output=True, text=True, timeout=60, check=True)
    assert told.stdout.split() == ["3", "1"]
