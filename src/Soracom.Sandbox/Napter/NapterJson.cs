using System.Text.Json;
using Soracom.Sandbox.Http;

namespace Soracom.Sandbox.Napter;

/// <summary>Mappings and their record on the wire.</summary>
internal static class NapterJson
{
    public static void Write(Utf8JsonWriter json, PortMapping mapping, string operatorId)
    {
        json.WriteStartObject();
        json.WriteString("operatorId", operatorId);
        json.WriteString("ipAddress", mapping.IpAddress);
        json.WriteNumber("port", mapping.Port);
        json.WriteString("hostname", mapping.Hostname);
        json.WriteString("endpoint", mapping.Endpoint);
        json.WriteStartObject("destination");
        WriteTarget(json, mapping.Target);
        json.WriteNumber("port", mapping.Target.Port);
        json.WriteString("destinationChoosingStrategy", mapping.Target.Strategy);
        json.WriteEndObject();
        json.WriteStartObject("source");
        json.WriteStrings("ipRanges", mapping.IpRanges);
        json.WriteEndObject();
        json.WriteNumber("duration", mapping.Duration);
        json.WriteNumber("createdTime", mapping.CreatedTime);
        json.WriteNumber("expiredTime", mapping.ExpiredTime);
        json.WriteBoolean("expired", mapping.Expired);
        json.WriteBoolean("tlsRequired", mapping.TlsRequired);
        json.WriteString("placement", "default");
        WriteTarget(json, mapping.Target);
        json.WriteEndObject();
    }

    public static void Write(Utf8JsonWriter json, NapterEvent entry, string operatorId)
    {
        json.WriteStartObject();
        json.WriteString("operatorId", operatorId);
        json.WriteString("imsi", entry.Target.Imsi);
        json.WriteString("connectionId", entry.ConnectionId);
        json.WriteString("type", entry.Type);
        if (entry.From is { } from)
        {
            json.WriteStartObject("direction");
            json.WriteString("sourceIPAddress", from.Address);
            json.WriteNumber("sourcePort", from.Port);
            json.WriteString("destinationIPAddress", entry.Target.Address);
            json.WriteNumber("destinationPort", entry.Target.Port);
            json.WriteEndObject();
        }

        json.WriteNumber("createdAt", entry.Time);
        json.WriteBoolean("tls", entry.Tls);
        json.WriteEndObject();
    }

    private static void WriteTarget(Utf8JsonWriter json, PortMappingTarget target) =>
        json.WriteString(target.IsByImsi ? "imsi" : "simId", target.IsByImsi ? target.Imsi : target.SimId);
}
