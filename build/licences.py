#!/usr/bin/env python3
"""Lists the packages that a project ships with, and their licences, as Markdown: licences.py src/Soracom.Portal

Reads what `dotnet restore` left behind: obj/project.assets.json, and each package's .nuspec. Ends with 1 when a package's licence is not one of those below.
"""
import json
import pathlib
import sys
import xml.etree.ElementTree as xml

ALLOWED = {"MIT", "Apache-2.0", "BSD-2-Clause", "BSD-3-Clause", "MS-PL OR Apache-2.0", "PostgreSQL", "ISC"}

# Packages that name no SPDX expression, only a file or an address, each read by somebody who wrote down what it says.
READ = {
    "Microsoft.Data.SqlClient.SNI.runtime": "Microsoft Software License Terms (LICENSE.txt in the package; may be passed on with a program)",
    "Microsoft.NETCore.Platforms": "Microsoft .NET Library licence (dotnet_library_license.txt in the package; may be passed on with a program)",
    "NETStandard.Library": "Microsoft .NET Library licence (dotnet_library_license.txt in the package; may be passed on with a program)",
    "RestEase": "MIT (LICENSE.txt in its repository)",
}


def licence_of(folder: pathlib.Path, name: str) -> str:
    metadata = next(iter(xml.parse(folder / f"{name.lower()}.nuspec").getroot()))
    elements = {element.tag.rpartition("}")[2]: element for element in metadata}
    if (licence := elements.get("license")) is not None:
        return licence.text.strip() if licence.get("type") == "expression" else f"file {licence.text.strip()}"
    address = elements.get("licenseUrl")
    return f"address {address.text.strip()}" if address is not None and address.text else "none"


def main(project: str) -> int:
    assets = json.loads((pathlib.Path(project) / "obj" / "project.assets.json").read_text(encoding="utf-8"))
    folders = [pathlib.Path(folder) for folder in assets["packageFolders"]]
    unknown = []
    print("| package | version | licence |")
    print("|---|---|---|")
    for library, about in sorted(assets["libraries"].items(), key=lambda entry: entry[0].lower()):
        if about["type"] != "package":
            continue
        name, _, version = library.partition("/")
        folder = next((base / about["path"] for base in folders if (base / about["path"]).is_dir()), None)
        if folder is None:
            sys.exit(f"{library} is not restored: run dotnet restore first.")
        licence = READ.get(name) or licence_of(folder, name)
        print(f"| {name} | {version} | {licence} |")
        if licence not in ALLOWED and name not in READ:
            unknown.append(f"{name} {version}: {licence}")
    for line in unknown:
        print(f"not among the allowed licences: {line}", file=sys.stderr)
    return 1 if unknown else 0


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
