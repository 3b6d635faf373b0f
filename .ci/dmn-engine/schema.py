"""Holds DMN files against the schema of DMN 1.5: schema.py DMN15.xsd FOLDER."""

import pathlib
import sys

from lxml import etree

schema = etree.XMLSchema(etree.parse(sys.argv[1]))
files = sorted(pathlib.Path(sys.argv[2]).glob("*.dmn"))
for file in files:
    schema.assertValid(etree.parse(file))
print(f"{len(files)} files are valid")
sys.exit(not files)
