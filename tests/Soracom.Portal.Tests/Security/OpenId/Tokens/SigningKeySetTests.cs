using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Soracom.Portal.Security.OpenId;
using Soracom.Portal.Security.OpenId.Tokens;
using Soracom.Portal.Tests.Security.OpenId.Support;
using static Soracom.Portal.Tests.Security.OpenId.Support.Refusals;

namespace Soracom.Portal.Tests.Security.OpenId.Tokens;

public sealed class SigningKeySetTests
{
    private static readonly Dictionary<string, Func<Dictionary<string, object?>>> Unusable = new(StringComparer.Ordinal)
    {
        ["RSA of 1024 bits"] = () => TestKey.Rsa("k", bits: 1024).ToJwk(),
        ["RSA of 2040 bits"] = () => TestKey.Rsa("k", bits: 2040).ToJwk(),
        ["RSA of 1024 bits, stretched with zeros"] = () => Changed(TestKey.Rsa("k", bits: 1024), "n", Padded),
        ["RSA with exponent 1"] = () => Changed(TestKey.RsaKey, "e", _ => "AQ"),
        ["RSA with an even exponent"] = () => Changed(TestKey.RsaKey, "e", _ => "AQAA"),
        ["RSA with exponent 0"] = () => Changed(TestKey.RsaKey, "e", _ => "AA"),
        ["RSA with an endless exponent"] = () => Changed(TestKey.RsaKey, "e", _ => "AQAAAAAB"),
        ["RSA without modulus"] = () => Changed(TestKey.RsaKey, "n", _ => null),
        ["RSA with padded base64"] = () => Changed(TestKey.RsaKey, "e", e => e + "="),
        ["private RSA"] = () => Changed(TestKey.RsaKey, "d", _ => "AQAB"),
        ["P-384"] = () => TestKey.Ec("k", ECCurve.NamedCurves.nistP384).ToJwk(),
        ["P-384 under the name of P-256"] = () => Changed(TestKey.Ec("k", ECCurve.NamedCurves.nistP384), "crv", _ => "P-256"),
        ["secp256k1"] = () => Changed(TestKey.EcKey, "crv", _ => "secp256k1"),
        ["point beside the curve"] = () => Changed(TestKey.EcKey, "y", _ => (string)TestKey.EcKey.ToJwk()["x"]!),
        ["short coordinate"] = () => Changed(TestKey.EcKey, "x", _ => "AQAB"),
        ["private EC"] = () => Changed(TestKey.EcKey, "d", _ => "AQAB"),
        ["symmetric"] = () => Changed(TestKey.RsaKey, "kty", _ => "oct"),
        ["unknown kind"] = () => Changed(TestKey.RsaKey, "kty", _ => "OKP"),
        ["for encryption"] = () => Changed(TestKey.RsaKey, "use", _ => "enc"),
        ["for another algorithm"] = () => Changed(TestKey.RsaKey, "alg", _ => "RS512"),
        ["for key wrapping"] = () => Changed(TestKey.RsaKey, "alg", _ => "RSA-OAEP"),
        ["for wrapping only"] = () => With(TestKey.RsaKey.ToJwk(), "key_ops", new[] { "wrapKey" }),
        ["without a name"] = () => Changed(TestKey.RsaKey, "kid", _ => null),
    };

    public static TheoryData<string> UnusableNames => [.. Unusable.Keys];

    [Theory]
    [MemberData(nameof(UnusableNames))]
    public void Parse_KeyThatCanNotHaveSignedAnIdToken_IsLeftOut(string kind)
    {
        var useless = Unusable[kind]();
        var useful = TestKey.EcKey.ToJwk();
        useful["kid"] = "useful";

        var keys = Parse(useless, useful);

        Assert.NotNull(keys.Find("useful", SigningAlgorithm.Es256));
        foreach (var algorithm in Enum.GetValues<SigningAlgorithm>())
        {
            Assert.Null(keys.Find(useless["kid"] as string ?? string.Empty, algorithm));
        }

        Refused(SignInFailure.Protocol, () => Parse(useless));
    }

    [Fact]
    public void Find_KeyWithoutAlgorithm_ServesTheAlgorithmsOfItsKind()
    {
        var keys = Parse(TestKey.RsaKey.ToJwk(), TestKey.EcKey.ToJwk());

        Assert.NotNull(keys.Find("rsa-1", SigningAlgorithm.Rs256));
        Assert.NotNull(keys.Find("rsa-1", SigningAlgorithm.Ps256));
        Assert.Null(keys.Find("rsa-1", SigningAlgorithm.Es256));
        Assert.NotNull(keys.Find("ec-1", SigningAlgorithm.Es256));
        Assert.Null(keys.Find("ec-1", SigningAlgorithm.Rs256));
        Assert.Null(keys.Find("RSA-1", SigningAlgorithm.Rs256));
    }

    [Fact]
    public void Find_KeyPublishedForOneAlgorithm_ServesNoOther()
    {
        var keys = Parse(Changed(TestKey.RsaKey, "alg", _ => "PS256"));

        Assert.NotNull(keys.Find("rsa-1", SigningAlgorithm.Ps256));
        Assert.Null(keys.Find("rsa-1", SigningAlgorithm.Rs256));
    }

    [Fact]
    public void Find_TwoKeysOfOneNameAndKind_NeitherIsTaken()
    {
        var keys = Parse(TestKey.RsaKey.ToJwk(), TestKey.ForeignRsaKey.ToJwk(), With(TestKey.EcKey.ToJwk(), "kid", "rsa-1"));

        Assert.Null(keys.Find("rsa-1", SigningAlgorithm.Rs256));
        Assert.NotNull(keys.Find("rsa-1", SigningAlgorithm.Es256));
    }

    [Theory]
    [InlineData("")]
    [InlineData("[]")]
    [InlineData("{}")]
    [InlineData("{\"keys\":{}}")]
    [InlineData("{\"keys\":[]}")]
    [InlineData("{\"keys\":[1,null,\"x\"]}")]
    [InlineData("{\"keys\":[],\"keys\":[]}")]
    [InlineData("<html>")]
    public void Parse_NoKeySet_IsRefused(string json) =>
        Refused(SignInFailure.Protocol, () => SigningKeySet.Parse(Encoding.UTF8.GetBytes(json)));

    private static SigningKeySet Parse(params Dictionary<string, object?>[] keys) =>
        SigningKeySet.Parse(JsonSerializer.SerializeToUtf8Bytes(new { keys }));

    private static Dictionary<string, object?> Changed(TestKey key, string member, Func<string?, string?> change)
    {
        var jwk = key.ToJwk();
        return With(jwk, member, change(jwk.GetValueOrDefault(member) as string));
    }

    private static Dictionary<string, object?> With(Dictionary<string, object?> jwk, string member, object? value)
    {
        jwk[member] = value;
        return jwk;
    }

    private static string Padded(string? modulus) =>
        Base64Url.EncodeToString([.. new byte[128], .. Base64Url.DecodeFromChars(modulus)]);
}
