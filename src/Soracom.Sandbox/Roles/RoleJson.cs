using System.Text.Json;

namespace Soracom.Sandbox.Roles;

/// <summary>Roles on the wire. All times are in seconds.</summary>
internal static class RoleJson
{
    public static void WriteSummary(Utf8JsonWriter json, RoleView role) => Write(json, role, withPermission: false);

    public static void Write(Utf8JsonWriter json, RoleView role) => Write(json, role, withPermission: true);

    public static void WriteVersion(Utf8JsonWriter json, ManagedRole role, int version)
    {
        json.WriteStartObject();
        json.WriteString("roleId", role.Id);
        json.WriteString("roleName", role.Name);
        json.WriteString("owner", RoleView.OfTheService);
        json.WriteString("description", role.Description);
        json.WriteString("permission", role.Versions[version - 1]);
        json.WriteNumber("version", version);
        json.WriteNumber("publishDateTime", role.PublishedAs(version).ToUnixTimeSeconds());
        json.WriteEndObject();
    }

    private static void Write(Utf8JsonWriter json, RoleView role, bool withPermission)
    {
        json.WriteStartObject();
        json.WriteString("roleId", role.Id);
        json.WriteString("roleName", role.Name);
        json.WriteString("owner", role.Owner);
        json.WriteString("description", role.Description ?? "");
        if (withPermission)
        {
            json.WriteString("permission", role.Permission);
        }

        json.WriteNumber("createDateTime", role.Created.ToUnixTimeSeconds());
        json.WriteNumber("updateDateTime", role.Updated.ToUnixTimeSeconds());
        json.WriteEndObject();
    }
}
