using System.Collections.Concurrent;
using System.Security.Claims;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authentication.Cookies;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Soracom.Portal.Security.OpenId;

namespace Soracom.Portal.Tests.Security.OpenId.Support;

/// <summary>A website on a loopback port that has nothing but a session cookie and the sign-in under test.</summary>
internal sealed class SignInHost : IAsyncDisposable
{
    private readonly WebApplication app;

    private SignInHost(WebApplication app, RecordedLog log)
    {
        this.app = app;
        Log = log;
    }

    public RecordedLog Log { get; }

    public static async Task<SignInHost> StartAsync(TimeProvider clock, params (string Key, string? Value)[] settings)
    {
        var log = new RecordedLog();
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        builder.WebHost.UseKestrelCore().UseUrls("http://127.0.0.1:0");
        builder.Logging.SetMinimumLevel(LogLevel.Trace).AddProvider(log);
        builder.Configuration.AddInMemoryCollection([new("AzureAd:RequireHttpsMetadata", "false")]);
        foreach (var (key, value) in settings)
        {
            builder.Configuration["AzureAd:" + key] = value;
        }

        builder.Services.AddSingleton(clock);
        builder.Services.AddRoutingCore();
        builder.Services.AddDataProtection().UseEphemeralDataProtectionProvider();
        builder.Services.AddAuthorization();
        builder.Services
            .AddAuthentication(options =>
            {
                options.DefaultScheme = CookieAuthenticationDefaults.AuthenticationScheme;
                options.DefaultChallengeScheme = OpenIdDefaults.Scheme;
            })
            .AddCookie(options => options.Cookie.Name = "session")
            .AddOpenIdSignIn(builder.Configuration.GetSection("AzureAd"));

        var host = new SignInHost(builder.Build(), log);
        host.MapPages();
        await host.app.StartAsync();
        return host;
    }

    public OpenIdOptions Options => app.Services.GetRequiredService<IOptionsMonitor<OpenIdOptions>>().Get(OpenIdDefaults.Scheme);

    public Uri Url(string path) => new(app.Urls.Single() + path);

    public async ValueTask DisposeAsync() => await app.DisposeAsync();

    private void MapPages()
    {
        app.UseAuthentication();
        app.UseRouting();
        app.UseAuthorization();
        app.MapGet("/", () => "home");
        app.MapGet("/sign-in", (string? returnUrl, string? prompt) =>
        {
            var properties = new AuthenticationProperties { RedirectUri = returnUrl };
            properties.SetParameter(OpenIdDefaults.PromptParameter, prompt);
            return Results.Challenge(properties, [OpenIdDefaults.Scheme]);
        });
        app.MapGet("/sign-in-another-way", () =>
        {
            var properties = new AuthenticationProperties();
            properties.StoreTokens([new AuthenticationToken { Name = OpenIdDefaults.IdTokenName, Value = "another provider's" }]);
            return Results.SignIn(new ClaimsPrincipal(new ClaimsIdentity("Another")), properties, CookieAuthenticationDefaults.AuthenticationScheme);
        });
        app.MapGet("/me", (Delegate)DescribeAsync).RequireAuthorization();
        app.MapGet("/sign-out", (string? returnUrl) => Results.SignOut(
            new AuthenticationProperties { RedirectUri = returnUrl },
            [CookieAuthenticationDefaults.AuthenticationScheme, OpenIdDefaults.Scheme]));
        app.MapGet(OpenIdDefaults.FailurePath, (string reason) => $"failed: {SignInFailures.FromCode(reason)}");
        app.MapFallback("/{**path}", () => "any page").RequireAuthorization();
    }

    private static async Task<Me> DescribeAsync(HttpContext context)
    {
        var session = await context.AuthenticateAsync();
        return new Me(
            PersonKey.FromPrincipal(context.User),
            context.User.Claims.ToDictionary(claim => claim.Type, claim => claim.Value, StringComparer.Ordinal),
            [.. session.Properties!.Items.Keys.Order(StringComparer.Ordinal)]);
    }
}

/// <summary>What the test website says about the person who is signed in, and the names of what the session keeps.</summary>
internal sealed record Me(PersonKey Person, IReadOnlyDictionary<string, string> Claims, IReadOnlyList<string> Kept);

internal sealed class RecordedLog : ILoggerProvider
{
    private readonly ConcurrentQueue<string> lines = [];

    public IEnumerable<string> Lines => lines;

    public ILogger CreateLogger(string categoryName) => new Recorder(categoryName, lines);

    public void Dispose()
    {
    }

    private sealed class Recorder(string category, ConcurrentQueue<string> lines) : ILogger
    {
        public IDisposable? BeginScope<TState>(TState state)
            where TState : notnull => null;

        public bool IsEnabled(LogLevel logLevel) => true;

        public void Log<TState>(
            LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter) =>
            lines.Enqueue($"{category} {logLevel}: {formatter(state, exception)} {exception}");
    }
}
