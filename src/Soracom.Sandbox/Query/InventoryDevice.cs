using System.Globalization;
using System.Text.Json;
using Soracom.Sandbox.Fleets;
using Soracom.Sandbox.Http;
using Soracom.Sandbox.Sims;
using Soracom.Sandbox.State;

namespace Soracom.Sandbox.Query;

/// <summary>
/// A device of Inventory, as far as searches tell of it. Nothing can be done to one here: some of a demo account's SIMs are in devices that
/// have bootstrapped with them, and go on and off, and from group to group, with their SIM.
/// </summary>
/// <param name="DeviceId">d- and 20 letters and digits.</param>
/// <param name="Sim">The SIM that it is in.</param>
/// <param name="Imei">The IMEI that it bootstrapped with.</param>
/// <param name="Model">Its place among the models.</param>
internal sealed record InventoryDevice(string DeviceId, Sim Sim, string Imei, int Model) : IDevice
{
    /// <summary>One of so many SIMs is in such a device.</summary>
    private const int Share = 5;
    private const long LifeSeconds = 86_400;

    private static readonly (string Manufacturer, string Number, string Firmware)[] Models =
        [("Example Devices", "EX-100", "1.4.2"), ("Example Devices", "EX-220", "2.0.0"), ("Sample Instruments", "LM-7", "0.9.11")];

    public static IReadOnlyList<DeviceField<InventoryDevice>> Fields { get; } =
    [
        new("name", SearchMatch.Part, (device, _) => [device.Sim.Tags.Name]),
        new("group", SearchMatch.Part, (_, group) => [group?.Tags.Name]),
        new("group_id", SearchMatch.Whole, (device, _) => [device.GroupId]),
        new("deviceId", SearchMatch.Part, (device, _) => [device.DeviceId]),
        new("tag", SearchMatch.Part, (device, _) => device.Sim.Tags.Values),
        new("imsi", SearchMatch.Part, (device, _) => [device.Sim.PrimarySubscriber.Imsi]),
        new("imei", SearchMatch.Part, (device, _) => [device.Imei]),
    ];

    public string? GroupId => Sim.GroupId;

    /// <summary>The account's devices on a coverage.</summary>
    public static IEnumerable<InventoryDevice> Of(CoverageData data)
    {
        var home = data.Part<SimLife>().Home;
        return home.Origin.Fleet is null ? [] : data.Sims(sim => sim is { IsVirtual: false, Session.Imei: not null })
            .Select(sim => (Sim: sim, Chance: home.Random($"inventory {sim.SimId}")))
            .Where(one => one.Chance.Next(Share) == 0)
            .Select(one => Make(one.Sim, one.Chance));
    }

    public static void Write(Utf8JsonWriter json, InventoryDevice device, string operatorId)
    {
        var (sim, session) = (device.Sim, device.Sim.Session!);
        var (manufacturer, number, firmware) = Models[device.Model];
        json.WriteStartObject();
        json.WriteString("device_id", device.DeviceId);
        json.WriteString("operatorId", operatorId);
        if (device.GroupId is { } groupId)
        {
            json.WriteString("groupId", groupId);
        }

        json.WriteString("endpoint", $"urn:imei:{device.Imei}");
        json.WriteString("manufacturer", manufacturer);
        json.WriteString("modelNumber", number);
        json.WriteString("firmwareVersion", firmware);
        json.WriteString("serialNumber", device.Imei[^6..]);
        json.WriteBoolean("online", sim.Online);
        if (sim.Online)
        {
            json.WriteAddress("ipAddress", session.Address);
        }

        json.WriteString("registrationId", session.Id.ToString("x32", CultureInfo.InvariantCulture)[..16]);
        json.WriteNumber("registrationLifeTime", LifeSeconds);
        json.WriteString("lastRegistrationUpdate", DateTimeOffset.FromUnixTimeMilliseconds(session.LastUpdatedAt).UtcDateTime);
        json.WriteString("lastModifiedTime", DateTimeOffset.FromUnixTimeMilliseconds(sim.LastModifiedTime).UtcDateTime);
        json.WriteTags(sim.Tags);
        json.WriteEndObject();
    }

    private static InventoryDevice Make(Sim sim, SeededRandom chance) => new($"d-{chance.Text(20).ToLowerInvariant()}", sim, sim.Session!.Imei!, chance.Next(Models.Length));
}
