#!/usr/bin/env python3
"""Writes the facts of the vendor's definition that the tests hold client and sandbox against.

    build/contract/make-contract.py DEFINITION.yaml [MORE.yaml ...] > tests/Soracom.Api.Tests/Contract/contract.json
    build/contract/make-contract.py --catalogue DEFINITION.yaml [MORE.yaml ...] > src/Soracom.Sandbox/Http/catalogue.tsv

Takes the vendor's OpenAPI files (its API, and that of its own sandbox); needs PyYAML. The definitions are the vendor's and
are not part of this project: only names, types, bounds and codes are taken, no sentence. The same input gives the same output,
byte by byte. One line an operation, one line a schema, so that a newer definition shows as a readable difference.

A schema is a string or an object:
    "string", "integer:int64", ...   a type, with its format
    "#Name"                          a schema of the table
    {"t": type, "f": format, "enum": [...], "default": ..., "min"/"max": bounds, "minLength"/"maxLength", "maxItems", "pattern",
     "nullable": true, "items": schema, "properties": {...}, "required": [...], "map": schema of further members (true: anything,
     false: none), "any": [schemas, one of which fits]}
"""
import json
import sys

import yaml

from corrections import CORRECTIONS, FORMATS, NULL_WORD

METHODS = ("get", "put", "post", "delete", "head", "patch")
BOUNDS = {"minimum": "min", "maximum": "max", "minLength": "minLength", "maxLength": "maxLength", "maxItems": "maxItems", "pattern": "pattern"}


def schema(source):
    """The compact form of an OpenAPI schema."""
    if "$ref" in source:
        return "#" + source["$ref"].rsplit("/", 1)[1]
    if len(source.get("allOf", [])) == 1:
        return schema(source["allOf"][0])
    if "oneOf" in source:
        return {"any": [schema(one) for one in source["oneOf"]]}
    compact = {}
    kind = source.get("type") or ("object" if "properties" in source else "any")
    form = FORMATS.get(source.get("format"), source.get("format"))
    if "enum" in source:
        compact["enum"] = [value for value in source["enum"] if value not in (NULL_WORD, None)]
        if len(compact["enum"]) != len(source["enum"]):
            compact["nullable"] = True
    if source.get("nullable"):
        compact["nullable"] = True
    if "default" in source and source["default"] is not None:
        compact["default"] = source["default"]
    for name, short in BOUNDS.items():
        if name in source:
            compact[short] = source[name]
    if "items" in source:
        compact["items"] = schema(source["items"])
    if source.get("properties"):
        compact["properties"] = {name: schema(one) for name, one in sorted(source["properties"].items())}
    if source.get("required"):
        compact["required"] = sorted(source["required"])
    if "additionalProperties" in source:
        more = source["additionalProperties"]
        compact["map"] = more if isinstance(more, bool) else schema(more) if more else True
    if not compact:
        return kind + (":" + form if form else "")
    head = {"t": kind}
    if form:
        head["f"] = form
    return {**head, **compact}


def parameter(source):
    compact = {"name": source["name"], "in": source["in"]}
    if source.get("required"):
        compact["required"] = True
    compact["schema"] = schema(source["schema"])
    return compact


def content(source):
    return {kind: schema(one["schema"]) if "schema" in one else "any" for kind, one in sorted(source.items())}


def operation(path, method, source):
    tag = source["tags"][0]
    compact = {"id": source["operationId"], "tag": tag, "method": method.upper(), "path": path}
    if not source.get("security"):
        compact["anonymous"] = True
    if source.get("deprecated"):
        compact["deprecated"] = True
    sam = source.get("x-sam-operationId", source["operationId"])
    compact["sam"] = sam if ":" in sam else tag + ":" + sam
    if "x-soracom-cli-pagination" in source:
        compact["paged"] = True
    if source.get("parameters"):
        compact["parameters"] = [parameter(one) for one in source["parameters"]]
    if "requestBody" in source:
        body = source["requestBody"]
        compact["body"] = {"required": bool(body.get("required")), "types": content(body["content"])}
    compact["answers"] = {
        str(status): content(answer["content"]) if answer.get("content") else None
        for status, answer in sorted(source["responses"].items(), key=lambda pair: str(pair[0]))
    }
    return compact


def correct(contract):
    for path, value in CORRECTIONS:
        place = contract
        for step in path[:-1]:
            place = place[step]
        if value is None:
            del place[path[-1]]
        else:
            place[path[-1]] = value


def catalogue(contract):
    """What the sandbox knows of operations that it doesn't serve: that they exist."""
    for name in sorted(contract["operations"]):
        one = contract["operations"][name]
        print(one["method"], one["path"], sep="\t")


def main(files, only_catalogue):
    contract = {"operations": {}, "schemas": {}}
    for file in files:
        with open(file, encoding="utf-8") as stream:
            definition = yaml.load(stream, Loader=getattr(yaml, "CSafeLoader", yaml.SafeLoader))
        for name, source in definition["components"]["schemas"].items():
            compact = schema(source)
            if contract["schemas"].setdefault(name, compact) != compact:
                sys.exit(f"{name} means two things.")
        for path, item in definition["paths"].items():
            for method in METHODS:
                if method in item:
                    compact = operation(path, method, item[method])
                    if contract["operations"].setdefault(compact["id"], compact) is not compact:
                        sys.exit(f"{compact['id']} comes twice.")
    correct(contract)
    if only_catalogue:
        catalogue(contract)
        return

    def lines(rows):
        return ",\n".join(json.dumps(row, ensure_ascii=False, separators=(",", ":"), default=str) for row in rows)

    print('{"operations":[')
    print(lines(contract["operations"][name] for name in sorted(contract["operations"])))
    print('],"schemas":[')
    print(lines({"name": name, "schema": contract["schemas"][name]} for name in sorted(contract["schemas"])))
    print("]}")


if __name__ == "__main__":
    arguments = [argument for argument in sys.argv[1:] if argument != "--catalogue"]
    if not arguments:
        sys.exit(__doc__)
    main(arguments, only_catalogue="--catalogue" in sys.argv)
