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
    public static PermissionSet Parse(string document) => new(StatementReader.Read(document, ParseStatement));

    /// <summary>What several documents say together.</summary>
    public static PermissionSet Of(IEnumerable<PermissionSet> documents) => new([.. documents.SelectMany(document => document.statements)]);

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

        // A condition that is not understood withholds an allowance, and does not hold back a denial.
        return new Statement(allows, StatementReader.Texts(json.GetProperty("api")), StatementReader.Condition(json, notUnderstood: !allows));
    }

    private sealed record Statement(bool Allows, string[] Apis, Func<CallFacts, bool>? Condition)
    {
        public bool Applies(CallFacts call) => Condition is null || Condition(call);
    }
}
