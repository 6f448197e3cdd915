using System.Text.Json;
using Soracom.Sandbox.Http;
using Soracom.Sandbox.State;

namespace Soracom.Sandbox.Sims;

/// <summary>The sessions of a SIM on the wire: current, previous, Arc.</summary>
internal static class SessionJson
{
    public static readonly IReadOnlyList<string> DnsServers = ["100.127.0.53", "100.127.1.53"];
    private static readonly string[] ArcAllowedAddresses = ["100.127.0.0/16"];

    /// <summary>Null before the first connection; while offline, the members of a session are null.</summary>
    public static void WriteCurrent(Utf8JsonWriter json, Sim sim, Subscriber primary)
    {
        if (sim.Session is not { } session)
        {
            json.WriteNull("sessionStatus");
            return;
        }

        json.WriteStartObject("sessionStatus");
        json.WriteBoolean("online", session.Online);
        json.WriteNumber("lastUpdatedAt", session.LastUpdatedAt);
        json.WriteNull("location");
        if (session.Online)
        {
            WriteConnection(json, session.Id, session.Imei, session.Address, session.Cell, primary);
            WritePlacement(json, session.Region);
        }
        else
        {
            json.WriteNull("imei");
            json.WriteNull("ueIpAddress");
            json.WriteNull("dnsServers");
        }

        json.WriteEndObject();
    }

    public static void WritePrevious(Utf8JsonWriter json, PreviousSession? session, Subscriber primary)
    {
        if (session is null)
        {
            json.WriteNull("previousSession");
            return;
        }

        json.WriteStartObject("previousSession");
        WriteConnection(json, session.Id, session.Imei, session.Address, session.Cell, primary);
        json.WriteNumber("createdTime", session.CreatedTime);
        json.WriteNumber("deletedTime", session.DeletedTime);
        json.WriteEndObject();
    }

    public static void WriteArc(Utf8JsonWriter json, ArcSession arc)
    {
        json.WriteStartObject("arcSessionStatus");
        WriteTunnel(json, arc);
        json.WriteNumber("lastUpdatedAt", arc.LastUpdatedAt);
        WritePlacement(json, arc.Region);
        json.WriteEndObject();
    }

    /// <summary>What a WireGuard client has to know.</summary>
    public static void WriteTunnel(Utf8JsonWriter json, ArcSession arc)
    {
        json.WriteStrings("arcAllowedIPs", ArcAllowedAddresses);
        json.WriteAddress("arcClientPeerIpAddress", arc.ClientAddress);
        json.WriteString("arcClientPeerPublicKey", arc.ClientPeerPublicKey);
        json.WriteString("arcServerEndpoint", arc.ServerEndpoint);
        json.WriteString("arcServerPeerPublicKey", arc.ServerPeerPublicKey);
    }

    private static void WriteConnection(Utf8JsonWriter json, UInt128 id, string? imei, uint address, Cell? cell, Subscriber primary)
    {
        Span<char> ulid = stackalloc char[Ulid.Length];
        Ulid.Format(id, ulid);
        json.WriteString("sessionId", ulid);
        json.WriteString("imei", imei);
        json.WriteString("imsi", primary.Imsi);
        json.WriteString("subscription", primary.Subscription);
        json.WriteAddress("ueIpAddress", address);
        json.WriteStrings("dnsServers", DnsServers);
        if (cell is not null)
        {
            WriteCell(json, cell);
        }
    }

    private static void WritePlacement(Utf8JsonWriter json, string region)
    {
        json.WriteStartObject("placement");
        json.WriteString("infrastructureProvider", "aws");
        json.WriteString("region", region);
        json.WriteEndObject();
    }

    public static void WriteCell(Utf8JsonWriter json, Cell cell)
    {
        json.WriteStartObject("cell");
        json.WriteString("radioType", cell.RadioType);
        json.WriteNumber("mcc", cell.Mcc);
        json.WriteNumber("mnc", cell.Mnc);
        json.WriteNumberIfAny("lac", cell.Lac);
        json.WriteNumberIfAny("ci", cell.Ci);
        json.WriteNumberIfAny("tac", cell.Tac);
        json.WriteNumberIfAny("eci", cell.Eci);
        json.WriteEndObject();
    }
}
