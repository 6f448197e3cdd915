using Soracom.Sandbox.Auth;
using Soracom.Sandbox.State;

namespace Soracom.Sandbox.Http;

/// <summary>One call of an operation, as its handler sees it.</summary>
internal sealed class Call(World world, Coverage coverage, string rawPath, PathValues path, QueryValues query, JsonBody body, ApiSession? session)
{
    public World World => world;

    public SandboxOptions Options => world.Options;

    public DateTimeOffset Now { get; } = world.Options.Clock.GetUtcNow();

    /// <summary>The path as it was sent, for links to the next page.</summary>
    public string RawPath => rawPath;

    public PathValues Path => path;

    public QueryValues Query => query;

    public JsonBody Body => body;

    public ApiSession Session => session ?? throw new InvalidOperationException("An anonymous operation has no session.");

    public OperatorAccount Account => Session.Account;

    /// <summary>The caller's SIMs and groups of the coverage that was called.</summary>
    public CoverageData Data => Account.Data(coverage);
}
