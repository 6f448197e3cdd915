using System.Text.Json;
using Soracom.Sandbox.Http;
using Soracom.Sandbox.Sims;
using Soracom.Sandbox.State;

namespace Soracom.Sandbox.Subscribers;

/// <summary>
/// One subscription of a SIM on the wire, as the older half of the API shows it: by IMSI, with most of the SIM's members, some of
/// them under two names.
/// </summary>
internal static class SubscriberJson
{
    public static void Write(Utf8JsonWriter json, Sim sim, Subscriber subscriber, string operatorId)
    {
        var profile = sim.Profiles.First(one => one.Subscribers.Contains(subscriber));
        var isPrimary = subscriber == sim.PrimarySubscriber;
        json.WriteStartObject();
        json.WriteString("imsi", subscriber.Imsi);
        json.WriteString("msisdn", subscriber.Msisdn);
        json.WriteString("iccid", profile.Iccid);
        json.WriteString("simId", sim.SimId);
        json.WriteString("operatorId", operatorId);
        json.WriteString("apn", "soracom.io");
        WriteAddress(json, sim);
        json.WriteString("serialNumber", sim.SerialNumber);
        json.WriteString("moduleType", isPrimary ? sim.ModuleType : null);
        json.WriteString("type", sim.SpeedClass);
        json.WriteString("speedClass", sim.SpeedClass);
        json.WriteString("subscription", subscriber.Subscription);
        json.WriteStrings("bundles", subscriber.Bundles);
        json.WriteNumber("plan", subscriber.Plan.HasSms ? 1 : 0);
        json.WriteString("status", StatusOf(sim, subscriber));
        json.WriteString("groupId", sim.GroupId);
        json.WriteTags(sim.Tags);
        WriteTwice(json, "createdAt", "createdTime", sim.CreatedTime);
        WriteTwice(json, "lastModifiedAt", "lastModifiedTime", sim.LastModifiedTime);
        WriteTwice(json, "expiredAt", "expiryTime", sim.ExpiryTime);
        json.WriteString("expiryAction", sim.ExpiryAction);
        json.WriteBoolean("terminationEnabled", sim.TerminationEnabled);
        SimJson.WriteImeiLock(json, sim.LockedImei);
        SessionJson.WriteCurrent(json, sim, sim.PrimarySubscriber);
        SessionJson.WritePrevious(json, sim.PreviousSession, sim.PrimarySubscriber);
        WriteRegistrations(json, sim);
        json.WriteNumberIfAny("registeredTime", sim.Details?.RegisteredTime);
        json.WriteNumberOrNull("renewalFeeStatusSetTime", sim.RenewalFeeStatusSetTime);
        json.WriteNumberOrNull("lastPortMappingCreatedTime", sim.LastPortMappingCreatedTime);
        json.WriteEndObject();
    }

    /// <summary>An additional subscription has a status of its own; what is on its way to the card is shown as ready, which is all that this half knows.</summary>
    public static string StatusOf(Sim sim, Subscriber subscriber) =>
        subscriber.Status is not { } own ? sim.Status : own is "shipped" or "delivered" ? StatusMachine.Ready : own;

    private static void WriteAddress(Utf8JsonWriter json, Sim sim)
    {
        if (sim is { Online: true, Session: { } session })
        {
            json.WriteAddress("ipAddress", session.Address);
        }
        else
        {
            json.WriteNull("ipAddress");
        }
    }

    private static void WriteTwice(Utf8JsonWriter json, string name, string otherName, long? value)
    {
        json.WriteNumberOrNull(name, value);
        json.WriteNumberOrNull(otherName, value);
    }

    private static void WriteRegistrations(Utf8JsonWriter json, Sim sim)
    {
        if (sim is not { LastLocationUpdateTime: { } time, Session.Cell: { } cell })
        {
            json.WriteNull("locationRegistrationStatus");
            return;
        }

        json.WriteStartObject("locationRegistrationStatus");
        foreach (var network in (string[])(cell.Tac is null ? ["cs", "ps"] : ["eps"]))
        {
            json.WriteStartObject(network);
            json.WriteNumber("lastModifiedTime", time);
            json.WriteString("vplmn", string.Create(System.Globalization.CultureInfo.InvariantCulture, $"{cell.Mcc:D3}{cell.Mnc:D2}"));
            json.WriteEndObject();
        }

        json.WriteEndObject();
    }
}
