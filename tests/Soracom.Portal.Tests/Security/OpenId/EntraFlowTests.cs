using Soracom.Portal.Security.OpenId;
using Soracom.Portal.Tests.Security.OpenId.Support;

namespace Soracom.Portal.Tests.Security.OpenId;

/// <summary>Microsoft Entra's ways: an issuer for each tenant, metadata and keys shared by all.</summary>
public sealed class EntraFlowTests
{
    private const string Own = "11111111-2222-4333-8444-555555555555";
    private const string Other = "aaaaaaaa-bbbb-4ccc-8ddd-eeeeeeeeeeee";
    private const string Person = "99999999-8888-4777-8666-555555555555";

    [Theory]
    [InlineData("organizations")]
    [InlineData("common")]
    public async Task SignIn_MultiTenant_ThePersonIsTenantAndObject(string tenant)
    {
        await using var scene = await StartAsync(tenant, TemplateOf, Own);

        var me = await scene.SignedInAsync();

        Assert.Equal(new PersonKey(IssuerOf(scene, Own), Person), me.Person);
        Assert.Equal(Own, me.Claims["tid"]);
        Assert.Equal(Person, me.Claims["oid"]);
        Assert.Equal("24400320", me.Claims["sub"]);
    }

    [Theory]
    [InlineData(Own)]
    [InlineData("contoso.example")]
    public async Task SignIn_OneTenant_ItsPeopleAreSignedIn(string tenant)
    {
        await using var scene = await StartAsync(tenant, OwnIssuer, Own);

        Assert.Equal(new PersonKey(IssuerOf(scene, Own), Person), (await scene.SignedInAsync()).Person);
    }

    [Theory]
    [InlineData(Own)]
    [InlineData("contoso.example")]
    public async Task SignIn_OneTenant_PeopleOfAnotherAreRefused(string tenant)
    {
        await using var scene = await StartAsync(tenant, OwnIssuer, Other);

        await scene.RefusedAsync(SignInFailure.Issuer);
    }

    [Fact]
    public async Task SignIn_MetadataOfAnotherTenant_IsRefused()
    {
        await using var scene = await StartAsync(Other, OwnIssuer, Own);

        await scene.RefusedAsync(SignInFailure.Issuer);
    }

    [Fact]
    public async Task SignIn_MetadataOfAllTenantsForOne_IsRefused()
    {
        await using var scene = await StartAsync(Own, TemplateOf, Own);

        await scene.RefusedAsync(SignInFailure.Issuer);
    }

    [Fact]
    public async Task SignIn_TenantInTheList_IsSignedIn()
    {
        await using var scene = await StartAsync("organizations", TemplateOf, Own, ("AllowedTenantIds:0", Other), ("AllowedTenantIds:1", Own));

        await scene.SignedInAsync();
    }

    [Fact]
    public async Task SignIn_TenantNotInTheList_IsRefused()
    {
        await using var scene = await StartAsync("organizations", TemplateOf, Own, ("AllowedTenantIds:0", Other));

        await scene.RefusedAsync(SignInFailure.Tenant);
    }

    [Fact]
    public async Task SignIn_TenantInTheTokenIsNotTheIssuers_IsRefused()
    {
        await using var scene = await StartAsync("organizations", TemplateOf, Own);
        scene.Provider.OnToken += token => token.Claims["tid"] = Other;

        await scene.RefusedAsync(SignInFailure.Tenant);
    }

    [Fact]
    public async Task SignIn_IssuerIsTheTemplateItself_IsRefused()
    {
        await using var scene = await StartAsync("organizations", TemplateOf, Own);
        scene.Provider.OnToken += token => token.Claims["iss"] = TemplateOf(scene);

        await scene.RefusedAsync(SignInFailure.Issuer);
    }

    [Fact]
    public async Task SignIn_KeyForAllTenants_SignsForEach()
    {
        await using var scene = await StartAsync("organizations", TemplateOf, Own);
        scene.Provider.KeyIssuer = TemplateOf(scene);

        await scene.SignedInAsync();
    }

    [Fact]
    public async Task SignIn_KeyOfOneTenantSignsForAnother_IsRefused()
    {
        await using var scene = await StartAsync("organizations", TemplateOf, Own);
        scene.Provider.KeyIssuer = IssuerOf(scene, Other);

        await scene.RefusedAsync(SignInFailure.Signature);
    }

    [Fact]
    public async Task Answer_NamesAnotherTenantThanTheToken_IsRefused()
    {
        await using var scene = await StartAsync("organizations", TemplateOf, Own);
        scene.Provider.OnAuthorize = answer => answer["iss"] = IssuerOf(scene, Other);

        await scene.RefusedAsync(SignInFailure.Issuer);
    }

    private static string TemplateOf(SignInScene scene) => scene.Provider.Address + "/{tenantid}/v2.0";

    private static string OwnIssuer(SignInScene scene) => IssuerOf(scene, Own);

    private static string IssuerOf(SignInScene scene, string tenant) => $"{scene.Provider.Address}/{tenant}/v2.0";

    /// <param name="configured">The tenant in the configuration.</param>
    /// <param name="metadataIssuer">The issuer that the metadata names.</param>
    /// <param name="home">The tenant of the person who signs in.</param>
    /// <param name="changes">Further settings.</param>
    private static async Task<SignInScene> StartAsync(
        string configured, Func<SignInScene, string> metadataIssuer, string home, params (string Key, string? Value)[] changes)
    {
        var scene = await SignInScene.StartEntraAsync(configured, changes);
        scene.Provider.Issuer = metadataIssuer(scene);
        scene.Provider.OnToken = token =>
        {
            token.Claims["iss"] = IssuerOf(scene, home);
            token.Claims["tid"] = home;
            token.Claims["oid"] = Person;
        };
        return scene;
    }
}
