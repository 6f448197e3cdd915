using Soracom.Api.Tests.Cases;
using Soracom.Api.Tests.Contract;
using Soracom.Sandbox;

namespace Soracom.Api.Tests.Sandbox.BadInput;

/// <summary>
/// A sandbox in which everything is ready for a good call of one operation, as its case prepares it, so that what is bad about a call is
/// the only thing that is. Holds every answer against the vendor's form of a refusal, and tells what has changed.
/// </summary>
internal sealed class BadInputScene : IAsyncDisposable
{
    /// <summary>What a stack trace, or the message of an exception, would bring to light.</summary>
    private static readonly string[] Insides = ["Exception", "Soracom.Sandbox", "System.", "   at "];

    private readonly List<string> problems = [];
    private readonly List<(string What, string Target, object? Body)> taken = [];
    private WorldPicture picture;
    private int sent;

    private BadInputScene(SandboxHost host, FakeTime clock, PreparedCall call)
    {
        Host = host;
        Clock = clock;
        Call = call;
        picture = WorldPicture.Of(host.Server.World);
    }

    public SandboxHost Host { get; }

    public FakeTime Clock { get; }

    /// <summary>The good call.</summary>
    public PreparedCall Call { get; }

    /// <summary>A scene for the first case of a success of the operation; of those with a body, where it can have one.</summary>
    /// <param name="operation">Its id.</param>
    /// <param name="maxBodyBytes">The sandbox's limit for bodies.</param>
    public static async Task<BadInputScene> OfAsync(string operation, int maxBodyBytes = 1024 * 1024)
    {
        BadInputScene? scene = null;
        foreach (var one in ApiCases.All.Values.Where(one => one.Operation == operation && one.Status < 400 && one.NeverBecause is null))
        {
            if (scene is not null)
            {
                await scene.DisposeAsync();
            }

            scene = await OfAsync(one, maxBodyBytes);
            if (scene.Call is { Body: not null } or { Operation.Body: null })
            {
                break;
            }
        }

        return scene ?? throw new InvalidOperationException($"{operation} has no case of a success.");
    }

    /// <summary>Begins anew to look for changes: what has been done until now was meant.</summary>
    public void Settle() => picture = WorldPicture.Of(Host.Server.World);

    /// <summary>Sends a call that has to be refused, unless <see cref="Leniency"/> covers it: then it has to be taken, later.</summary>
    /// <param name="what">What is bad about it.</param>
    /// <param name="target">Path and query.</param>
    /// <param name="body">The body, or null.</param>
    public async Task RefusedAsync(string what, string target, object? body)
    {
        if (Leniency.Covers(Call.Operation.Id, what))
        {
            taken.Add((what, target, body));
        }
        else
        {
            await RefusedAsync(what, target, body, Call.Caller);
        }
    }

    /// <summary>Sends a call that has to be refused, in English and Japanese by turns.</summary>
    /// <param name="what">What is bad about it.</param>
    /// <param name="target">Path and query.</param>
    /// <param name="body">The body, or null.</param>
    /// <param name="caller">Who calls; null for nobody.</param>
    /// <param name="status">The status that it has to be refused with; null for any that blames the caller.</param>
    public async Task RefusedAsync(string what, string target, object? body, Pair? caller, int? status = null)
    {
        var japanese = sent++ % 2 == 1;
        var reply = await Host.SendAsync(Call.Method, target, caller, body, Call.Global, ("X-Soracom-Lang", japanese ? "ja" : "en"));
        var bad = reply.Status is < 400 or >= 500 || (status is { } expected && reply.Status != expected) ? "status"
            : Call.Method == HttpMethod.Head ? null
            : reply.Header("Content-Type") != "application/json" || !reply.Members.SequenceEqual(["code", "message"]) ? "form"
            : !IsCode(reply["code"]!) ? "code"
            : IsJapanese(reply["message"]!) != japanese ? "language"
            : Insides.Any(word => reply["message"]!.Contains(word, StringComparison.Ordinal)) ? "message"
            : null;
        if (bad is not null)
        {
            problems.Add($"{what} has a bad {bad}: {reply.Status} {(reply.Text.Length > 300 ? reply.Text[..300] : reply.Text)}");
        }
    }

    /// <summary>Fails with all that was not refused as it should have been, and all that has changed.</summary>
    public async Task VerifyAsync()
    {
        problems.AddRange(picture.Changes());
        foreach (var (what, target, body) in taken)
        {
            var reply = await Host.SendAsync(Call.Method, target, Call.Caller, body, Call.Global);
            problems.AddRange(reply.Status < 400 ? [] : [$"{what} is not taken: {reply.Status} {reply.Text}"]);
        }

        Problems.None(problems);
    }

    public ValueTask DisposeAsync() => Host.DisposeAsync();

    private static async Task<BadInputScene> OfAsync(ApiCase one, int maxBodyBytes)
    {
        var clock = new FakeTime();
        var host = await SandboxHost.StartAsync(new SandboxOptions { Clock = clock, Fleets = [DemoFleets.Aoba], RateLimitPerMinute = 1_000_000, MaxBodyBytes = maxBodyBytes });
        try
        {
            await one.Act(new ApiCalls(host, clock) { Withheld = one.Operation });
        }
        catch (CallWithheldException withheld)
        {
            return new BadInputScene(host, clock, withheld.Call with { Body = await AgainAsync(withheld.Call.Body) });
        }

        await host.DisposeAsync();
        throw new InvalidOperationException($"The case {one} doesn't call its operation.");
    }

    /// <summary>Content is gone once it was sent.</summary>
    private static async Task<object?> AgainAsync(object? body)
    {
        if (body is not HttpContent content)
        {
            return body;
        }

        var (bytes, type) = (await content.ReadAsByteArrayAsync(TestContext.Current.CancellationToken), content.Headers.ContentType);
        return (Func<HttpContent>)(() =>
        {
            var again = new ByteArrayContent(bytes);
            again.Headers.ContentType = type;
            return again;
        });
    }

    private static bool IsCode(string code) => code.Length == 7 && code[..3].All(char.IsAsciiLetterUpper) && code[3..].All(char.IsAsciiDigit);

    private static bool IsJapanese(string message) => message.Any(letter => letter is >= '\u3040' and <= '\u9FFF');
}
