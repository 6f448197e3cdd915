using System.Globalization;
using System.Text;
using Soracom.Sandbox.Downloads;
using Soracom.Sandbox.Errors;
using Soracom.Sandbox.Http;
using Soracom.Sandbox.State;

namespace Soracom.Sandbox.Stats;

/// <summary>
/// Statistics of all SIMs as CSV, terminated ones included; without any use there is only the head. The columns are ours. Read SIM by SIM while it is sent, each under the account's lock:
/// a large fleet's rows of a month are more than fit into memory.
/// </summary>
internal static class StatsFile
{
    /// <summary>What a file of traffic is called in keys; the others are called as their services.</summary>
    public const string Air = "air";

    private const string Extension = ".csv";

    public static DownloadKind Kind { get; } = new("stats", Open);

    /// <summary>Names what is counted, the periods, and the moment until which it is.</summary>
    public static string KeyOf(string what, StatsRange range, DateTimeOffset now) =>
        string.Create(CultureInfo.InvariantCulture, $"{what}_{range}_{now.ToUnixTimeSeconds()}{Extension}");

    private static Answer Open(Download download)
    {
        if (Path.GetFileNameWithoutExtension(download.Key).Split('_') is not [var what, var periods, var until]
            || StatsRange.Parse(periods) is not { } range
            || !long.TryParse(until, NumberStyles.None, CultureInfo.InvariantCulture, out var seconds))
        {
            throw new VendorException(VendorErrors.BadLink);
        }

        var now = DateTimeOffset.FromUnixTimeSeconds(seconds);
        var sims = download.Account.Data(download.Coverage).Sims(after: null, int.MaxValue).Items;
        var service = StatsService.All.FirstOrDefault(service => service.Name == what);
        return Answer.Stream("text/csv; charset=utf-8", length: null, (stream, cancellationToken) => WriteAsync(stream, download, sims, service, range, now, cancellationToken)) with
        {
            Headers = [("Content-Disposition", $"attachment; filename=\"{download.Key}\"")],
        };
    }

    private static async Task WriteAsync(
        Stream stream, Download download, IReadOnlyList<Sim> sims, StatsService? service, StatsRange range, DateTimeOffset now, CancellationToken cancellationToken)
    {
        await using var text = new StreamWriter(stream, new UTF8Encoding(encoderShouldEmitUTF8Identifier: true), bufferSize: 1 << 16, leaveOpen: true);
        var lines = new StringBuilder("date,unixtime,simId,imsi,")
            .Append(service is null ? "speedClass,uploadByteSizeTotal,downloadByteSizeTotal,uploadPacketSizeTotal,downloadPacketSizeTotal" : "name,count")
            .Append("\r\n");
        foreach (var sim in sims)
        {
            download.Account.Run(download.Now, changing: false, () => Append(lines, download, sim, service, range, now));
            await text.WriteAsync(lines, cancellationToken);
            lines.Clear();
        }

        await text.WriteAsync(lines, cancellationToken);
    }

    private static StringBuilder Append(StringBuilder lines, Download download, Sim sim, StatsService? service, StatsRange range, DateTimeOffset now)
    {
        var reader = new UsageReader(download.Account.Data(download.Coverage), range, now);
        var imsi = sim.Profiles[0].Subscribers[0].Imsi;
        if (service is null)
        {
            foreach (var (time, row) in reader.Traffic(sim))
            {
                foreach (var (speedClass, traffic) in row)
                {
                    AppendHead(time).Append(CultureInfo.InvariantCulture, $"{speedClass},{traffic.UpBytes},{traffic.DownBytes},{traffic.UpPackets},{traffic.DownPackets}\r\n");
                }
            }

            return lines;
        }

        foreach (var (time, row) in reader.Counts(sim, service))
        {
            foreach (var (name, count) in row)
            {
                AppendHead(time).Append(CultureInfo.InvariantCulture, $"{name},{count}\r\n");
            }
        }

        return lines;

        StringBuilder AppendHead(DateTimeOffset time) =>
            lines.Append(CultureInfo.InvariantCulture, $"{range.Format(time)},{time.ToUnixTimeSeconds()},{sim.SimId},{imsi},");
    }
}
