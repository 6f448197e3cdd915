using System.Security.Cryptography;
using Soracom.Sandbox.Errors;
using Soracom.Sandbox.Http;
using Soracom.Sandbox.State;

namespace Soracom.Sandbox.Users;

/// <summary>AuthKeys of the root user and of SAM users alike. A secret is told once, when the key is made.</summary>
internal static class AuthKeyActs
{
    private const string LettersAndDigits = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789";

    public static Answer List(Subject subject) => Answer.List(subject.User.AuthKeys, UserJson.Write);

    public static Answer Get(Subject subject)
    {
        var key = Find(subject);
        return Answer.Ok(json => UserJson.Write(json, key));
    }

    /// <param name="subject">Whose.</param>
    /// <param name="status">200 or 201: the definition has it differently for root and SAM users.</param>
    public static Answer Generate(Subject subject, int status)
    {
        var key = new AuthKey($"keyId-{RandomNumberGenerator.GetString(LettersAndDigits, 32)}", $"secret-{RandomNumberGenerator.GetString(LettersAndDigits, 60)}")
        {
            Created = subject.Call.Now,
        };
        subject.Put(subject.User with { AuthKeys = [.. subject.User.AuthKeys, key] });
        return new Answer(status)
        {
            Json = json =>
            {
                json.WriteStartObject();
                json.WriteString("authKeyId", key.Id);
                json.WriteString("authKey", key.Secret);
                json.WriteEndObject();
            },
        };
    }

    /// <summary>API keys that were got with it go on to their end, as far as is known.</summary>
    public static Answer Delete(Subject subject)
    {
        var key = Find(subject);
        subject.Put(subject.User with { AuthKeys = [.. subject.User.AuthKeys.Where(one => one != key)] });
        return Answer.NoContent;
    }

    private static AuthKey Find(Subject subject) =>
        subject.User.AuthKeys.FirstOrDefault(key => key.Id == subject.Call.Path["auth_key_id"]) ?? throw new VendorException(UserErrors.NoSuchAuthKey);
}
