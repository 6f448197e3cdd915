using System.Collections.Concurrent;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.Extensions.DependencyInjection;

namespace Soracom.Api.Tests.Support;

/// <summary>
/// A server on a free loopback port that answers what a test tells it to, and remembers what it was asked. Signs everybody in,
/// unless told otherwise. A request that no answer was set for is noted in <see cref="Unexpected"/>.
/// </summary>
internal sealed class ScriptedVendor : IAsyncDisposable
{
    public const string OperatorId = "OP0012345678";

    private readonly WebApplication application;
    private readonly ConcurrentDictionary<string, ConcurrentQueue<RequestDelegate>> scripts = new(StringComparer.Ordinal);
    private int tokens;

    private ScriptedVendor(WebApplication app)
    {
        application = app;
        On("POST /v1/auth", SignInAsync);
        On("POST /v1/auth/logout", Answers.Empty(204));
    }

    public Uri Address { get; private set; } = null!;

    public ConcurrentQueue<SeenRequest> Requests { get; } = new();

    public ConcurrentQueue<string> Unexpected { get; } = new();

    public static async Task<ScriptedVendor> StartAsync(CancellationToken cancellationToken)
    {
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        builder.WebHost.UseKestrelCore().UseUrls("http://127.0.0.1:0");
        var app = builder.Build();
        var vendor = new ScriptedVendor(app);
        app.Run(vendor.AnswerAsync);
        await app.StartAsync(cancellationToken);
        var addresses = app.Services.GetRequiredService<IServer>().Features.GetRequiredFeature<IServerAddressesFeature>();
        vendor.Address = new Uri(addresses.Addresses.Single());
        return vendor;
    }

    /// <summary>
    /// Sets the answers to a request, named by method and raw path without query. They are given in turn, and the last one from then on.
    /// </summary>
    public void On(string request, params RequestDelegate[] answers) => scripts[request] = new ConcurrentQueue<RequestDelegate>(answers);

    public IReadOnlyList<SeenRequest> Seen(string request) => [.. Requests.Where(seen => string.Equals(seen.Name, request, StringComparison.Ordinal))];

    /// <summary>Answers like POST /auth: another token each time.</summary>
    public Task SignInAsync(HttpContext context)
    {
        var number = Interlocked.Increment(ref tokens);
        return Answers.Json(200, new { apiKey = $"api-{number}", token = $"token-{number}", operatorId = OperatorId })(context);
    }

    public async ValueTask DisposeAsync() => await application.DisposeAsync();

    private async Task AnswerAsync(HttpContext context)
    {
        var seen = await SeenRequest.OfAsync(context);
        Requests.Enqueue(seen);
        if (!scripts.TryGetValue(seen.Name, out var answers) || !answers.TryPeek(out var answer))
        {
            Unexpected.Enqueue(seen.Name);
            context.Response.StatusCode = 501;
            return;
        }

        if (answers.Count > 1 && answers.TryDequeue(out var next))
        {
            answer = next;
        }

        await answer(context);
    }
}

/// <summary>A request as it arrived.</summary>
internal sealed record SeenRequest(string Method, string RawTarget, IReadOnlyDictionary<string, string> Headers, string Body)
{
    public string Path => RawTarget.Split('?')[0];

    public string Query => RawTarget.Contains('?', StringComparison.Ordinal) ? RawTarget[(RawTarget.IndexOf('?', StringComparison.Ordinal) + 1)..] : "";

    public string Name => $"{Method} {Path}";

    public string? Header(string name) => Headers.GetValueOrDefault(name);

    public static async Task<SeenRequest> OfAsync(HttpContext context)
    {
        using var reader = new StreamReader(context.Request.Body);
        var body = await reader.ReadToEndAsync(context.RequestAborted);
        var target = context.Features.GetRequiredFeature<IHttpRequestFeature>().RawTarget;
        var headers = context.Request.Headers.ToDictionary(header => header.Key, header => header.Value.ToString(), StringComparer.OrdinalIgnoreCase);
        return new SeenRequest(context.Request.Method, target, headers, body);
    }
}
