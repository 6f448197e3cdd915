using System.Net;
using Soracom.Portal.Security.OpenId;
using Soracom.Portal.Security.OpenId.Metadata;
using Soracom.Portal.Security.OpenId.Tokens;
using Soracom.Portal.Tests.Security.OpenId.Support;
using static Soracom.Portal.Tests.Security.OpenId.Support.Refusals;

namespace Soracom.Portal.Tests.Security.OpenId.Metadata;

public sealed class ProviderMetadataReaderTests : IDisposable
{
    private const string Authority = "https://id.example.test/realm";
    private const string Keys = "https://id.example.test/keys";
    private const string Instance = "https://login.example.test/";
    private const string Tenant = "11111111-2222-4333-8444-555555555555";
    private const string OtherTenant = "aaaaaaaa-bbbb-4ccc-8ddd-eeeeeeeeeeee";

    private readonly StubBackchannel provider = new();
    private readonly OpenIdOptions options = new() { Authority = Authority, ClientId = "portal", ClientSecret = "secret" };

    private readonly Dictionary<string, object?> discovery = new(StringComparer.Ordinal)
    {
        ["issuer"] = Authority,
        ["authorization_endpoint"] = "https://id.example.test/authorize?hint=1",
        ["token_endpoint"] = "https://id.example.test/token",
        ["jwks_uri"] = Keys,
        ["end_session_endpoint"] = "https://id.example.test/end",
        ["token_endpoint_auth_methods_supported"] = new[] { "private_key_jwt", "client_secret_basic", "client_secret_post" },
        ["authorization_response_iss_parameter_supported"] = true,
    };

    public ProviderMetadataReaderTests()
    {
        provider.Answer(Keys, new { keys = new[] { TestKey.RsaKey.ToJwk() } });
        options.Backchannel = Backchannel.Create(provider, TimeSpan.FromMinutes(1));
    }

    public void Dispose()
    {
        options.Backchannel.Dispose();
        provider.Dispose();
    }

    [Fact]
    public async Task ReadAsync_AllIsWell_GivesWhatTheProviderSaid()
    {
        var metadata = await ReadAsync();

        Assert.Equal("https://id.example.test/authorize?hint=1", metadata.AuthorizationEndpoint.AbsoluteUri);
        Assert.Equal("https://id.example.test/token", metadata.TokenEndpoint.AbsoluteUri);
        Assert.Equal("https://id.example.test/end", metadata.EndSessionEndpoint?.AbsoluteUri);
        Assert.Equal(ClientAuthentication.Post, metadata.ClientAuthentication);
        Assert.True(metadata.NamesIssuerInResponse);
        Assert.True(metadata.Issuer.Allows(Authority));
        Assert.NotNull(metadata.Keys.Find("rsa-1", SigningAlgorithm.Rs256));
        Assert.Equal(2, provider.Requests.Count);
    }

    [Theory]
    [InlineData("https://id.example.test/realm/")]
    [InlineData("https://id.example.test/realm")]
    public async Task ReadAsync_LastSlashDiffers_TheIssuerIsTheDocuments(string issuer)
    {
        discovery["issuer"] = issuer;

        var metadata = await ReadAsync();

        Assert.True(metadata.Issuer.Allows(issuer));
        Assert.False(metadata.Issuer.Allows(issuer.EndsWith('/') ? issuer[..^1] : issuer + "/"));
    }

    [Theory]
    [InlineData("https://id.example.test")]
    [InlineData("https://id.example.test/Realm")]
    [InlineData("https://id.example.test/realm//")]
    [InlineData("http://id.example.test/realm")]
    [InlineData("https://evil.example.test/realm")]
    public async Task ReadAsync_DocumentOfAnotherIssuer_IsRefused(string issuer)
    {
        discovery["issuer"] = issuer;

        await RefusedAsync(SignInFailure.Issuer, ReadAsync);
    }

    [Theory]
    [InlineData("issuer")]
    [InlineData("authorization_endpoint")]
    [InlineData("token_endpoint")]
    [InlineData("jwks_uri")]
    public async Task ReadAsync_WithoutWhatTheSignInNeeds_IsRefused(string member)
    {
        discovery.Remove(member);
        await RefusedAsync(SignInFailure.Protocol, ReadAsync);

        discovery[member] = 1;
        await RefusedAsync(SignInFailure.Protocol, ReadAsync);
    }

    [Theory]
    [InlineData("authorization_endpoint")]
    [InlineData("token_endpoint")]
    [InlineData("jwks_uri")]
    [InlineData("end_session_endpoint")]
    public async Task ReadAsync_AddressThatIsNotSafe_IsRefused(string member)
    {
        foreach (var address in new[] { "http://id.example.test/x", "http://127.0.0.1/x", "/x", "file:///etc/passwd", "https://user@id.example.test/x", "https://id.example.test/#x" })
        {
            discovery[member] = address;
            await RefusedAsync(SignInFailure.Protocol, ReadAsync);
        }

        Assert.DoesNotContain(provider.Requests, request => request.Contains("/x", StringComparison.Ordinal));
    }

    [Fact]
    public async Task ReadAsync_HttpOnThisMachineIsPermitted_ElsewhereItIsNot()
    {
        options.RequireHttpsMetadata = false;

        discovery["token_endpoint"] = "http://127.0.0.1:5000/token";
        Assert.Equal("http://127.0.0.1:5000/token", (await ReadAsync()).TokenEndpoint.AbsoluteUri);

        discovery["token_endpoint"] = "http://id.example.test/token";
        await RefusedAsync(SignInFailure.Protocol, ReadAsync);
    }

    [Fact]
    public async Task ReadAsync_NoEndSessionEndpoint_IsNone()
    {
        discovery["end_session_endpoint"] = null;

        Assert.Null((await ReadAsync()).EndSessionEndpoint);
    }

    [Fact]
    public async Task ReadAsync_MethodsOfAuthentication_PostThenBasicThenNothing()
    {
        discovery["token_endpoint_auth_methods_supported"] = new[] { "client_secret_basic", "none" };
        Assert.Equal(ClientAuthentication.Basic, (await ReadAsync()).ClientAuthentication);

        discovery.Remove("token_endpoint_auth_methods_supported");
        Assert.Equal(ClientAuthentication.Basic, (await ReadAsync()).ClientAuthentication);

        discovery["token_endpoint_auth_methods_supported"] = new[] { "private_key_jwt", "none" };
        await RefusedAsync(SignInFailure.Protocol, ReadAsync);
    }

    [Fact]
    public async Task ReadAsync_NoSecret_OnlyWhereTheProviderKnowsPublicClients()
    {
        options.ClientSecret = "";
        await RefusedAsync(SignInFailure.Protocol, ReadAsync);

        discovery["token_endpoint_auth_methods_supported"] = new[] { "client_secret_post", "none" };
        Assert.Equal(ClientAuthentication.None, (await ReadAsync()).ClientAuthentication);
    }

    [Theory]
    [InlineData(HttpStatusCode.NotFound)]
    [InlineData(HttpStatusCode.Redirect)]
    [InlineData(HttpStatusCode.InternalServerError)]
    [InlineData(HttpStatusCode.NoContent)]
    public async Task ReadAsync_ProviderDoesNotServeIt_IsUnavailable(HttpStatusCode status)
    {
        provider.Answer(Keys, "<html>", status);
        await RefusedAsync(SignInFailure.Unavailable, ReadAsync);

        provider.Answer(Authority + "/.well-known/openid-configuration", "<html>", status);
        await RefusedAsync(SignInFailure.Unavailable, ReadDirectlyAsync);
    }

    [Theory]
    [InlineData("<html>")]
    [InlineData("")]
    [InlineData("[]")]
    [InlineData("{\"issuer\":\"https://id.example.test/realm\",\"issuer\":\"https://id.example.test/realm\"}")]
    public async Task ReadAsync_AnswerIsNoDocument_IsRefused(string body)
    {
        provider.Answer(Authority + "/.well-known/openid-configuration", body);

        await RefusedAsync(SignInFailure.Protocol, ReadDirectlyAsync);
    }

    [Fact]
    public async Task ReadAsync_AnswerOfMoreThanAMegabyte_IsNotRead()
    {
        provider.Answer(Keys, "{\"keys\":[\"" + new string('x', 1024 * 1024) + "\"]}");

        await RefusedAsync(SignInFailure.Unavailable, ReadAsync);
    }

    [Fact]
    public async Task ReadAsync_ConnectionFails_IsUnavailable()
    {
        provider.Answer(Keys, _ => throw new HttpRequestException("refused"));

        await RefusedAsync(SignInFailure.Unavailable, ReadAsync);
    }

    [Fact]
    public async Task ReadAsync_NoAnswerInTime_IsUnavailable()
    {
        // What HttpClient does when its own timeout has run out: the caller's token is not cancelled.
        provider.Answer(Keys, _ => throw new TaskCanceledException("timeout", new TimeoutException()));

        await RefusedAsync(SignInFailure.Unavailable, ReadAsync);
    }

    [Theory]
    [InlineData(Tenant, "https://login.example.test/" + Tenant + "/v2.0", true)]
    [InlineData("11111111-2222-4333-8444-555555555555", "https://login.example.test/" + OtherTenant + "/v2.0", false)]
    [InlineData(Tenant, "https://login.example.test/{tenantid}/v2.0", false)]
    [InlineData("contoso.example", "https://login.example.test/" + Tenant + "/v2.0", true)]
    [InlineData("contoso.example", "https://login.example.test/contoso.example/v2.0", false)]
    [InlineData("contoso.example", "https://login.example.test/{tenantid}/v2.0", false)]
    [InlineData("organizations", "https://login.example.test/{tenantid}/v2.0", true)]
    [InlineData("common", "https://login.example.test/{tenantid}/v2.0", true)]
    [InlineData("common", "https://login.example.test/" + Tenant + "/v2.0", false)]
    [InlineData("common", "https://evil.example.test/{tenantid}/v2.0", false)]
    public async Task ReadAsync_Entra_IssuerFitsTheConfiguredTenant(string tenant, string issuer, bool fits)
    {
        options.Authority = null;
        options.Instance = Instance;
        options.TenantId = tenant;
        discovery["issuer"] = issuer;

        if (!fits)
        {
            await RefusedAsync(SignInFailure.Issuer, ReadAsync);
            return;
        }

        var policy = (await ReadAsync()).Issuer;
        Assert.True(policy.Allows($"https://login.example.test/{Tenant}/v2.0"));
        Assert.Equal(options.IsMultiTenant, policy.Allows($"https://login.example.test/{OtherTenant}/v2.0"));
        Assert.Equal($"https://login.example.test/{tenant}/v2.0/.well-known/openid-configuration", provider.Requests[0]);
    }

    private Task<ProviderMetadata> ReadAsync()
    {
        provider.Answer(options.DiscoveryAddress.AbsoluteUri, discovery);
        return ReadDirectlyAsync();
    }

    private Task<ProviderMetadata> ReadDirectlyAsync() =>
        new ProviderMetadataReader(options).ReadAsync(TestContext.Current.CancellationToken);
}
