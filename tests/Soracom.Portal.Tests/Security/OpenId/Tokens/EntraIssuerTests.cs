using System.Text.Json;
using Soracom.Portal.Security.OpenId;
using Soracom.Portal.Security.OpenId.Tokens;
using static Soracom.Portal.Tests.Security.OpenId.Support.Refusals;

namespace Soracom.Portal.Tests.Security.OpenId.Tokens;

public sealed class EntraIssuerTests
{
    private const string Template = "https://login.example.test/{tenantid}/v2.0";
    private const string Own = "11111111-2222-4333-8444-555555555555";
    private const string Other = "aaaaaaaa-bbbb-4ccc-8ddd-eeeeeeeeeeee";
    private const string Person = "99999999-8888-4777-8666-555555555555";

    [Theory]
    [InlineData("https://login.example.test/" + Own + "/v2.0", true)]
    [InlineData("https://login.example.test/" + Other + "/v2.0", true)]
    [InlineData("https://login.example.test/{tenantid}/v2.0", false)]
    [InlineData("https://login.example.test/contoso.example/v2.0", false)]
    [InlineData("https://login.example.test/AAAAAAAA-bbbb-4ccc-8ddd-eeeeeeeeeeee/v2.0", false)]
    [InlineData("https://login.example.test/{" + Own + "}/v2.0", false)]
    [InlineData("https://login.example.test/" + Own + "/v2.0/", false)]
    [InlineData("https://login.example.test/" + Own + "/v1.0", false)]
    [InlineData("https://login.example.test/" + Own, false)]
    [InlineData("https://sts.example.test/" + Own + "/v2.0", false)]
    [InlineData("https://login.example.test/", false)]
    [InlineData("", false)]
    public void Allows_AnyTenant_OnlyTheTemplateFilledIn(string issuer, bool expected) =>
        Assert.Equal(expected, Multi().Allows(issuer));

    [Fact]
    public void Allows_OneTenant_NoOther()
    {
        var policy = new EntraIssuer(Template, Guid.Parse(Own), new HashSet<Guid>());

        Assert.True(policy.Allows(IssuerOf(Own)));
        Assert.False(policy.Allows(IssuerOf(Other)));
    }

    [Fact]
    public void Check_TenantAndObject_AreThePerson()
    {
        var person = Multi().Check(IssuerOf(Own), Claims(Own.ToUpperInvariant()));

        Assert.Equal(new EntraPerson(Guid.Parse(Own), Guid.Parse(Person)), person);
    }

    [Fact]
    public void Check_OtherTenantThanConfigured_IsAForeignIssuer()
    {
        var policy = new EntraIssuer(Template, Guid.Parse(Own), new HashSet<Guid>());

        Refused(SignInFailure.Issuer, () => policy.Check(IssuerOf(Other), Claims(Other)));
    }

    [Theory]
    [InlineData(Other)]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("common")]
    [InlineData("{11111111-2222-4333-8444-555555555555}")]
    public void Check_TenantIsNotTheIssuers_IsRefused(string? tenant) =>
        Refused(SignInFailure.Tenant, () => Multi().Check(IssuerOf(Own), Claims(tenant)));

    [Theory]
    [InlineData(null)]
    [InlineData("hanako")]
    [InlineData("00000000-0000-0000-0000-000000000000")]
    public void Check_NoObjectId_IsRefused(string? objectId) =>
        Refused(SignInFailure.Tenant, () => Multi().Check(IssuerOf(Own), Claims(Own, objectId)));

    [Fact]
    public void Check_TenantIsNotInTheList_IsRefused()
    {
        var policy = Multi(Own);

        Assert.NotNull(policy.Check(IssuerOf(Own), Claims(Own)));
        Refused(SignInFailure.Tenant, () => policy.Check(IssuerOf(Other), Claims(Other)));
    }

    private static EntraIssuer Multi(params string[] allowed) => new(Template, only: null, allowed.Select(Guid.Parse).ToHashSet());

    private static string IssuerOf(string tenant) => $"https://login.example.test/{tenant}/v2.0";

    private static JsonElement Claims(string? tenant, string? objectId = Person) =>
        JsonSerializer.SerializeToElement(new { tid = tenant, oid = objectId });
}
