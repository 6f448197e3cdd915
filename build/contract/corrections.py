"""Where the vendor's definition is known to be wrong or incomplete. Each row says why; applied after reading.

A path names a place in the contract: ("schemas", NAME, "properties", FIELD, ...) or ("operations", ID, ...).
The value replaces what is there; None removes it.
"""

CORRECTIONS = [
    # The service sends a group's two times under a second name each, and has done so for years.
    (("schemas", "Group", "properties", "createdAt"), "integer:int64"),
    (("schemas", "Group", "properties", "lastModifiedAt"), "integer:int64"),
    # The words beside the enumeration say that a primary subscription has its SIM's status; the list has only those of additional ones.
    (("schemas", "SimplifiedSubscriber", "properties", "status", "enum"), [
        "shipped", "delivered", "ready", "active", "inactive", "standby", "suspended", "terminated", "testing"]),
    # The list of namespaces of this one operation lacks one that all its neighbours know.
    (("operations", "deleteConfigurationParameter", "parameters", 1, "schema", "enum"), [
        "SoracomAir", "SoracomBeam", "SoracomEndorse", "SoracomFlux", "SoracomFunk", "SoracomFunnel", "SoracomHarvest", "SoracomHarvestFiles",
        "SoracomKrypton", "SoracomOrbit", "UnifiedEndpoint"]),
    # A page's key is opaque text in all lists, and comes as a header's value; this one list calls it a number.
    (("operations", "listSoraCamDeviceEvents", "parameters", 1, "schema"), "string"),
    # A job's call of putSimTags has a bare array as its body, like that operation.
    (("schemas", "BatchTaskApiRequest", "properties", "body"), "any"),
    # Real session events name the primary subscription too.
    (("schemas", "SessionEvent", "properties", "primaryImsi"), "string"),
    # The required list names a member in the plural that the schema itself, and the service, has in the singular.
    (("schemas", "TestingUsage", "required"), ["startedTime", "usage", "usageLimit"]),
    # There is an operation for SIMs in their free test period, and a status of that name, which these lists lack.
    (("schemas", "Sim", "properties", "status", "enum"), [
        "ready", "active", "inactive", "standby", "suspended", "terminated", "testing"]),
    (("schemas", "Subscriber", "properties", "status", "enum"), [
        "ready", "active", "inactive", "standby", "suspended", "terminated", "testing"]),
    # An answer without content has none, whatever type the definition gives it.
    (("operations", "cancelOrder", "answers", "204", "application/json"), None),
    (("operations", "registerOrderedSim", "answers", "204", "application/json"), None),
    # The example of an entry spells its time otherwise and has a status; nobody knows which the service sends.
    (("schemas", "APIAuditLogEntry", "properties", "requestedTimeEpocMs"), "integer:int64"),
    (("schemas", "APIAuditLogEntry", "properties", "statusCode"), "integer"),
    # Ports and seconds are whole numbers.
    (("schemas", "PortMapping", "properties", "port"), "integer"),
    (("schemas", "PortMapping", "properties", "duration"), "integer"),
    (("schemas", "PortMappingDestination", "properties", "port"), "integer"),
    (("schemas", "PortMappingDestinationForSim", "properties", "port"), "integer"),
    (("schemas", "CreatePortMappingRequest", "properties", "duration"), "integer"),
    (("schemas", "CreatePortMappingRequestForSim", "properties", "duration"), "integer"),
    # Unquoted in the list, these two words are taken for truth values.
    (("schemas", "RuleConfigProperty", "properties", "runOnceAmongTarget", "enum"), ["true", "false"]),
    # An object by its type, and in every example a string that holds one.
    (("schemas", "ActionConfigProperty", "properties", "headers"), "any"),
    # A WebAssembly module is bytes, and the vendor's own tool sends it as such.
    (("operations", "uploadSoraletCode", "body", "types"), {"application/octet-stream": "string:binary"}),
]

# Enumerations write "no value" as a word; it means that the field may be null.
NULL_WORD = "(null value)"

# Formats that are misspelt or say nothing.
FORMATS = {"int32d": "int32", "string": None}
