using System.Text.Json;
using Soracom.Sandbox.Roles;
using Soracom.Sandbox.State;

namespace Soracom.Sandbox.Users;

/// <summary>Users on the wire. All times are in seconds.</summary>
internal static class UserJson
{
    /// <param name="json">Where to.</param>
    /// <param name="user">A SAM user.</param>
    /// <param name="roles">The user's roles, each known.</param>
    public static void Write(Utf8JsonWriter json, User user, IReadOnlyList<RoleView> roles)
    {
        json.WriteStartObject();
        json.WriteString("userName", user.Name);
        json.WriteString("description", user.Description ?? "");
        json.WriteNumber("createDateTime", user.Created.ToUnixTimeSeconds());
        json.WriteNumber("updateDateTime", user.Updated.ToUnixTimeSeconds());
        json.WriteBoolean("hasPassword", user.Password is not null);
        if (user.Permission is { } permission)
        {
            json.WriteString("permission", permission);
        }

        json.WriteStartArray("authKeyList");
        foreach (var key in user.AuthKeys)
        {
            Write(json, key);
        }

        json.WriteEndArray();
        json.WriteStartArray("roleList");
        foreach (var role in roles)
        {
            RoleJson.WriteSummary(json, role);
        }

        json.WriteEndArray();
        json.WriteEndObject();
    }

    /// <summary>Never with the secret.</summary>
    public static void Write(Utf8JsonWriter json, AuthKey key)
    {
        json.WriteStartObject();
        json.WriteString("authKeyId", key.Id);
        json.WriteNumber("createDateTime", key.Created.ToUnixTimeSeconds());
        if (key.LastUsed is { } used)
        {
            json.WriteNumber("lastUsedDateTime", used.ToUnixTimeSeconds());
        }

        json.WriteEndObject();
    }

    /// <summary>An object with one string.</summary>
    public static Action<Utf8JsonWriter> Text(string name, string? value) => json =>
    {
        json.WriteStartObject();
        if (value is not null)
        {
            json.WriteString(name, value);
        }

        json.WriteEndObject();
    };
}
