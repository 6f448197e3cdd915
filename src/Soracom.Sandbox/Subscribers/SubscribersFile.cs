using System.Globalization;
using System.Text;
using Soracom.Sandbox.Downloads;
using Soracom.Sandbox.Http;
using Soracom.Sandbox.State;

namespace Soracom.Sandbox.Subscribers;

/// <summary>All subscribers as CSV: UTF-8 with a byte order mark. The columns are ours; the content is that of the moment in which it is downloaded.</summary>
internal static class SubscribersFile
{
    private static readonly (string Name, Func<Sim, Subscriber, string?> Value)[] Columns =
    [
        ("imsi", (_, subscriber) => subscriber.Imsi),
        ("msisdn", (_, subscriber) => subscriber.Msisdn),
        ("simId", (sim, _) => sim.SimId),
        ("serialNumber", (sim, _) => sim.SerialNumber),
        ("name", (sim, _) => sim.Tags.Name),
        ("status", (sim, subscriber) => SubscriberJson.StatusOf(sim, subscriber)),
        ("subscription", (_, subscriber) => subscriber.Subscription),
        ("bundles", (_, subscriber) => string.Join(' ', subscriber.Bundles)),
        ("speedClass", (sim, _) => sim.SpeedClass),
        ("moduleType", (sim, _) => sim.ModuleType),
        ("groupId", (sim, _) => sim.GroupId),
        ("terminationEnabled", (sim, _) => sim.TerminationEnabled ? "true" : "false"),
        ("expiryTime", (sim, _) => Text(sim.ExpiryTime)),
        ("createdTime", (sim, _) => Text(sim.CreatedTime)),
        ("lastModifiedTime", (sim, _) => Text(sim.LastModifiedTime)),
    ];

    public static DownloadKind Kind { get; } = new("subscribers", Open);

    /// <summary>Names the moment of the export.</summary>
    public static string KeyOf(DateTimeOffset now) => now.UtcDateTime.ToString("'subscribers_'yyyyMMddHHmmss'.csv'", CultureInfo.InvariantCulture);

    private static Answer Open(Download download)
    {
        var sims = download.Account.Data(download.Coverage).Sims(after: null, int.MaxValue - 1).Items;
        return Answer.Stream("text/csv; charset=utf-8", length: null, (stream, cancellationToken) => WriteAsync(stream, sims, cancellationToken)) with
        {
            Headers = [("Content-Disposition", $"attachment; filename=\"{download.Key}\"")],
        };
    }

    private static async Task WriteAsync(Stream stream, IReadOnlyList<Sim> sims, CancellationToken cancellationToken)
    {
        await using var text = new StreamWriter(stream, new UTF8Encoding(encoderShouldEmitUTF8Identifier: true), bufferSize: 1 << 16, leaveOpen: true) { NewLine = "\r\n" };
        await text.WriteLineAsync(string.Join(',', Columns.Select(column => column.Name)).AsMemory(), cancellationToken);
        foreach (var sim in sims)
        {
            foreach (var subscriber in sim.Profiles.SelectMany(profile => profile.Subscribers))
            {
                await text.WriteLineAsync(string.Join(',', Columns.Select(column => Quoted(column.Value(sim, subscriber)))).AsMemory(), cancellationToken);
            }
        }
    }

    private static string Quoted(string? value) => value is null ? ""
        : value.AsSpan().IndexOfAny(",\"\r\n") < 0 ? value
        : $"\"{value.Replace("\"", "\"\"", StringComparison.Ordinal)}\"";

    private static string? Text(long? time) => time?.ToString(CultureInfo.InvariantCulture);
}
