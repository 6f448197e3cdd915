using System.Buffers.Text;
using System.Collections.Concurrent;
using System.Net;
using System.Security.Cryptography;
using System.Text;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.WebUtilities;
using Microsoft.Extensions.Logging;

namespace Soracom.Portal.Tests.Security.OpenId.Support;

/// <summary>
/// An identity provider on a loopback port that does all as it should (codes serve once, PKCE and the client's secret are
/// checked) until a test makes it do otherwise.
/// </summary>
internal sealed class ScriptedProvider : IAsyncDisposable
{
    public const string ClientId = "portal";
    public const string ClientSecret = "s3cret of the portal";

    private readonly WebApplication app;
    private readonly ConcurrentDictionary<string, IQueryCollection> codes = new(StringComparer.Ordinal);
    private readonly TimeProvider clock;

    private ScriptedProvider(TimeProvider clock)
    {
        this.clock = clock;
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        builder.WebHost.UseKestrelCore().UseUrls("http://127.0.0.1:0");
        builder.Logging.ClearProviders();
        app = builder.Build();
        app.Run(AnswerAsync);
    }

    public string Address => app.Urls.Single();

    /// <summary>The issuer that metadata, answers and tokens name.</summary>
    public string Issuer { get; set; } = null!;

    public Dictionary<string, object?> Discovery { get; private set; } = null!;

    public List<TestKey> PublishedKeys { get; } = [TestKey.RsaKey, TestKey.EcKey];

    /// <summary>The issuer that the keys are published for, as Entra does; null for none.</summary>
    public string? KeyIssuer { get; set; }

    public TestKey SigningKey { get; set; } = TestKey.RsaKey;

    public string Algorithm { get; set; } = "RS256";

    /// <summary>Changes the parameters that the browser brings back.</summary>
    public Action<Dictionary<string, string?>>? OnAuthorize { get; set; }

    /// <summary>Changes the ID token before it is signed.</summary>
    public Action<TestToken>? OnToken { get; set; }

    /// <summary>Replaces the token endpoint's answer.</summary>
    public Func<HttpContext, Task>? AnswerToken { get; set; }

    public int DiscoveryRequests => discoveryRequests;

    public ConcurrentQueue<string> AuthorizeQueries { get; } = [];

    public ConcurrentQueue<string> TokenRequests { get; } = [];

    public ConcurrentQueue<string> EndSessionQueries { get; } = [];

    /// <summary>Everything that must not be found in a log: codes, tokens, verifiers, the secret.</summary>
    public ConcurrentQueue<string> Secrets { get; } = new([ClientSecret, WebUtility.UrlEncode(ClientSecret)]);

    private int discoveryRequests;

    public static async Task<ScriptedProvider> StartAsync(TimeProvider clock)
    {
        var provider = new ScriptedProvider(clock);
        await provider.app.StartAsync();
        provider.Issuer = provider.Address;
        provider.Discovery = new(StringComparer.Ordinal)
        {
            ["authorization_endpoint"] = provider.Address + "/authorize",
            ["token_endpoint"] = provider.Address + "/token",
            ["jwks_uri"] = provider.Address + "/keys",
            ["end_session_endpoint"] = provider.Address + "/end-session",
            ["token_endpoint_auth_methods_supported"] = new[] { "client_secret_post", "client_secret_basic" },
        };
        return provider;
    }

    public async ValueTask DisposeAsync() => await app.DisposeAsync();

    private Task AnswerAsync(HttpContext context)
    {
        var path = context.Request.Path.Value!;
        if (path.EndsWith("/.well-known/openid-configuration", StringComparison.Ordinal))
        {
            Interlocked.Increment(ref discoveryRequests);
            return context.Response.WriteAsJsonAsync(new Dictionary<string, object?>(Discovery, StringComparer.Ordinal) { ["issuer"] = Issuer });
        }

        switch (path)
        {
            case "/keys":
                return context.Response.WriteAsJsonAsync(new { keys = PublishedKeys.Select(Publish) });
            case "/authorize":
                Authorize(context);
                return Task.CompletedTask;
            case "/token":
                return TokenAsync(context);
            case "/end-session":
                var query = context.Request.Query;
                EndSessionQueries.Enqueue(context.Request.QueryString.Value!);
                context.Response.Redirect(QueryHelpers.AddQueryString(query["post_logout_redirect_uri"]!, "state", query["state"]!));
                return Task.CompletedTask;
            default:
                context.Response.StatusCode = StatusCodes.Status404NotFound;
                return Task.CompletedTask;
        }
    }

    private Dictionary<string, object?> Publish(TestKey key)
    {
        var jwk = key.ToJwk();
        jwk["issuer"] = KeyIssuer;
        return jwk;
    }

    private void Authorize(HttpContext context)
    {
        var query = context.Request.Query;
        AuthorizeQueries.Enqueue(context.Request.QueryString.Value!);
        var code = Base64Url.EncodeToString(RandomNumberGenerator.GetBytes(32));
        codes[code] = query;
        Secrets.Enqueue(code);
        Secrets.Enqueue(query["nonce"]!);

        var answer = new Dictionary<string, string?>(StringComparer.Ordinal) { ["code"] = code, ["state"] = query["state"] };
        OnAuthorize?.Invoke(answer);
        context.Response.Redirect(QueryHelpers.AddQueryString(query["redirect_uri"]!, answer));
    }

    private async Task TokenAsync(HttpContext context)
    {
        var form = await context.Request.ReadFormAsync();
        TokenRequests.Enqueue(string.Join('&', form.Select(pair => $"{pair.Key}={pair.Value}")) + " " + context.Request.Headers.Authorization);
        Secrets.Enqueue(form["code_verifier"]!);
        if (AnswerToken is not null)
        {
            await AnswerToken(context);
            return;
        }

        if (!IsOurClient(context.Request, form))
        {
            await RefuseAsync(context, StatusCodes.Status401Unauthorized, "invalid_client", "unknown client");
        }
        else if (!codes.TryRemove(form["code"]!, out var request) || !Fits(form, request))
        {
            await RefuseAsync(context, StatusCodes.Status400BadRequest, "invalid_grant", $"the code {form["code"]} is not valid");
        }
        else
        {
            await context.Response.WriteAsJsonAsync(new
            {
                access_token = Secret(TestToken.AccessToken),
                token_type = "Bearer",
                expires_in = 3600,
                refresh_token = Secret("a refresh token that is to be forgotten"),
                id_token = Secret(MakeToken(request).SignedBy(SigningKey)),
            });
        }
    }

    private TestToken MakeToken(IQueryCollection request)
    {
        var now = clock.GetUtcNow();
        var token = TestToken.For(Algorithm);
        token.Header["kid"] = SigningKey.Id;
        token.Claims["iss"] = Issuer;
        token.Claims["aud"] = request["client_id"].ToString();
        token.Claims["nonce"] = request["nonce"].ToString();
        token.Claims["iat"] = now.ToUnixTimeSeconds();
        token.Claims["exp"] = now.AddMinutes(5).ToUnixTimeSeconds();
        token.Claims["at_hash"] = TestToken.AccessTokenHash;
        OnToken?.Invoke(token);
        return token;
    }

    private string Secret(string value)
    {
        Secrets.Enqueue(value);
        return value;
    }

    private static bool IsOurClient(HttpRequest request, IFormCollection form) =>
        form["client_id"] == ClientId && form["client_secret"] == ClientSecret
        || request.Headers.Authorization == "Basic " + Convert.ToBase64String(
            Encoding.UTF8.GetBytes($"{ClientId}:{WebUtility.UrlEncode(ClientSecret)}"));

    private static bool Fits(IFormCollection form, IQueryCollection request) =>
        form["grant_type"] == "authorization_code"
        && form["redirect_uri"] == request["redirect_uri"]
        && request["code_challenge_method"] == "S256"
        && request["code_challenge"] == Base64Url.EncodeToString(SHA256.HashData(Encoding.ASCII.GetBytes(form["code_verifier"]!)));

    private static Task RefuseAsync(HttpContext context, int status, string error, string description)
    {
        context.Response.StatusCode = status;
        return context.Response.WriteAsJsonAsync(new { error, error_description = description });
    }
}
