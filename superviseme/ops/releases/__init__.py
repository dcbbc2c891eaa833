"""Releases: built once, hashed, installed beside each other; brought into service and back without a failed request.

<releases>/1.0.0-0123456789ab/   the wheel, unpacked, with runbook, manage.py, scripts/, manifest.json, sbom.json
<releases>/packages/<hash>/      wheels and virtual environment of one requirements.txt, shared by who needs the same
<releases>/environments/         the environment each release was deployed with, readable by its owner alone
<releases>/current, previous     links; `site` leads to the folder of the .env file
"""
