using System.Buffers.Text;
using System.Text;
using System.Text.Json;

namespace Soracom.Portal.Tests.Security.OpenId.Support;

/// <summary>An ID token in the making: right unless a test changes it.</summary>
internal sealed class TestToken
{
    public const string Issuer = "https://id.example.test";
    public const string ClientId = "portal";
    public const string Nonce = "n-0S6_WzA2Mj";
    public const string AccessToken = "jHkWEdUXMU1BwAsC4vtUsZwnNvTIxEl0z9K3vx5KF0Y";

    // The example of OpenID Connect Core 1.0, appendix A.3, has this hash for that access token.
    public const string AccessTokenHash = "77QmUPtjPfzWtF2AnpK9RQ";

    public Dictionary<string, object?> Header { get; } = new(StringComparer.Ordinal)
    {
        ["alg"] = "RS256",
        ["typ"] = "JWT",
        ["kid"] = "rsa-1",
    };

    public Dictionary<string, object?> Claims { get; } = new(StringComparer.Ordinal)
    {
        ["iss"] = Issuer,
        ["sub"] = "24400320",
        ["aud"] = ClientId,
        ["nonce"] = Nonce,
        ["iat"] = ManualTime.Start.ToUnixTimeSeconds(),
        ["exp"] = ManualTime.Start.AddMinutes(5).ToUnixTimeSeconds(),
        ["name"] = "山田 花子",
        ["email"] = "hanako@example.test",
        ["preferred_username"] = "hanako",
    };

    /// <summary>In place of the claims, for a payload that is not an object with each member once.</summary>
    public string? RawPayload { get; set; }

    public string? RawHeader { get; set; }

    public static TestToken For(string algorithm)
    {
        var token = new TestToken();
        token.Header["alg"] = algorithm;
        token.Header["kid"] = algorithm is "ES256" ? TestKey.EcKey.Id : TestKey.RsaKey.Id;
        return token;
    }

    public string SigningInput =>
        Encode(RawHeader ?? JsonSerializer.Serialize(Header)) + "." + Encode(RawPayload ?? JsonSerializer.Serialize(Claims));

    public string SignedBy(TestKey key) => SignedWith(data => key.Sign((string)Header["alg"]!, data));

    public string SignedWith(Func<byte[], byte[]> sign)
    {
        var input = SigningInput;
        return input + "." + Base64Url.EncodeToString(sign(Encoding.ASCII.GetBytes(input)));
    }

    private static string Encode(string json) => Base64Url.EncodeToString(Encoding.UTF8.GetBytes(json));
}
