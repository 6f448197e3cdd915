using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;

namespace Soracom.Sandbox.Auth;

/// <summary>
/// Makes tokens of the shape that clients take apart: a JWT whose payload names the operator, from which the vendor's
/// command line fills {operator_id} in paths. As with the real service nothing in it is a promise to clients, so it
/// deliberately carries no expiry for anyone to build on.
/// </summary>
internal sealed class TokenMint(byte[] key)
{
    private static readonly string Header = Base64Url.EncodeToString("""{"alg":"HS256","typ":"JWT"}"""u8);

    public string Issue(ApiSession session, DateTimeOffset now)
    {
        var content = $"{Header}.{Base64Url.EncodeToString(Payload(session, now))}";
        var signature = HMACSHA256.HashData(key, Encoding.ASCII.GetBytes(content));
        return $"{content}.{Base64Url.EncodeToString(signature)}";
    }

    private static byte[] Payload(ApiSession session, DateTimeOffset now)
    {
        using var buffer = new MemoryStream();
        using (var json = new Utf8JsonWriter(buffer))
        {
            json.WriteStartObject();
            json.WriteString("jti", Guid.NewGuid());
            json.WriteNumber("iat", now.ToUnixTimeSeconds());
            json.WriteStartObject("operator");
            json.WriteString("operatorId", session.Account.OperatorId);
            json.WriteEndObject();
            if (session.UserName is { } userName)
            {
                json.WriteStartObject("user");
                json.WriteString("userName", userName);
                json.WriteEndObject();
            }

            json.WriteEndObject();
        }

        return buffer.ToArray();
    }
}
