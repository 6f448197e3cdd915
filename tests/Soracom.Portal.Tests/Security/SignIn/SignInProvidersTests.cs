using System.Security.Cryptography;
using System.Text;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using Soracom.Portal.Hosting;
using Soracom.Portal.Security.OpenId;
using Soracom.Portal.Security.SignIn;

namespace Soracom.Portal.Tests.Security.SignIn;

/// <summary>Which providers may stand side by side, and what their settings have to say.</summary>
public sealed class SignInProvidersTests
{
    private const string Tenant = "11111111-2222-4333-8444-555555555555";
    private const string OtherTenant = "66666666-2222-4333-8444-555555555555";
    private const string Cloud = "https://login.microsoftonline.com/";

    [Fact]
    public void Providers_SideBySide_HaveNothingInCommon()
    {
        var (providers, options) = Read([.. Other("AzureAd"), .. Other("SignIn:Providers:b"), .. Entra("SignIn:Providers:c-1", Tenant), .. Entra("SignIn:Providers:0", OtherTenant)]);

        Assert.Equal(["", "0", "b", "c-1"], providers.Select(provider => provider.Key));
        Assert.Equal(["AzureAd name", "0 name", "b name", "c-1 name"], providers.Select(provider => provider.DisplayName));
        var settings = providers.Select(provider => options.Get(provider.Scheme)).ToList();
        Assert.Equal(["/signin-oidc", "/signin-oidc/0", "/signin-oidc/b", "/signin-oidc/c-1"], settings.Select(one => one.CallbackPath.Value));
        Assert.Equal(["/signout-callback-oidc", "/signout-callback-oidc/0", "/signout-callback-oidc/b", "/signout-callback-oidc/c-1"], settings.Select(one => one.SignedOutCallbackPath.Value));
        AllDiffer(providers.Select(provider => provider.Scheme));
        AllDiffer(providers.Select(provider => provider.Mark));
        AllDiffer(settings.Select(one => one.CorrelationCookie.Name));
        AllDiffer(settings.Select(one => one.Metadata));
        AllDiffer(settings.Select(one => one.Backchannel));
        Assert.All(settings.SelectMany(one => settings.Where(other => other != one), (one, other) => (one, other)), pair =>
            Assert.Null(pair.other.StateDataFormat.Unprotect(pair.one.StateDataFormat.Protect(new()))));
    }

    [Fact]
    public void Providers_Order_SaysHowTheButtonsStand()
    {
        var (providers, _) = Read([.. Other("AzureAd"), .. Other("SignIn:Providers:b"), ("SignIn:Providers:b:Order", "-1"), .. Other("SignIn:Providers:a"), ("AzureAd:Order", "2")]);

        Assert.Equal(["b", "a", ""], providers.Select(provider => provider.Key));
    }

    [Fact]
    public void Providers_SectionAzureAdAlone_IsAsEver()
    {
        var (providers, options) = Read([("AzureAd:Authority", "https://azuread.example.test"), ("AzureAd:ClientId", "portal")]);

        var only = Assert.Single(providers);
        Assert.Equal(("", OpenIdDefaults.Scheme, null), (only.Key, only.Scheme, only.DisplayName));
        Assert.Equal(".AspNetCore.Correlation.", options.Get(only.Scheme).CorrelationCookie.Name);
    }

    [Fact]
    public void Mark_IsAnotherOne_WhereTheKeyStandsForAnotherProvider()
    {
        string Mark(params (string Key, string? Value)[] changes) => Read([.. Other("SignIn:Providers:a"), .. changes]).Providers.Single().Mark;

        var mark = Mark();

        Assert.StartsWith("a/", mark, StringComparison.Ordinal);
        Assert.InRange(Mark().Length, 10, Soracom.Portal.Data.Sessions.SignInSession.ProviderLength - "a".Length);
        Assert.Equal(mark, Mark(("SignIn:Providers:a:ClientSecret", "renewed"), ("SignIn:Providers:a:DisplayName", "renamed")));
        Assert.NotEqual(mark, Mark(("SignIn:Providers:a:Authority", "https://elsewhere.example.test")));
    }

    [Theory]
    [InlineData("https://id.example.test/realm", "https://ID.Example.test/realm/", "https://id.example.test:443/realm")]
    [InlineData("https://id.example.test", "https://id.example.test/", "HTTPS://id.example.test")]
    public void Mark_IsTheSame_HoweverTheAuthorityIsWritten(string plain, string other, string third)
    {
        string Mark(string authority) => Read([.. Other("SignIn:Providers:a"), ("SignIn:Providers:a:Authority", authority)]).Providers.Single().Mark;

        Assert.Equal([Mark(plain)], new[] { other, third }.Select(Mark).Distinct());
        Assert.NotEqual(Mark(plain), Mark($"{plain}/REALM"));

        // Sessions of before are of whoever wrote it plainly.
        Assert.Equal($"a/{Digest(plain)}", Mark(plain));
    }

    [Fact]
    public void Mark_OfATenantOfEntra_IsTheSame_HoweverItIsWritten()
    {
        const string Id = "5a4c1f8e-8a57-4d20-9a55-0d37b1b1a0c4";
        string Mark(string instance, string tenant) => Read([("AzureAd:Instance", instance), ("AzureAd:TenantId", tenant), ("AzureAd:ClientId", "portal"), ("AzureAd:ClientSecret", "secret")]).Providers.Single().Mark;

        var mark = Mark("https://login.microsoftonline.com/", Id);

        Assert.Equal($"AzureAd/{Digest($"https://login.microsoftonline.com/ {Id}")}", mark);
        Assert.Equal(mark, Mark("https://Login.MicrosoftOnline.com", Id.ToUpperInvariant()));
        Assert.NotEqual(mark, Mark("https://login.microsoftonline.us/", Id));
        Assert.NotEqual(mark, Mark("https://login.microsoftonline.com/", "organizations"));
    }

    [Theory]
    [InlineData("SignIn:Providers:Contoso", "SignIn:Providers:Contoso")]
    [InlineData("SignIn:Providers:con_toso", "SignIn:Providers:con_toso")]
    [InlineData("SignIn:Providers:abcdefghijabcdefghijabcdefghijabc", "SignIn:Providers:abcdefghijabcdefghijabcdefghijabc")]
    public void Key_ThatIsNone_IsRefused(string section, string named) => Refused([.. Other(section)], named);

    [Fact]
    public void DisplayName_Missing_IsRefused()
    {
        Refused([.. Other("SignIn:Providers:a"), ("SignIn:Providers:a:DisplayName", null)], "SignIn:Providers:a:DisplayName");
        Refused([.. Other("AzureAd"), ("AzureAd:DisplayName", null), .. Other("SignIn:Providers:a")], "AzureAd:DisplayName");
        Refused([.. Other("AzureAd"), .. Other("SignIn:Providers:a"), ("SignIn:Providers:a:DisplayName", "AZUREAD name")], "AzureAd:DisplayName", "SignIn:Providers:a:DisplayName");
    }

    [Theory]
    [InlineData("")]
    [InlineData("12345678901234567890123456789012345678901")]
    [InlineData("two\nlines")]
    public void DisplayName_ThatIsNone_IsRefused(string name) => Refused([.. Other("SignIn:Providers:a"), ("SignIn:Providers:a:DisplayName", name)], "SignIn:Providers:a:DisplayName");

    [Theory]
    [InlineData("ClientId", null)]
    [InlineData("ClockSkew", "soon")]
    [InlineData("Order", "first")]
    [InlineData("Authority", "http://b.example.test")]
    [InlineData("CallbackPath", "in")]
    [InlineData("AcceptMissingAuthTime", "perhaps")]
    public void Setting_OfOneProviderIsWrong_NamesItsKey(string key, string? value) =>
        Refused([.. Other("AzureAd"), .. Other("SignIn:Providers:b"), ($"SignIn:Providers:b:{key}", value)], $"SignIn:Providers:b:{key}");

    [Theory]
    [InlineData("CallbackPath", "/signin-oidc", "AzureAd:CallbackPath")]
    [InlineData("SignedOutCallbackPath", "/SIGNIN-OIDC", "AzureAd:CallbackPath")]
    [InlineData("SignedOutCallbackPath", "/signout-callback-oidc", "AzureAd:SignedOutCallbackPath")]
    public void Paths_OfTwoProvidersAreTheSame_IsRefused(string key, string value, string other) =>
        Refused([.. Other("AzureAd"), .. Other("SignIn:Providers:b"), ($"SignIn:Providers:b:{key}", value)], $"SignIn:Providers:b:{key}", other);

    [Theory]
    [InlineData("https://azuread.example.test")]
    [InlineData("https://AzureAd.example.test/")]
    public void Authority_OfTwoProvidersIsTheSame_IsRefused(string authority) =>
        Refused([.. Other("AzureAd"), .. Other("SignIn:Providers:b"), ("SignIn:Providers:b:Authority", authority)], "AzureAd:Authority", "SignIn:Providers:b:Authority");

    [Theory]
    [InlineData(Tenant, null, Tenant, null)]
    [InlineData("organizations", null, Tenant, null)]
    [InlineData(Tenant, null, "common", null)]
    [InlineData("organizations", null, "common", Tenant)]
    [InlineData("organizations", Tenant, Tenant, null)]
    [InlineData("organizations", Tenant, "common", Tenant)]
    [InlineData("contoso.example", null, Tenant, null)]
    [InlineData(Tenant, null, "contoso.example", null)]
    public void Tenants_ThatMayOverlap_AreRefused(string one, string? allowed, string other, string? otherAllowed) => Refused(
        [.. Entra("AzureAd", one), ("AzureAd:AllowedTenantIds:0", allowed), .. Entra("SignIn:Providers:b", other), ("SignIn:Providers:b:AllowedTenantIds:0", otherAllowed)],
        "TenantId");

    [Theory]
    [InlineData(Cloud, Tenant, null, OtherTenant, null)]
    [InlineData(Cloud, "organizations", Tenant, OtherTenant, null)]
    [InlineData(Cloud, "organizations", Tenant, "common", OtherTenant)]
    [InlineData("https://login.microsoftonline.us/", "contoso.example", null, Tenant, null)]
    [InlineData("https://login.microsoftonline.us/", "organizations", null, "organizations", null)]
    public void Tenants_ThatAreApart_StandSideBySide(string cloud, string one, string? allowed, string other, string? otherAllowed)
    {
        var (providers, _) = Read(
            [.. Entra("AzureAd", one), ("AzureAd:Instance", cloud), ("AzureAd:AllowedTenantIds:0", allowed), .. Entra("SignIn:Providers:b", other), ("SignIn:Providers:b:AllowedTenantIds:0", otherAllowed)]);

        Assert.Equal(2, providers.Count);
    }

    [Fact]
    public void Find_AddressWithoutAKey_IsTheOneOfSectionAzureAd_OrTheOnlyOne()
    {
        var (both, _) = Read([.. Other("AzureAd"), .. Other("SignIn:Providers:a")]);
        var (keys, _) = Read([.. Other("SignIn:Providers:a"), .. Other("SignIn:Providers:b")]);
        var (one, _) = Read([.. Other("SignIn:Providers:a")]);

        Assert.Equal("", new SignInWays(both, []).Find(null)!.Key);
        Assert.Equal("a", new SignInWays(both, []).Find("a")!.Key);
        Assert.Null(new SignInWays(both, []).Find("b"));
        Assert.Null(new SignInWays(keys, []).Find(""));
        Assert.Equal("a", new SignInWays(one, []).Find(null)!.Key);
        Assert.Null(new SignInWays(one, []).Find("A"));
    }

    private static (string Key, string? Value)[] Other(string section)
    {
        var name = section.Split(':')[^1];
        return [($"{section}:DisplayName", name + " name"), ($"{section}:Authority", $"https://{Uri.EscapeDataString(name)}.example.test/".Replace("_", "-", StringComparison.Ordinal)), ($"{section}:ClientId", "portal")];
    }

    private static (string Key, string? Value)[] Entra(string section, string tenant) =>
    [
        ($"{section}:DisplayName", section.Split(':')[^1] + " name"),
        ($"{section}:Instance", Cloud),
        ($"{section}:TenantId", tenant),
        ($"{section}:ClientId", "portal"),
        ($"{section}:ClientSecret", "secret"),
    ];

    private static void AllDiffer<T>(IEnumerable<T> all)
    {
        var list = all.ToList();
        Assert.Equal(list.Count, list.Distinct().Count());
    }

    private static void Refused((string Key, string? Value)[] settings, params string[] named)
    {
        var error = Assert.ThrowsAny<Exception>(() => Read(settings));

        Assert.True(error is ConfigurationException or OptionsValidationException, error.ToString());
        Assert.All(named, key => Assert.Contains(key, error.Message, StringComparison.Ordinal));
    }

    // What a host does at its start.
    private static (IReadOnlyList<SignInProvider> Providers, IOptionsMonitor<OpenIdOptions> Options) Read(IEnumerable<(string Key, string? Value)> settings)
    {
        var all = new Dictionary<string, string?>(StringComparer.Ordinal);
        foreach (var (key, value) in settings)
        {
            all[key] = value;
        }

        var configuration = new ConfigurationBuilder().AddInMemoryCollection(all.Where(pair => pair.Value is not null)).Build();
        var services = new ServiceCollection();
        services.AddLogging();
        var providers = SignInProviders.Add(services.AddAuthentication(PortalCookie.Scheme).AddCookie(), configuration);
        var built = services.BuildServiceProvider();
        built.GetRequiredService<IStartupValidator>().Validate();
        return (providers, built.GetRequiredService<IOptionsMonitor<OpenIdOptions>>());
    }

    private static string Digest(string speaksFor) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(speaksFor)).AsSpan(0, 16));
}
