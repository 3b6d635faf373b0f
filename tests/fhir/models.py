"""Resources held against the R4 (4.0.1) models of fhir.resources. `models.py FILE...`; prints the files that do not fit."""

import json
import pathlib
import sys

import fhir.resources
from fhir.resources import construct_fhir_element

assert fhir.resources.__fhir_version__ == "4.0.1", fhir.resources.__fhir_version__

files = [pathlib.Path(name) for name in sys.argv[1:]]
wrong = 0
for file in files:
    resource = json.loads(file.read_text(encoding="utf-8"))
    try:
        construct_fhir_element(resource["resourceType"], resource)
    except ValueError as error:
        print(f"{file}: {error}", file=sys.stderr)
        wrong += 1
print(f"{len(files)} resources, {wrong} errors")
sys.exit(0 if files and not wrong else 1)
