using System.Text.Json;
using Soracom.Sandbox.Fleets;
using Soracom.Sandbox.Http;
using Soracom.Sandbox.Sims;
using Soracom.Sandbox.State;

namespace Soracom.Sandbox.Query;

/// <summary>A Sigfox device, as far as searches tell of it. A demo account has a few in Japan; nothing can be done to them here.</summary>
/// <param name="DeviceId">Eight hexadecimal digits.</param>
/// <param name="Tags">The name among them.</param>
/// <param name="Status">active, ready, terminated or instock.</param>
/// <param name="Registration">How far its registration with the network is: notStarted, pending, success or failed.</param>
/// <param name="Heard">When it was last heard; null for never.</param>
/// <param name="Rssi">How loud that was, in dBm.</param>
/// <param name="Snr">The same above the noise, in dB.</param>
/// <param name="Modified">When it was last changed.</param>
internal sealed record SigfoxDevice(
    string DeviceId, Tags Tags, string Status, string Registration, DateTimeOffset? Heard, int Rssi, int Snr, DateTimeOffset Modified) : IDevice
{
    private const int Count = 12;

    private static readonly (string Status, string Registration)[] Kinds =
        [("active", "success"), ("active", "success"), ("active", "success"), ("ready", "pending"), ("instock", "notStarted"), ("terminated", "failed")];

    /// <summary>None of them is in a group: nobody could put it there.</summary>
    public string? GroupId => null;

    public static IReadOnlyList<DeviceField<SigfoxDevice>> Fields { get; } =
    [
        new("name", SearchMatch.Part, (device, _) => [device.Tags.Name]),
        new("group", SearchMatch.Part, (_, group) => [group?.Tags.Name]),
        new("group_id", SearchMatch.Whole, (device, _) => [device.GroupId]),
        new("deviceId", SearchMatch.Part, (device, _) => [device.DeviceId]),
        new("tag", SearchMatch.Part, (device, _) => device.Tags.Values),
        new("status", SearchMatch.Enumeration, (device, _) => [device.Status]),
        new("registration", SearchMatch.Enumeration, (device, _) => [device.Registration]),
    ];

    /// <summary>The account's devices on a coverage.</summary>
    public static IEnumerable<SigfoxDevice> Of(CoverageData data)
    {
        var home = data.Part<SimLife>().Home;
        if (home.Origin.Fleet is null || home.Coverage != Coverage.Japan)
        {
            return [];
        }

        var chance = home.Random("sigfox");
        return [.. Enumerable.Range(1, Count).Select(number => Make(number, home.Origin.Start, chance))];
    }

    public static void Write(Utf8JsonWriter json, SigfoxDevice device, string operatorId)
    {
        json.WriteStartObject();
        json.WriteString("device_id", device.DeviceId);
        json.WriteString("operatorId", operatorId);
        json.WriteString("status", device.Status);
        json.WriteBoolean("terminationEnabled", value: false);
        if (device.Heard is { } heard)
        {
            json.WriteStartObject("lastSeen");
            json.WriteString("time", heard.UtcDateTime);
            json.WriteNumber("rssi", device.Rssi);
            json.WriteNumber("snr", device.Snr);
            json.WriteEndObject();
        }

        json.WriteString("lastModifiedTime", device.Modified.UtcDateTime);
        json.WriteTags(device.Tags);
        json.WriteEndObject();
    }

    private static SigfoxDevice Make(int number, DateTimeOffset start, SeededRandom chance)
    {
        var (status, registration) = Kinds[number % Kinds.Length];
        var id = (chance.Next() & 0xFFFFFFFF).ToString("X8", System.Globalization.CultureInfo.InvariantCulture);
        DateTimeOffset? heard = status == "active" ? start.AddMinutes(-chance.Next(5, 1_400)) : null;
        var tags = Tags.Named($"水位計 {number:D2}").With("設置", number % 2 == 0 ? "東岸" : "西岸");
        return new SigfoxDevice(id, tags, status, registration, heard, -chance.Next(90, 130), chance.Next(8, 25), start.AddDays(-chance.Next(20, 400)));
    }
}
