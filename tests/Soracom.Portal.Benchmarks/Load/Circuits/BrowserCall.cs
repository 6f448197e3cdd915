using System.Text.Json;
using System.Text.Json.Nodes;

namespace Soracom.Portal.Benchmarks.Load.Circuits;

/// <summary>A call of the portal to the browser's scripts.</summary>
/// <param name="Handle">By which the answer is given; 0 where none is wanted.</param>
/// <param name="Function">The function.</param>
/// <param name="Arguments">What it gets.</param>
/// <param name="Result">What kind of answer is wanted.</param>
internal sealed record BrowserCall(long Handle, string Function, JsonArray Arguments, ScriptResult Result)
{
    /// <summary>Reads one.</summary>
    public static BrowserCall Read(ref PackReader arguments) =>
        new(arguments.Number(), arguments.Text()!, arguments.Text() is { } json ? JsonNode.Parse(json)!.AsArray() : [], (ScriptResult)arguments.Number());

    /// <summary>The .NET object that is handed over as an argument.</summary>
    public long Object(int argument) => (long)Arguments[argument]!["__dotNetObject"]!;

    /// <summary>What a browser answers whose scripts do nothing that anybody waits for.</summary>
    public string Answer() => JsonSerializer.Serialize<object?[]>([Handle, true, Result == ScriptResult.Object ? new Dictionary<string, long>(StringComparer.Ordinal) { ["__jsObjectId"] = Handle } : null]);
}

/// <summary>What kind of answer a call wants, by the framework's numbers.</summary>
internal enum ScriptResult
{
    /// <summary>A value.</summary>
    Value = 0,

    /// <summary>An object of the browser that can be called later.</summary>
    Object = 1,

    /// <summary>A stream.</summary>
    Stream = 2,

    /// <summary>Nothing.</summary>
    None = 3,
}
