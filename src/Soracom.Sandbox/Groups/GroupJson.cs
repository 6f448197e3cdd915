using System.Collections.Immutable;
using System.Text.Json;
using Soracom.Sandbox.Http;
using Soracom.Sandbox.State;

namespace Soracom.Sandbox.Groups;

/// <summary>A group on the wire. The service sends both times under two names each.</summary>
internal static class GroupJson
{
    public static void Write(Utf8JsonWriter json, Group group, string operatorId)
    {
        json.WriteStartObject();
        json.WriteString("operatorId", operatorId);
        json.WriteString("groupId", group.GroupId);
        json.WriteNumber("createdAt", group.CreatedTime);
        json.WriteNumber("lastModifiedAt", group.LastModifiedTime);
        json.WritePropertyName("configuration");
        Write(json, group.Configuration);
        json.WriteTags(group.Tags);
        json.WriteNumber("createdTime", group.CreatedTime);
        json.WriteNumber("lastModifiedTime", group.LastModifiedTime);
        json.WriteEndObject();
    }

    /// <summary>Namespace, key, value.</summary>
    public static void Write(Utf8JsonWriter json, ImmutableSortedDictionary<string, ImmutableSortedDictionary<string, string>> configuration)
    {
        json.WriteStartObject();
        foreach (var (name, values) in configuration)
        {
            json.WriteStartObject(name);
            foreach (var (key, value) in values)
            {
                json.WritePropertyName(key);
                json.WriteRawValue(value);
            }

            json.WriteEndObject();
        }

        json.WriteEndObject();
    }
}
