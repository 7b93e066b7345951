#!/usr/bin/env python3
"""Builds an .ispac from a project-model .dtproj, as the designer's build does.

    testdata/build_ispac.py testdata/demo/Demo.dtproj testdata/demo/bin/Development/Demo.ispac

The same sources give the same bytes.
"""

import re
import sys
import xml.etree.ElementTree as ET
import zipfile
from pathlib import Path
from urllib.parse import quote

SSIS = "{www.microsoft.com/SqlServer/SSIS}"
MANIFEST = "@Project.manifest"
CONTENT_TYPES = "[Content_Types].xml"
# Number in a manifest for the word in a .dtproj.
TARGET_VERSIONS = {"SQLServer2016": 130, "SQLServer2017": 140, "SQLServer2019": 150, "SQLServer2022": 160}


def main(project_path, archive_path):
    project = Path(project_path)
    archive = Path(archive_path)
    text = project.read_text(encoding="utf-8-sig")
    members = {name: (project.parent / name).read_text(encoding="utf-8-sig") for name in listed_files(text)}
    members[MANIFEST] = manifest(text)
    archive.parent.mkdir(parents=True, exist_ok=True)
    write(archive, members)


def listed_files(text):
    """Names of the packages, connection managers and parameters that belong into the archive."""
    root = ET.fromstring(text.encode())
    names = [element.get(SSIS + "Name") for kind in ("Package", "ConnectionManager") for element in root.iter(SSIS + kind)]
    return names + ["Project.params"]


def manifest(text):
    """The SSIS:Project element of the .dtproj as a document of its own, with the target version that a build adds."""
    element = re.search(r"<SSIS:Project .*?</SSIS:Project>", text, re.DOTALL).group()
    target = re.search(r"<TargetServerVersion>(\w+)</TargetServerVersion>", text)
    if target:
        version = f'<SSIS:Property SSIS:Name="TargetServerVersion">{TARGET_VERSIONS[target.group(1)]}</SSIS:Property>'
        element = element.replace("</SSIS:Properties>", version + "</SSIS:Properties>", 1)
    return element + "\n"


def content_types(names):
    extensions = sorted({name.rsplit(".", 1)[1] for name in names})
    defaults = "".join(f'<Default Extension="{extension}" ContentType="text/xml" />' for extension in extensions)
    types = f'<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">{defaults}</Types>'
    return '\ufeff<?xml version="1.0" encoding="utf-8"?>' + types


def write(archive, members):
    """Entries are percent-encoded as URI parts, deflated, with CRLF line ends; the content types come last."""
    with zipfile.ZipFile(archive, "w") as target:
        for name, text in members.items():
            add(target, quote(name, safe="@()-_.~"), text)
        add(target, CONTENT_TYPES, content_types(members))


def add(target, name, text):
    entry = zipfile.ZipInfo(name)  # dated 1980-01-01, so that the archive depends on nothing but its content
    entry.compress_type = zipfile.ZIP_DEFLATED
    entry.create_system = 0
    target.writestr(entry, text.replace("\r\n", "\n").replace("\n", "\r\n").encode())


if __name__ == "__main__":
    if len(sys.argv) != 3:
        sys.exit(__doc__)
    main(*sys.argv[1:])
