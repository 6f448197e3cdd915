using System.Text.Json;

namespace Soracom.Sandbox.Auth;

/// <summary>
/// Who may switch to a SAM user, <c>{"statements":[{"effect":"allow","principal":{"soracom":["srn:..."]},"condition":"..."}]}</c>. Users are
/// named by SRN; services may be named besides, which the sandbox has none of.
/// </summary>
internal sealed class TrustPolicy
{
    private readonly IReadOnlyList<Statement> statements;

    private TrustPolicy(IReadOnlyList<Statement> statements) => this.statements = statements;

    /// <exception cref="JsonException">The text is not a trust policy.</exception>
    public static TrustPolicy Parse(string document) => new(StatementReader.Read(document, ParseStatement));

    /// <summary>The name of a user in trust policies; the root user has the operator's.</summary>
    public static string NameOf(string operatorId, string? userName) =>
        userName is null ? $"srn:soracom:{operatorId}::Operator:{operatorId}" : $"srn:soracom:{operatorId}::User:{userName}";

    public bool Trusts(string operatorId, string? userName, CallFacts facts)
    {
        var name = NameOf(operatorId, userName);
        return statements.Any(statement => statement.Principals.Contains(name, StringComparer.Ordinal) && statement.Condition?.Invoke(facts) != false);
    }

    private static Statement ParseStatement(JsonElement json)
    {
        if (json.GetProperty("effect").GetString() != "allow")
        {
            throw new JsonException("The effect of a statement of trust is allow.");
        }

        var principal = json.GetProperty("principal");
        string[] services = principal.TryGetProperty("service", out var named) ? StatementReader.Texts(named) : [];
        string[] principals = principal.TryGetProperty("soracom", out var users) ? StatementReader.Texts(users) : [];
        return services.Length + principals.Length > 0 && principals.All(name => name.StartsWith("srn:soracom:", StringComparison.Ordinal))
            ? new Statement(principals, StatementReader.Condition(json, notUnderstood: false))
            : throw new JsonException("A principal is named by its SRN.");
    }

    private sealed record Statement(string[] Principals, Func<CallFacts, bool>? Condition);
}
