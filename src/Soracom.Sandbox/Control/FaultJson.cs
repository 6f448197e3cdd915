using System.Text.Json;
using Soracom.Sandbox.Errors;
using Soracom.Sandbox.Faults;
using Soracom.Sandbox.Http;

namespace Soracom.Sandbox.Control;

/// <summary>A fault as JSON: <c>{kind, path, method?, operatorId?, status?, delayMs?, count?, afterwards?}</c>.</summary>
internal static class FaultJson
{
    public static SandboxFault Read(JsonFields fields) => new()
    {
        Kind = Kind(fields.RequiredText("kind")),
        Path = fields.RequiredText("path"),
        Method = fields.Text("method"),
        OperatorId = fields.Text("operatorId"),
        Status = (int?)fields.Integer("status", 200, 599),
        Delay = TimeSpan.FromMilliseconds(fields.Integer("delayMs", 0, int.MaxValue) ?? 0),
        Count = (int)(fields.Integer("count", 1, int.MaxValue) ?? 1),
        Afterwards = fields.Flag("afterwards") ?? false,
    };

    public static void Write(Utf8JsonWriter json, SandboxFault fault)
    {
        json.WriteStartObject();
        json.WriteString("kind", Name(fault.Kind));
        json.WriteString("path", fault.Path);
        json.WriteString("method", fault.Method);
        json.WriteString("operatorId", fault.OperatorId);
        json.WriteNumberOrNull("status", fault.Status);
        json.WriteNumber("delayMs", (long)fault.Delay.TotalMilliseconds);
        json.WriteNumber("count", fault.Count);
        json.WriteBoolean("afterwards", fault.Afterwards);
        json.WriteEndObject();
    }

    private static SandboxFaultKind Kind(string name)
    {
        var kinds = Enum.GetValues<SandboxFaultKind>();
        var index = Array.FindIndex(kinds, kind => Name(kind) == name);
        return index >= 0 ? kinds[index] : throw new VendorException(VendorErrors.NotAChoice, "kind", string.Join(", ", kinds.Select(Name)));
    }

#pragma warning disable CA1308 // Lower case is the wire's spelling, not a normal form.
    private static string Name(SandboxFaultKind kind) => kind.ToString().ToLowerInvariant();
#pragma warning restore CA1308
}
