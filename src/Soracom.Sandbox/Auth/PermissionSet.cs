using System.Text.Json;

namespace Soracom.Sandbox.Auth;

/// <summary>
/// A SAM permission document, <c>{"statements":[{"effect":"allow|deny","api":"Sim:*"|[...],"condition":"..."}]}</c>:
/// nothing is allowed that no statement allows, and a denial wins over any number of allowances.
/// </summary>
internal sealed class PermissionSet
{
    private readonly IReadOnlyList<Statement> statements;

    private PermissionSet(IReadOnlyList<Statement> statements) => this.statements = statements;

    /// <summary>The root user's.</summary>
    public static PermissionSet Everything { get; } = new([new Statement(Allows: true, ["*"], HasCondition: false)]);

    /// <exception cref="JsonException">The text is not a permission document.</exception>
    public static PermissionSet Parse(string document)
    {
        using var json = JsonDocument.Parse(document);
        try
        {
            return new PermissionSet([.. json.RootElement.GetProperty("statements").EnumerateArray().Select(ParseStatement)]);
        }
        catch (Exception e) when (e is InvalidOperationException or KeyNotFoundException)
        {
            throw new JsonException("Not a permission document.", e);
        }
    }

    public bool Allows(string permission)
    {
        var allowed = false;
        foreach (var statement in statements.Where(statement => statement.Apis.Any(api => Wildcard.Matches(api, permission))))
        {
            if (!statement.Allows)
            {
                return false;
            }

            // Conditions are not evaluated yet. Until they are, one that might restrict an allowance withholds it,
            // and one that might restrict a denial doesn't.
            allowed |= !statement.HasCondition;
        }

        return allowed;
    }

    private static Statement ParseStatement(JsonElement json)
    {
        var allows = json.GetProperty("effect").GetString() switch
        {
            "allow" => true,
            "deny" => false,
            _ => throw new JsonException("The effect of a statement is allow or deny."),
        };
        var api = json.GetProperty("api");
        string[] apis = api.ValueKind == JsonValueKind.Array ? [.. api.EnumerateArray().Select(Name)] : [Name(api)];
        var hasCondition = json.TryGetProperty("condition", out var condition) && condition.GetString() is { Length: > 0 };
        return new Statement(allows, apis, hasCondition);
    }

    private static string Name(JsonElement json) => json.GetString() ?? throw new JsonException("The api of a statement is a string or an array of strings.");

    private sealed record Statement(bool Allows, string[] Apis, bool HasCondition);
}
