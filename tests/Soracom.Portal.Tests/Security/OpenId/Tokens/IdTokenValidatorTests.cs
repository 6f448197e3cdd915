using System.Text.Json;
using Soracom.Portal.Security.OpenId;
using Soracom.Portal.Security.OpenId.Tokens;
using Soracom.Portal.Tests.Security.OpenId.Support;
using static Soracom.Portal.Tests.Security.OpenId.Support.Refusals;

namespace Soracom.Portal.Tests.Security.OpenId.Tokens;

public sealed class IdTokenValidatorTests
{
    private static readonly long Now = ManualTime.Start.ToUnixTimeSeconds();
    private static readonly int Skew = (int)TimeSpan.FromMinutes(3).TotalSeconds;

    private static readonly Dictionary<string, (SignInFailure Failure, Action<TestToken> Break)> BrokenRules = new(StringComparer.Ordinal)
    {
        ["no issuer"] = (SignInFailure.Protocol, token => token.Claims.Remove("iss")),
        ["issuer is a number"] = (SignInFailure.Protocol, token => token.Claims["iss"] = 7),
        ["foreign issuer"] = (SignInFailure.Issuer, token => token.Claims["iss"] = "https://evil.example.test"),
        ["issuer with a slash too many"] = (SignInFailure.Issuer, token => token.Claims["iss"] = TestToken.Issuer + "/"),
        ["issuer in capitals"] = (SignInFailure.Issuer, token => token.Claims["iss"] = TestToken.Issuer.ToUpperInvariant()),
        ["issuer that begins like ours"] = (SignInFailure.Issuer, token => token.Claims["iss"] = TestToken.Issuer + ".evil.test"),

        ["no audience"] = (SignInFailure.Protocol, token => token.Claims.Remove("aud")),
        ["audience is an object"] = (SignInFailure.Protocol, token => token.Claims["aud"] = new { portal = true }),
        ["audience list holds a number"] = (SignInFailure.Protocol, token => token.Claims["aud"] = new object[] { TestToken.ClientId, 1 }),
        ["audience list is empty"] = (SignInFailure.Audience, token => token.Claims["aud"] = Array.Empty<string>()),
        ["another audience"] = (SignInFailure.Audience, token => token.Claims["aud"] = "another"),
        ["audience in capitals"] = (SignInFailure.Audience, token => token.Claims["aud"] = "PORTAL"),
        ["several audiences without ours"] = (SignInFailure.Audience, token => token.Claims["aud"] = new[] { "a", "b" }),
        ["several audiences and no authorized party"] =
            (SignInFailure.Audience, token => token.Claims["aud"] = new[] { TestToken.ClientId, "another" }),
        ["several audiences and another authorized party"] = (SignInFailure.Audience, token =>
        {
            token.Claims["aud"] = new[] { TestToken.ClientId, "another" };
            token.Claims["azp"] = "another";
        }
        ),
        ["our audience, another authorized party"] = (SignInFailure.Audience, token => token.Claims["azp"] = "another"),

        ["no expiry"] = (SignInFailure.Protocol, token => token.Claims.Remove("exp")),
        ["expiry is text"] = (SignInFailure.Protocol, token => token.Claims["exp"] = "2000000000"),
        ["expiry is a fraction"] = (SignInFailure.Protocol, token => token.Claims["exp"] = Now + 0.5),
        ["expiry is negative"] = (SignInFailure.Protocol, token => token.Claims["exp"] = -1),
        ["expiry is past the calendar"] = (SignInFailure.Protocol, token => token.Claims["exp"] = long.MaxValue),
        ["expired"] = (SignInFailure.Expired, token => token.Claims["exp"] = Now - Skew),
        ["no time of issue"] = (SignInFailure.Protocol, token => token.Claims.Remove("iat")),
        ["issued in the future"] = (SignInFailure.Expired, token => token.Claims["iat"] = Now + Skew + 1),
        ["valid in the future"] = (SignInFailure.Expired, token => token.Claims["nbf"] = Now + Skew + 1),
        ["begin of validity is text"] = (SignInFailure.Protocol, token => token.Claims["nbf"] = "now"),

        ["no nonce"] = (SignInFailure.Nonce, token => token.Claims.Remove("nonce")),
        ["nonce is null"] = (SignInFailure.Nonce, token => token.Claims["nonce"] = null),
        ["empty nonce"] = (SignInFailure.Nonce, token => token.Claims["nonce"] = ""),
        ["nonce is a list"] = (SignInFailure.Protocol, token => token.Claims["nonce"] = new[] { TestToken.Nonce }),
        ["another nonce"] = (SignInFailure.Nonce, token => token.Claims["nonce"] = "n-0S6_WzA2Mk"),
        ["begin of the nonce"] = (SignInFailure.Nonce, token => token.Claims["nonce"] = TestToken.Nonce[..^1]),

        ["no subject"] = (SignInFailure.Protocol, token => token.Claims.Remove("sub")),
        ["empty subject"] = (SignInFailure.Protocol, token => token.Claims["sub"] = ""),
        ["subject is a number"] = (SignInFailure.Protocol, token => token.Claims["sub"] = 24400320),
        ["subject of 256 characters"] = (SignInFailure.Protocol, token => token.Claims["sub"] = new string('s', 256)),
        ["name is an object"] = (SignInFailure.Protocol, token => token.Claims["name"] = new { given = "Hanako" }),

        ["hash of another access token"] = (SignInFailure.Protocol, token => token.Claims["at_hash"] = "77QmUPtjPfzWtF2AnpK9RA"),
        ["empty access token hash"] = (SignInFailure.Protocol, token => token.Claims["at_hash"] = ""),

        ["payload is a list"] = (SignInFailure.Protocol, token => token.RawPayload = "[]"),
        ["payload is not JSON"] = (SignInFailure.Protocol, token => token.RawPayload = "iss=me"),
        ["payload is cut off"] = (SignInFailure.Protocol, token => token.RawPayload = JsonSerializer.Serialize(token.Claims)[..^1]),
        ["payload with something behind it"] = (SignInFailure.Protocol, token => token.RawPayload = JsonSerializer.Serialize(token.Claims) + "{}"),
        ["payload with a comment"] = (SignInFailure.Protocol, token => token.RawPayload = "/**/" + JsonSerializer.Serialize(token.Claims)),
        ["issuer stands there twice"] = (SignInFailure.Protocol, token =>
            token.RawPayload = "{\"iss\":\"https://evil.example.test\"," + JsonSerializer.Serialize(token.Claims)[1..]),
        ["issuer stands there twice, once escaped"] = (SignInFailure.Protocol, token =>
            token.RawPayload = "{\"\\u0069ss\":\"https://evil.example.test\"," + JsonSerializer.Serialize(token.Claims)[1..]),
        ["half a surrogate pair"] = (SignInFailure.Protocol, token =>
        {
            token.Claims.Remove("sub");
            token.RawPayload = "{\"sub\":\"\\ud83d\"," + JsonSerializer.Serialize(token.Claims)[1..];
        }
        ),
        ["nested too deeply"] = (SignInFailure.Protocol, token =>
            token.RawPayload = "{\"x\":" + new string('[', 40) + new string(']', 40) + "," + JsonSerializer.Serialize(token.Claims)[1..]),
    };

    private static readonly Dictionary<string, Action<TestToken>> KeptRules = new(StringComparer.Ordinal)
    {
        ["audience in a list"] = token => token.Claims["aud"] = new[] { TestToken.ClientId },
        ["our audience and ourselves as authorized party"] = token => token.Claims["azp"] = TestToken.ClientId,
        ["several audiences and ourselves as authorized party"] = token =>
        {
            token.Claims["aud"] = new[] { "another", TestToken.ClientId };
            token.Claims["azp"] = TestToken.ClientId;
        },
        ["expired within the clock skew"] = token => token.Claims["exp"] = Now - Skew + 1,
        ["issued ahead within the clock skew"] = token => token.Claims["iat"] = Now + Skew,
        ["valid ahead within the clock skew"] = token => token.Claims["nbf"] = Now + Skew,
        ["expires with the calendar"] = token => token.Claims["exp"] = DateTimeOffset.MaxValue.ToUnixTimeSeconds(),
        ["subject of 255 characters"] = token => token.Claims["sub"] = new string('s', 255),
        ["hash of the access token"] = token => token.Claims["at_hash"] = TestToken.AccessTokenHash,
        ["no name and no e-mail address"] = token =>
        {
            token.Claims.Remove("name");
            token.Claims["email"] = null;
        },
        ["claims that nobody knows"] = token => token.Claims["https://example.test/x"] = new { deep = new { er = new[] { 1, 2 } } },
        ["no type in the header"] = token => token.Header.Remove("typ"),
    };

    public static TheoryData<string> BrokenRuleNames => [.. BrokenRules.Keys];

    public static TheoryData<string> KeptRuleNames => [.. KeptRules.Keys];

    [Theory]
    [MemberData(nameof(BrokenRuleNames))]
    public void Validate_TokenBreaksARule_IsRefusedForIt(string rule)
    {
        var token = new TestToken();
        BrokenRules[rule].Break(token);

        Refused(BrokenRules[rule].Failure, () => Validate(token.SignedBy(TestKey.RsaKey)));
    }

    [Theory]
    [MemberData(nameof(KeptRuleNames))]
    public void Validate_TokenKeepsTheRules_IsAccepted(string rule)
    {
        var token = new TestToken();
        KeptRules[rule](token);

        Assert.Equal(TestToken.Issuer, Validate(token.SignedBy(TestKey.RsaKey)).Issuer);
    }

    [Theory]
    [InlineData("RS256")]
    [InlineData("PS256")]
    [InlineData("ES256")]
    public void Validate_EachAcceptedAlgorithm_GivesThePerson(string algorithm)
    {
        var key = algorithm is "ES256" ? TestKey.EcKey : TestKey.RsaKey;

        var person = Validate(TestToken.For(algorithm).SignedBy(key), key);

        Assert.Equal(TestToken.Issuer, person.Issuer);
        Assert.Equal("24400320", person.Subject);
        Assert.Equal("山田 花子", person.Name);
        Assert.Equal("hanako@example.test", person.Email);
        Assert.Equal("hanako", person.PreferredUsername);
        Assert.Null(person.Entra);
    }

    [Fact]
    public void Validate_AccessTokenHashWithoutAccessToken_IsRefused()
    {
        var token = new TestToken();
        token.Claims["at_hash"] = TestToken.AccessTokenHash;

        Refused(SignInFailure.Protocol, () => Validate(token.SignedBy(TestKey.RsaKey), accessToken: null));
    }

    [Fact]
    public void Validate_SignatureAndClaimsAreBothWrong_NothingIsSaidAboutTheClaims()
    {
        var token = new TestToken { RawPayload = "not even JSON" };

        Refused(SignInFailure.Signature, () => Validate(token.SignedBy(TestKey.ForeignRsaKey)));
    }

    [Fact]
    public void Validate_KeyPublishedForAnotherIssuer_IsRefused()
    {
        var jwk = TestKey.RsaKey.ToJwk();
        jwk["issuer"] = "https://another.example.test";

        Refused(SignInFailure.Signature, () => Validate(new TestToken().SignedBy(TestKey.RsaKey), jwk));
    }

    [Fact]
    public void ToIdentity_OtherProviderWritesTenantAndObject_TheyAreNotClaims()
    {
        var token = new TestToken();
        token.Claims["tid"] = Guid.NewGuid();
        token.Claims["oid"] = Guid.NewGuid();
        token.Claims["roles"] = new[] { "admin" };

        var identity = Validate(token.SignedBy(TestKey.RsaKey)).ToIdentity("OpenId");

        Assert.True(identity.IsAuthenticated);
        Assert.Equal("山田 花子", identity.Name);
        Assert.Equal("iss sub name email preferred_username", string.Join(' ', identity.Claims.Select(claim => claim.Type)));
        Assert.All(identity.Claims, claim => Assert.Equal(TestToken.Issuer, claim.Issuer));
    }

    private static IdToken Validate(string token, TestKey? key = null, string? accessToken = TestToken.AccessToken) =>
        Validate(token, (key ?? TestKey.RsaKey).ToJwk(), accessToken);

    private static IdToken Validate(string token, Dictionary<string, object?> jwk, string? accessToken = TestToken.AccessToken)
    {
        var parsed = JsonWebSignature.Parse(token);
        var keys = SigningKeySet.Parse(JsonSerializer.SerializeToUtf8Bytes(new { keys = new[] { jwk } }));
        return IdTokenValidator.Validate(parsed, keys.Find(parsed.KeyId, parsed.Algorithm)!, new IdTokenExpectations
        {
            Issuer = new ExactIssuer(TestToken.Issuer),
            ClientId = TestToken.ClientId,
            Nonce = TestToken.Nonce,
            AccessToken = accessToken,
            Now = ManualTime.Start,
            ClockSkew = TimeSpan.FromSeconds(Skew),
        });
    }
}
