using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text.Json;
using Soracom.Portal.Security.OpenId;
using Soracom.Portal.Security.OpenId.Tokens;
using Soracom.Portal.Tests.Security.OpenId.Support;
using static Soracom.Portal.Tests.Security.OpenId.Support.Refusals;

namespace Soracom.Portal.Tests.Security.OpenId.Tokens;

public sealed class JsonWebSignatureTests
{
    [Theory]
    [InlineData("none")]
    [InlineData("None")]
    [InlineData("NONE")]
    [InlineData("HS256")]
    [InlineData("RS512")]
    [InlineData("ES384")]
    [InlineData("EdDSA")]
    [InlineData("rs256")]
    [InlineData("RS256 ")]
    public void Parse_AlgorithmThatIsNotAccepted_IsRefused(string algorithm)
    {
        var token = new TestToken();
        token.Header["alg"] = algorithm;

        Refused(SignInFailure.Signature, () => JsonWebSignature.Parse(token.SignedBy(TestKey.RsaKey)));
    }

    [Fact]
    public void Parse_NoneWithEmptySignature_IsRefused()
    {
        var token = new TestToken();
        token.Header["alg"] = "none";

        Refused(SignInFailure.Signature, () => JsonWebSignature.Parse(token.SigningInput + "."));
    }

    [Fact]
    public void Parse_HmacWithThePublicKeyAsSecret_IsRefused()
    {
        var token = new TestToken();
        token.Header["alg"] = "HS256";

        Refused(
            SignInFailure.Signature,
            () => JsonWebSignature.Parse(token.SignedWith(data => HMACSHA256.HashData(TestKey.RsaKey.PublicKeyInfo, data))));
    }

    [Fact]
    public void Verify_HmacUnderTheNameOfRsa_IsRefused() => Refused(
        SignInFailure.Signature,
        () => Verify(new TestToken().SignedWith(data => HMACSHA256.HashData(TestKey.RsaKey.PublicKeyInfo, data)), TestKey.RsaKey));

    [Theory]
    [InlineData("crit", SignInFailure.Protocol)]
    [InlineData("empty crit", SignInFailure.Protocol)]
    [InlineData("null crit", SignInFailure.Protocol)]
    [InlineData("access token", SignInFailure.Protocol)]
    [InlineData("logout token", SignInFailure.Protocol)]
    [InlineData("type is a number", SignInFailure.Protocol)]
    [InlineData("no algorithm", SignInFailure.Protocol)]
    [InlineData("algorithm is a number", SignInFailure.Protocol)]
    [InlineData("no key named", SignInFailure.Signature)]
    [InlineData("empty key name", SignInFailure.Signature)]
    [InlineData("endless key name", SignInFailure.Signature)]
    [InlineData("algorithm twice", SignInFailure.Protocol)]
    [InlineData("not JSON", SignInFailure.Protocol)]
    [InlineData("text", SignInFailure.Protocol)]
    public void Parse_HeaderBreaksARule_IsRefused(string rule, object failure)
    {
        var token = new TestToken();
        switch (rule)
        {
            case "crit": token.Header["crit"] = new[] { "b64" }; break;
            case "empty crit": token.Header["crit"] = Array.Empty<string>(); break;
            case "null crit": token.Header["crit"] = null; break;
            case "access token": token.Header["typ"] = "at+jwt"; break;
            case "logout token": token.Header["typ"] = "logout+jwt"; break;
            case "type is a number": token.Header["typ"] = 1; break;
            case "no algorithm": token.RawHeader = "{\"kid\":\"rsa-1\"}"; break;
            case "algorithm is a number": token.RawHeader = "{\"alg\":256,\"kid\":\"rsa-1\"}"; break;
            case "no key named": token.Header.Remove("kid"); break;
            case "empty key name": token.Header["kid"] = ""; break;
            case "endless key name": token.Header["kid"] = new string('k', 257); break;
            case "algorithm twice": token.RawHeader = "{\"alg\":\"none\",\"alg\":\"RS256\",\"kid\":\"rsa-1\"}"; break;
            case "not JSON": token.RawHeader = "{alg:RS256}"; break;
            default: token.RawHeader = "\"RS256\""; break;
        }

        Refused((SignInFailure)failure, () => JsonWebSignature.Parse(token.SignedBy(TestKey.RsaKey)));
    }

    [Theory]
    [InlineData("")]
    [InlineData(".")]
    [InlineData("..")]
    [InlineData("a.b")]
    [InlineData("e30")]
    [InlineData("e30.e30")]
    [InlineData("e30.e30.e30.e30")]
    [InlineData("e30.e30.e30.e30.e30")]
    public void Parse_NotThreeParts_IsRefused(string token) =>
        Refused(SignInFailure.Protocol, () => JsonWebSignature.Parse(token));

    [Theory]
    [InlineData("=", 0)]
    [InlineData("=", 1)]
    [InlineData("=", 2)]
    [InlineData(" ", 0)]
    [InlineData("\n", 1)]
    [InlineData("+", 2)]
    [InlineData("/", 1)]
    [InlineData("é", 2)]
    [InlineData("\0", 0)]
    public void Parse_CharacterThatIsNotBase64Url_IsRefused(string character, int part)
    {
        var parts = new TestToken().SignedBy(TestKey.RsaKey).Split('.');
        parts[part] += character;

        Assert.Throws<OpenIdSignInException>(() => JsonWebSignature.Parse(string.Join('.', parts)));
    }

    [Fact]
    public void Parse_SignatureSpeltAnotherWay_IsRefused()
    {
        // 256 bytes leave four unused bits in the last character: with one of them set, it decodes to the same bytes.
        var token = new TestToken().SignedBy(TestKey.RsaKey);
        const string Alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";
        var twin = token[..^1] + Alphabet[Alphabet.IndexOf(token[^1], StringComparison.Ordinal) | 1];

        Assert.NotEqual(token[^1], twin[^1]);
        Refused(SignInFailure.Signature, () => JsonWebSignature.Parse(twin));
    }

    [Fact]
    public void Parse_TokenOfMoreThan65536Characters_IsRefused()
    {
        var token = new TestToken();
        token.Claims["x"] = new string('x', JsonWebSignature.MaximumLength);

        Refused(SignInFailure.Protocol, () => JsonWebSignature.Parse(token.SignedBy(TestKey.RsaKey)));
    }

    [Theory]
    [InlineData("RS256")]
    [InlineData("PS256")]
    [InlineData("ES256")]
    public void Verify_AnyPartChanged_IsRefused(string algorithm)
    {
        var key = algorithm is "ES256" ? TestKey.EcKey : TestKey.RsaKey;
        var token = TestToken.For(algorithm).SignedBy(key);
        var other = TestToken.For(algorithm);
        other.Claims["sub"] = "somebody else";
        var parts = token.Split('.');
        var otherParts = other.SignedBy(key).Split('.');

        Assert.NotEqual(0, Verify(token, key).Length);
        Refused(SignInFailure.Signature, () => Verify($"{parts[0]}.{otherParts[1]}.{parts[2]}", key));
        Refused(SignInFailure.Signature, () => Verify($"{parts[0]}.{parts[1]}.{otherParts[2]}", key));
        for (var bit = 0; bit < 8; bit++)
        {
            var signature = Base64Url.DecodeFromChars(parts[2]);
            signature[bit * 7] ^= (byte)(1 << bit);
            Refused(SignInFailure.Signature, () => Verify($"{parts[0]}.{parts[1]}.{Base64Url.EncodeToString(signature)}", key));
        }
    }

    [Theory]
    [InlineData("RS256")]
    [InlineData("PS256")]
    [InlineData("ES256")]
    public void Verify_SignatureOfAnotherLength_IsRefused(string algorithm)
    {
        var key = algorithm is "ES256" ? TestKey.EcKey : TestKey.RsaKey;
        var token = TestToken.For(algorithm);

        Refused(SignInFailure.Signature, () => Verify(token.SignedWith(data => [.. key.Sign(algorithm, data), 0]), key));
        Refused(SignInFailure.Signature, () => Verify(token.SignedWith(data => [0, .. key.Sign(algorithm, data)]), key));
        Refused(SignInFailure.Signature, () => Verify(token.SignedWith(data => key.Sign(algorithm, data)[..^1]), key));
        Refused(SignInFailure.Signature, () => Verify(token.SignedWith(data => [0]), key));
        Refused(SignInFailure.Signature, () => Verify(token.SigningInput + ".", key));
    }

    [Theory]
    [InlineData("RS256", "PS256")]
    [InlineData("PS256", "RS256")]
    public void Verify_SignedWithOnePaddingNamedAsTheOther_IsRefused(string signedWith, string named) => Refused(
        SignInFailure.Signature,
        () => Verify(TestToken.For(named).SignedWith(data => TestKey.RsaKey.Sign(signedWith, data)), TestKey.RsaKey));

    [Fact]
    public void Verify_PssWithoutSalt_IsRefused()
    {
        // RFC 7518, section 3.5: the salt is as long as the hash.
        var token = TestToken.For("PS256");

        Assert.NotEqual(0, Verify(token.SignedWith(data => TestKey.RsaKey.SignPss(data, saltLength: 32)), TestKey.RsaKey).Length);
        Refused(SignInFailure.Signature, () => Verify(token.SignedWith(data => TestKey.RsaKey.SignPss(data, saltLength: 0)), TestKey.RsaKey));
    }

    [Fact]
    public void Verify_EcdsaSignatureInAsn1_IsRefused() =>
        Refused(SignInFailure.Signature, () => Verify(TestToken.For("ES256").SignedWith(TestKey.EcKey.SignAsDer), TestKey.EcKey));

    [Theory]
    [InlineData("0", "0")]
    [InlineData("r", "0")]
    [InlineData("0", "s")]
    [InlineData("n", "s")]
    [InlineData("r", "n")]
    [InlineData("r", "max")]
    [InlineData("max", "s")]
    [InlineData("s", "r")]
    public void Verify_EcdsaNumberOutOfRangeOrPlace_IsRefused(string first, string second) => Refused(
        SignInFailure.Signature,
        () => Verify(
            TestToken.For("ES256").SignedWith(data =>
            {
                var signature = TestKey.EcKey.Sign("ES256", data);
                byte[] Number(string name) => name switch
                {
                    "r" => signature[..32],
                    "s" => signature[32..],
                    "n" => Convert.FromHexString("FFFFFFFF00000000FFFFFFFFFFFFFFFFBCE6FAADA7179E84F3B9CAC2FC632551"), // the group's order
                    "max" => [.. Enumerable.Repeat((byte)0xFF, 32)],
                    _ => new byte[32],
                };
                return [.. Number(first), .. Number(second)];
            }),
            TestKey.EcKey));

    [Fact]
    public void Find_EcTokenNamesAnRsaKey_NoKeyIsFound()
    {
        var token = TestToken.For("ES256");
        token.Header["kid"] = TestKey.RsaKey.Id;
        var parsed = JsonWebSignature.Parse(token.SignedBy(TestKey.EcKey));

        Assert.Null(KeySet(TestKey.RsaKey).Find(parsed.KeyId, parsed.Algorithm));
    }

    [Fact]
    public void Parse_HeaderBringsItsOwnKey_ThatKeyIsNotUsed()
    {
        var token = new TestToken();
        token.Header["jwk"] = TestKey.ForeignRsaKey.ToJwk();
        token.Header["jku"] = "https://evil.example.test/keys";

        Refused(SignInFailure.Signature, () => Verify(token.SignedBy(TestKey.ForeignRsaKey), TestKey.RsaKey));
    }

    private static ReadOnlyMemory<byte> Verify(string token, TestKey key)
    {
        var parsed = JsonWebSignature.Parse(token);
        return parsed.Verify(KeySet(key).Find(parsed.KeyId, parsed.Algorithm)!);
    }

    private static SigningKeySet KeySet(TestKey key) =>
        SigningKeySet.Parse(JsonSerializer.SerializeToUtf8Bytes(new { keys = new[] { key.ToJwk() } }));
}
