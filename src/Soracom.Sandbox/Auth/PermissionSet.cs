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
    public static PermissionSet Everything { get; } = new([new Statement(Allows: true, ["*"], Condition: null)]);

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

    /// <param name="permission">The name of what is to be done.</param>
    /// <param name="call">The call that is to do it, for the conditions.</param>
    public bool Allows(string permission, CallFacts call)
    {
        var allowed = false;
        foreach (var statement in statements.Where(statement => statement.Apis.Any(api => Wildcard.Matches(api, permission))))
        {
            if (!statement.Applies(call))
            {
                continue;
            }

            if (!statement.Allows)
            {
                return false;
            }

            allowed = true;
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

        // A condition that is not understood withholds an allowance, and does not hold back a denial.
        return json.TryGetProperty("condition", out var condition) && condition.GetString() is { Length: > 0 } text
            ? new Statement(allows, apis, Auth.Condition.Parse(text) ?? (_ => !allows))
            : new Statement(allows, apis, Condition: null);
    }

    private static string Name(JsonElement json) => json.GetString() ?? throw new JsonException("The api of a statement is a string or an array of strings.");

    private sealed record Statement(bool Allows, string[] Apis, Func<CallFacts, bool>? Condition)
    {
        public bool Applies(CallFacts call) => Condition is null || Condition(call);
    }
}
