using Microsoft.AspNetCore.Authentication.Cookies;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using Soracom.Portal.Security.OpenId;

namespace Soracom.Portal.Tests.Security.OpenId;

public sealed class OpenIdOptionsTests
{
    private const string Tenant = "11111111-2222-4333-8444-555555555555";

    private static readonly Dictionary<string, string?> Entra = new(StringComparer.Ordinal)
    {
        ["Instance"] = "https://login.microsoftonline.com/",
        ["TenantId"] = Tenant,
        ["ClientId"] = "portal",
        ["ClientSecret"] = "secret",
    };

    private static readonly Dictionary<string, string?> Other = new(StringComparer.Ordinal)
    {
        ["Authority"] = "https://id.example.test/",
        ["ClientId"] = "portal",
    };

    [Fact]
    public void Options_EntraWithDefaults_AreReadAndClosed()
    {
        var options = Read(Entra);

        Assert.Equal($"https://login.microsoftonline.com/{Tenant}/v2.0/.well-known/openid-configuration", options.DiscoveryAddress.AbsoluteUri);
        Assert.Equal("/signin-oidc", options.CallbackPath);
        Assert.Equal("/signout-callback-oidc", options.SignedOutCallbackPath);
        Assert.Equal(CookieAuthenticationDefaults.AuthenticationScheme, options.SignInScheme);
        Assert.True(options.RequireHttpsMetadata);
        Assert.True(options.UsePkce);
        Assert.False(options.SaveTokens);
        Assert.Equal(SameSiteMode.Lax, options.CorrelationCookie.SameSite);
        Assert.Equal(CookieSecurePolicy.Always, options.CorrelationCookie.SecurePolicy);
        Assert.True(options.CorrelationCookie.HttpOnly);
        Assert.Equal("openid profile email", string.Join(' ', options.Scope));
    }

    [Fact]
    public void Options_OtherProviderWithAllKeys_AreRead()
    {
        var options = Read(Other, ("CallbackPath", "/in"), ("SignedOutCallbackPath", "/out"), ("ClockSkew", "00:02:00"), ("RequireHttpsMetadata", "false"));

        Assert.Equal("https://id.example.test/.well-known/openid-configuration", options.DiscoveryAddress.AbsoluteUri);
        Assert.Equal("/in", options.CallbackPath);
        Assert.Equal("/out", options.SignedOutCallbackPath);
        Assert.Equal(TimeSpan.FromMinutes(2), options.ClockSkew);
        Assert.False(options.RequireHttpsMetadata);
        Assert.Equal(CookieSecurePolicy.SameAsRequest, options.CorrelationCookie.SecurePolicy);
    }

    [Fact]
    public void Options_KeysThatWouldOpenWhatIsClosed_AreNotRead()
    {
        var options = Read(Entra, ("UsePkce", "false"), ("SaveTokens", "true"), ("TokenEndpoint", "https://evil.example.test"), ("SignInScheme", "x"));

        Assert.True(options.UsePkce);
        Assert.False(options.SaveTokens);
        Assert.Null(options.TokenEndpoint);
        Assert.Equal(CookieAuthenticationDefaults.AuthenticationScheme, options.SignInScheme);
    }

    [Theory]
    [InlineData("AzureAd:ClientId", "ClientId", null)]
    [InlineData("AzureAd:ClientId", "ClientId", " ")]
    [InlineData("AzureAd:ClientSecret", "ClientSecret", null)]
    [InlineData("AzureAd:ClientSecret", "ClientSecret", "")]
    [InlineData("AzureAd:Instance", "Instance", null)]
    [InlineData("AzureAd:Instance", "Instance", "http://login.microsoftonline.com/")]
    [InlineData("AzureAd:Instance", "Instance", "http://127.0.0.1/")]
    [InlineData("AzureAd:Instance", "Instance", "https://login.microsoftonline.com/tenant")]
    [InlineData("AzureAd:Instance", "Instance", "login.microsoftonline.com")]
    [InlineData("AzureAd:TenantId", "TenantId", null)]
    [InlineData("AzureAd:TenantId", "TenantId", "a/b")]
    [InlineData("AzureAd:TenantId", "TenantId", "{tenantid}")]
    [InlineData("AzureAd:AllowedTenantIds:0", "AllowedTenantIds:0", "contoso.example")]
    [InlineData("AzureAd:AllowedTenantIds:0", "AllowedTenantIds:0", "")]
    [InlineData("AzureAd:Authority", "Authority", "https://id.example.test")]
    [InlineData("AzureAd:CallbackPath", "CallbackPath", "signin")]
    [InlineData("AzureAd:CallbackPath", "CallbackPath", "")]
    [InlineData("AzureAd:SignedOutCallbackPath", "SignedOutCallbackPath", "https://x.example.test")]
    [InlineData("AzureAd:SignedOutCallbackPath", "SignedOutCallbackPath", "/signin-oidc")]
    [InlineData("AzureAd:RequireHttpsMetadata", "RequireHttpsMetadata", "maybe")]
    [InlineData("AzureAd:ClockSkew", "ClockSkew", "00:05:01")]
    [InlineData("AzureAd:ClockSkew", "ClockSkew", "-00:00:01")]
    [InlineData("AzureAd:ClockSkew", "ClockSkew", "soon")]
    public void Options_EntraSettingMissingOrWrong_StopsTheStartNamingTheKey(string named, string key, string? value) =>
        Assert.Contains(named, Refused(Entra, (key, value)), StringComparison.Ordinal);

    [Theory]
    [InlineData("AzureAd:Authority", "Authority", "http://id.example.test")]
    [InlineData("AzureAd:Authority", "Authority", "")]
    [InlineData("AzureAd:Authority", "Authority", "https://user:secret@id.example.test")]
    [InlineData("AzureAd:Authority", "Authority", "https://id.example.test?x=1")]
    [InlineData("AzureAd:Authority", "Authority", "https://login.microsoftonline.com/common/v2.0")]
    [InlineData("AzureAd:Authority", "Authority", "https://LOGIN.microsoftonline.us/common/v2.0")]
    [InlineData("AzureAd:Instance", "Authority", null)]
    [InlineData("AzureAd:TenantId", "TenantId", Tenant)]
    [InlineData("AzureAd:AllowedTenantIds", "AllowedTenantIds:0", Tenant)]
    public void Options_OtherProvidersSettingWrong_StopsTheStartNamingTheKey(string named, string key, string? value)
    {
        var message = Refused(Other, (key, value));

        Assert.Contains(named, message, StringComparison.Ordinal);
        Assert.DoesNotContain("user:secret", message, StringComparison.Ordinal);
    }

    [Fact]
    public void Options_SeveralProblems_AreNamedTogether()
    {
        var message = Refused(Entra, ("ClientId", null), ("ClientSecret", null), ("CallbackPath", "x"));

        Assert.All(
            ["AzureAd:ClientId", "AzureAd:ClientSecret", "AzureAd:CallbackPath"],
            key => Assert.Contains(key, message, StringComparison.Ordinal));
    }

    private static string Refused(Dictionary<string, string?> settings, params (string Key, string? Value)[] changes) =>
        Assert.Throws<OptionsValidationException>(() => Start(settings, changes)).Message;

    private static OpenIdOptions Read(Dictionary<string, string?> settings, params (string Key, string? Value)[] changes) =>
        Start(settings, changes).GetRequiredService<IOptionsMonitor<OpenIdOptions>>().Get(OpenIdDefaults.Scheme);

    // What a host does at its start.
    private static ServiceProvider Start(Dictionary<string, string?> settings, (string Key, string? Value)[] changes)
    {
        var all = new Dictionary<string, string?>(settings, StringComparer.Ordinal);
        foreach (var (key, value) in changes)
        {
            all[key] = value;
        }

        var configuration = new ConfigurationBuilder()
            .AddInMemoryCollection(all.Where(pair => pair.Value is not null).Select(pair => KeyValuePair.Create("AzureAd:" + pair.Key, pair.Value)))
            .Build();
        var services = new ServiceCollection();
        services.AddLogging();
        services.AddAuthentication(CookieAuthenticationDefaults.AuthenticationScheme)
            .AddCookie()
            .AddOpenIdSignIn(configuration.GetSection("AzureAd"));
        var provider = services.BuildServiceProvider();
        provider.GetRequiredService<IStartupValidator>().Validate();
        return provider;
    }
}
