using System.Security.Claims;
using Soracom.Portal.Security.OpenId;
using Soracom.Portal.Security.OpenId.Tokens;

namespace Soracom.Portal.Tests.Security.OpenId;

public sealed class PersonKeyTests
{
    private const string Issuer = "https://login.example.test/11111111-2222-4333-8444-555555555555/v2.0";
    private static readonly Guid Tenant = Guid.Parse("11111111-2222-4333-8444-555555555555");
    private static readonly Guid Person = Guid.Parse("99999999-8888-4777-8666-555555555555");

    [Fact]
    public void FromPrincipal_AnyProvider_IsIssuerAndSubject() =>
        Assert.Equal(
            new PersonKey("https://id.example.test", "Sub-1"),
            PersonKey.FromPrincipal(Principal(new IdToken { Issuer = "https://id.example.test", Subject = "Sub-1", Email = "x@example.test" })));

    [Fact]
    public void FromPrincipal_Entra_IsTheTenantsIssuerAndTheObject()
    {
        var token = new IdToken { Issuer = Issuer, Subject = "pairwise", Entra = new EntraPerson(Tenant, Person) };

        Assert.Equal(new PersonKey(Issuer, "99999999-8888-4777-8666-555555555555"), PersonKey.FromPrincipal(Principal(token)));
    }

    [Fact]
    public void FromPrincipal_TwoPeopleWithOneEmailAddress_AreTwoPeople()
    {
        var one = Principal(new IdToken { Issuer = "https://a.example.test", Subject = "1", Email = "same@example.test" });
        var other = Principal(new IdToken { Issuer = "https://b.example.test", Subject = "1", Email = "same@example.test" });

        Assert.NotEqual(PersonKey.FromPrincipal(one), PersonKey.FromPrincipal(other));
    }

    [Fact]
    public void FromPrincipal_NobodyIsSignedIn_Throws()
    {
        Assert.Throws<InvalidOperationException>(() => PersonKey.FromPrincipal(new ClaimsPrincipal()));
        Assert.Throws<InvalidOperationException>(() => PersonKey.FromPrincipal(
            new ClaimsPrincipal(new ClaimsIdentity([new Claim("iss", Issuer), new Claim("sub", "1")]))));
    }

    [Theory]
    [InlineData("iss")]
    [InlineData("sub")]
    [InlineData("iss", "sub", "sub")]
    [InlineData("iss", "iss", "sub")]
    [InlineData("iss", "sub", "oid", "oid")]
    [InlineData("ISS", "sub")]
    [InlineData("email", "name")]
    public void FromPrincipal_ClaimMissingOrTwice_Throws(params string[] types) =>
        Assert.Throws<InvalidOperationException>(() => PersonKey.FromPrincipal(
            new ClaimsPrincipal(new ClaimsIdentity(types.Select(type => new Claim(type, "value")), "OpenId"))));

    private static ClaimsPrincipal Principal(IdToken token) => new(token.ToIdentity("OpenId"));
}
