using System.Text;
using System.Text.Json;
using Soracom.Sandbox;

namespace Soracom.Api.Tests.Sandbox;

/// <summary>
/// A sandbox on free ports and a plain HTTP client for it, which sends targets exactly as written. As a class fixture it serves
/// the small fleet; tests that change options or state start their own.
/// </summary>
public sealed class SandboxHost : IAsyncLifetime
{
    private readonly SandboxOptions options;
    private readonly HttpClient http = new(new SocketsHttpHandler { AllowAutoRedirect = false, UseProxy = false });
    private SandboxServer? server;

    public SandboxHost()
        : this(new SandboxOptions { Fleets = [DemoFleets.Aoba, DemoFleets.Nagisa] })
    {
    }

    private SandboxHost(SandboxOptions options) => this.options = options;

    public SandboxServer Server => server ?? throw new InvalidOperationException("Not started.");

    public SandboxOperator Aoba => Server.Operators.Single(demo => demo.Fleet == DemoFleets.Aoba);

    public SandboxOperator Nagisa => Server.Operators.Single(demo => demo.Fleet == DemoFleets.Nagisa);

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public static async Task<SandboxHost> StartAsync(SandboxOptions options)
    {
        var host = new SandboxHost(options);
        await host.InitializeAsync();
        return host;
    }

    public async ValueTask InitializeAsync() => server = await SandboxServer.StartAsync(options, Cancellation);

    public async ValueTask DisposeAsync()
    {
        http.Dispose();
        if (server is not null)
        {
            await server.DisposeAsync();
        }
    }

    public async Task<Pair> SignInAsync(object credentials)
    {
        var reply = await PostAsync("/v1/auth", credentials);
        Assert.Equal(200, reply.Status);
        return new Pair(reply.Json.GetProperty("apiKey").GetString()!, reply.Json.GetProperty("token").GetString()!);
    }

    public Task<Pair> SignInAsync(SandboxOperator demo) => SignInAsync(new { authKeyId = demo.AuthKeyId, authKey = demo.AuthKey });

    public Task<Pair> SignInAsync(SandboxUser user) => SignInAsync(new { authKeyId = user.AuthKeyId, authKey = user.AuthKey });

    public Task<Reply> GetAsync(string target, Pair? pair = null, bool global = false, params (string Name, string Value)[] headers) =>
        SendAsync(HttpMethod.Get, target, pair, body: null, global, headers);

    public Task<Reply> PostAsync(string target, object? body = null, Pair? pair = null) => SendAsync(HttpMethod.Post, target, pair, body);

    public async Task<Reply> SendAsync(HttpMethod method, string target, Pair? pair = null, object? body = null, bool global = false, params (string Name, string Value)[] headers)
    {
        var origin = (global ? Server.GlobalAddress : Server.JapanAddress).GetLeftPart(UriPartial.Authority);
        using var request = new HttpRequestMessage(method, new Uri(origin + target, new UriCreationOptions { DangerousDisablePathAndQueryCanonicalization = true }));
        if (pair is not null)
        {
            request.Headers.Add("X-Soracom-API-Key", pair.ApiKey);
            request.Headers.Add("X-Soracom-Token", pair.Token);
        }

        foreach (var (name, value) in headers)
        {
            Assert.True(request.Headers.TryAddWithoutValidation(name, value));
        }

        request.Content = body switch
        {
            null => null,
            HttpContent content => content,
            Func<HttpContent> make => make(),
            string raw => new StringContent(raw, Encoding.UTF8, "application/json"),
            _ => new StringContent(JsonSerializer.Serialize(body), Encoding.UTF8, "application/json"),
        };
        using var response = await http.SendAsync(request, Cancellation);
        return new Reply((int)response.StatusCode, Headers(response), await response.Content.ReadAsStringAsync(Cancellation));
    }

    /// <summary>Follows x-soracom-next-key from page to page.</summary>
    public async Task<IReadOnlyList<JsonElement>> GetAllAsync(string path, Pair pair, bool global = false)
    {
        var items = new List<JsonElement>();
        string? key = null;
        do
        {
            var reply = await GetAsync(key is null ? path : $"{path}{(path.Contains('?') ? '&' : '?')}last_evaluated_key={Uri.EscapeDataString(key)}", pair, global);
            Assert.Equal(200, reply.Status);
            items.AddRange(reply.Json.EnumerateArray());
            key = reply.Header("x-soracom-next-key");
        }
        while (key is not null);

        return items;
    }

    private static Dictionary<string, string> Headers(HttpResponseMessage response) => response.Headers
        .Concat(response.Content.Headers)
        .ToDictionary(header => header.Key, header => string.Join(", ", header.Value), StringComparer.OrdinalIgnoreCase);
}

/// <summary>An API key and a token of it.</summary>
public sealed record Pair(string ApiKey, string Token);

public sealed record Reply(int Status, IReadOnlyDictionary<string, string> Headers, string Text)
{
    public JsonElement Json { get; } = Text.Length > 0 && Text[0] is '{' or '[' ? JsonElement.Parse(Text) : default;

    public string? Header(string name) => Headers.GetValueOrDefault(name);

    /// <summary>The names of the members of the answer's object.</summary>
    public IEnumerable<string> Members => Json.EnumerateObject().Select(member => member.Name);

    /// <summary>The value of a string member of the answer's object.</summary>
    public string? this[string member] => Json.GetProperty(member).GetString();

    /// <summary>Asserts the vendor's error body, and nothing else in it.</summary>
    public Reply Refused(int status, string? code = null)
    {
        Assert.Equal(status, Status);
        Assert.Equal("application/json", Header("Content-Type"));
        Assert.Equal(["code", "message"], Members);
        Assert.Matches("^[A-Z]{3}[0-9]{4}$", this["code"]);
        Assert.NotEmpty(this["message"]!);
        if (code is not null)
        {
            Assert.Equal(code, this["code"]);
        }

        return this;
    }
}
