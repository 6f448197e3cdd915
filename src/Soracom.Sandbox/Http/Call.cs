using Soracom.Sandbox.Auth;
using Soracom.Sandbox.State;

namespace Soracom.Sandbox.Http;

/// <summary>One call of an operation, as its handler sees it.</summary>
internal sealed class Call(World world, Coverage coverage, string rawPath, PathValues path, QueryValues query, JsonBody body, ApiSession? session)
{
    public World World => world;

    public SandboxOptions Options => world.Options;

    /// <summary>The present; the moment that it was meant for where a call happens by itself.</summary>
    public DateTimeOffset Now { get; init; } = world.Clock.GetUtcNow();

    /// <summary>The path as it was sent, for links to the next page.</summary>
    public string RawPath => rawPath;

    public PathValues Path => path;

    /// <summary>What conditions of permissions and trust may ask about the call.</summary>
    public required CallFacts Facts { get; init; }

    public QueryValues Query => query;

    public JsonBody Body => body;

    public ApiSession Session => session ?? throw new InvalidOperationException("An anonymous operation has no session.");

    public OperatorAccount Account => Session.Account;

    /// <summary>Which endpoint was called.</summary>
    public Coverage Coverage => coverage;

    /// <summary>The media type of the body as it was sent; empty when there was none.</summary>
    public string ContentType { get; init; } = "";

    /// <summary>Scheme, host and port that the caller used.</summary>
    public string Origin { get; init; } = "";

    /// <summary>Whether the caller has a permission, for what needs another than the operation's own.</summary>
    public bool May(string permission) => Session.Permissions.Allows(permission, Facts);

    /// <summary>An address of a file of the caller's that needs no API key, for some time; see <see cref="Downloads.SignedLinks"/>.</summary>
    /// <param name="kind">The name of a <see cref="Downloads.DownloadKind"/>.</param>
    /// <param name="key">What the file is to that kind; the address is good for everything below its first segment.</param>
    /// <param name="life">How long it is good for, by the sandbox's clock.</param>
    public string Link(string kind, string key, TimeSpan life) => Origin + world.Links.Make(kind, Account.OperatorId, coverage, key, Now + life);

    /// <summary>The caller's SIMs and groups of the coverage that was called.</summary>
    public CoverageData Data => Account.Data(coverage);
}
