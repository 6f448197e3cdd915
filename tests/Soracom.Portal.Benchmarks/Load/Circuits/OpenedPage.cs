using System.Text.Json.Nodes;
using System.Text.RegularExpressions;

namespace Soracom.Portal.Benchmarks.Load.Circuits;

/// <summary>What a page's HTML tells about the components that a circuit is to take over.</summary>
/// <param name="Components">Their marks, which carry what they are in a form that only the portal reads.</param>
/// <param name="State">What the page hands over to them; empty where nothing is.</param>
internal sealed partial record OpenedPage(IReadOnlyList<JsonObject> Components, string State)
{
    /// <summary>Reads a page.</summary>
    /// <exception cref="InvalidDataException">No circuit is to take anything over.</exception>
    public static OpenedPage Parse(string html)
    {
        JsonObject[] marks = [.. Mark().Matches(html).Select(match => JsonNode.Parse(match.Groups["mark"].Value)!.AsObject()).Where(mark => (string?)mark["type"] == "server")];
        return marks.Length > 0 ? new(marks, StateMark().Match(html).Groups["state"].Value) : throw new InvalidDataException("The page has no component that a circuit takes over.");
    }

    /// <summary>Has the components taken over, in the words of the hub. Each is named by its place in the page, from 1.</summary>
    public string Operations()
    {
        var added = Components.Select((mark, index) => (JsonNode)new JsonObject { ["type"] = "add", ["ssrComponentId"] = index + 1, ["marker"] = mark.DeepClone() });
        return new JsonObject { ["batchId"] = 1, ["operations"] = new JsonArray([.. added]) }.ToJsonString();
    }

    [GeneratedRegex("<!--Blazor:(?<mark>{.*?})-->", RegexOptions.Singleline | RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 10_000)]
    private static partial Regex Mark();

    [GeneratedRegex("<!--Blazor-Server-Component-State:(?<state>[^ ]*?)-->", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 10_000)]
    private static partial Regex StateMark();
}
