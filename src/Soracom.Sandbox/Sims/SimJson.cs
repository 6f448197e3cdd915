using System.Collections.ObjectModel;
using System.Text.Json;
using Soracom.Sandbox.Http;
using Soracom.Sandbox.State;

namespace Soracom.Sandbox.Sims;

/// <summary>
/// A SIM on the wire. IMSI, ICCID, subscription and bundles are found under <c>profiles</c> only. Nulls are written where the
/// real service is known to write them, and members are left out where it leaves them out.
/// </summary>
internal static class SimJson
{
    /// <param name="json">Where to.</param>
    /// <param name="sim">The SIM.</param>
    /// <param name="operatorId">Whose it is.</param>
    /// <param name="arcPrivateKey">The private key of its first profile, in the one answer that tells it.</param>
    public static void Write(Utf8JsonWriter json, Sim sim, string operatorId, string? arcPrivateKey = null)
    {
        var primary = sim.PrimarySubscriber;
        json.WriteStartObject();
        json.WriteString("simId", sim.SimId);
        json.WriteString("operatorId", operatorId);
        json.WriteString("type", sim.Type);
        json.WriteString("moduleType", sim.ModuleType);
        json.WriteString("status", sim.Status);
        json.WriteString("speedClass", sim.SpeedClass);
        json.WriteString("groupId", sim.GroupId);
        json.WriteTags(sim.Tags);
        json.WriteNumber("createdTime", sim.CreatedTime);
        json.WriteNumber("lastModifiedTime", sim.LastModifiedTime);
        json.WriteNumberOrNull("expiryTime", sim.ExpiryTime);
        json.WriteString("expiryAction", sim.ExpiryAction);
        json.WriteBoolean("terminationEnabled", sim.TerminationEnabled);
        WriteImeiLock(json, sim.LockedImei);
        WriteCapabilities(json, primary.Subscription);
        json.WriteString("serialNumber", sim.SerialNumber);
        WriteDetails(json, sim.Details);
        json.WriteNumberOrNull("lastPortMappingCreatedTime", sim.LastPortMappingCreatedTime);
        json.WriteNumberOrNull("renewalFeeStatusSetTime", sim.RenewalFeeStatusSetTime);
        json.WriteNumberIfAny("lastLocationUpdateTime", sim.LastLocationUpdateTime);
        SessionJson.WriteCurrent(json, sim, primary);
        SessionJson.WritePrevious(json, sim.PreviousSession, primary);
        if (sim.ArcSession is { } arc)
        {
            SessionJson.WriteArc(json, arc);
        }

        json.WriteString("activeProfileId", sim.Profiles[0].Iccid);
        json.WriteStartObject("profiles");
        foreach (var profile in sim.Profiles)
        {
            json.WritePropertyName(profile.Iccid);
            WriteProfile(json, profile, sim.Status, profile == sim.Profiles[0] ? arcPrivateKey : null);
        }

        json.WriteEndObject();
        json.WriteEndObject();
    }

    public static void WriteProfile(Utf8JsonWriter json, SimProfile profile, string simStatus, string? arcPrivateKey = null)
    {
        json.WriteStartObject();
        json.WriteString("iccid", profile.Iccid);
        json.WriteString("primaryImsi", profile.Subscribers[0].Imsi);
        json.WriteBoolean("otaSupported", profile.OtaSupported);
        if (profile.ArcClientPeerPublicKey is { } key)
        {
            json.WriteString("arcClientPeerPublicKey", key);
        }

        if (arcPrivateKey is not null)
        {
            json.WriteString("arcClientPeerPrivateKey", arcPrivateKey);
        }

        json.WriteStartObject("subscribers");
        foreach (var subscriber in profile.Subscribers)
        {
            json.WriteStartObject(subscriber.Imsi);
            json.WriteString("imsi", subscriber.Imsi);
            json.WriteString("msisdn", subscriber.Msisdn);
            json.WriteString("subscription", subscriber.Subscription);
            json.WriteStrings("bundles", subscriber.Bundles);
            json.WriteString("status", subscriber.Status ?? simStatus);
            WriteCapabilities(json, subscriber.Subscription);
            json.WriteEndObject();
        }

        json.WriteEndObject();
        json.WriteEndObject();
    }

    public static void WriteImeiLock(Utf8JsonWriter json, string? imei)
    {
        if (imei is null)
        {
            json.WriteNull("imeiLock");
            return;
        }

        json.WriteStartObject("imeiLock");
        json.WriteString("imei", imei);
        json.WriteEndObject();
    }

    private static void WriteDetails(Utf8JsonWriter json, SimDetails? details)
    {
        json.WriteStartObject("localInfo");
        foreach (var (name, value) in details?.LocalInfo ?? ReadOnlyDictionary<string, string>.Empty)
        {
            json.WriteString(name, value);
        }

        json.WriteEndObject();
        json.WriteNumberIfAny("pcapStartTime", details?.PcapStartTime);
        json.WriteNumberIfAny("pcapEndTime", details?.PcapEndTime);
    }

    private static void WriteCapabilities(Utf8JsonWriter json, string subscription)
    {
        json.WriteStartObject("capabilities");
        json.WriteBoolean("data", true);
        json.WriteBoolean("sms", Subscriptions.HasSms(subscription));
        json.WriteEndObject();
    }
}
