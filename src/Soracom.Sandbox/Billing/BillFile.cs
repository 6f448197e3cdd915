using System.Globalization;
using System.Text;
using Soracom.Sandbox.Downloads;
using Soracom.Sandbox.Errors;
using Soracom.Sandbox.Http;
using Soracom.Sandbox.State;

namespace Soracom.Sandbox.Billing;

/// <summary>
/// A month line by line as CSV: UTF-8 with a byte order mark, first the columns of amounts, then the SIM's group and a column for every tag
/// that any SIM has. Written while it is sent: a large fleet's file is larger than its account.
/// </summary>
internal sealed class BillFile
{
    private const string EvaluatedForm = "yyyyMMddHH";

    private readonly BillMonth month;
    private readonly ServicePrices prices;
    private readonly MonthDays days;
    private readonly IReadOnlyList<SimMonth> sims;
    private readonly IReadOnlyList<string> tagNames;
    private readonly Dictionary<string, string> groupNames;
    private readonly long longTermDiscount;
    private readonly IReadOnlyList<CameraCharge> cameras;

    private BillFile(BillingPart part, CoverageData data, BillMonth month, DateTimeOffset evaluated)
    {
        this.month = month;
        prices = ServicePrices.Of(part.Coverage);
        days = part.Days(month, evaluated);
        sims = [.. part.Sims(month)];
        tagNames = [.. TagNames(sims)];
        groupNames = data.Groups(after: null, int.MaxValue, matches: null).Items.ToDictionary(group => group.GroupId, group => group.Tags.Name, StringComparer.Ordinal);
        longTermDiscount = part.LongTermDiscount(month, evaluated);
        cameras = days.Count > 0 ? part.Cameras(month) : [];
    }

    public static DownloadKind Kind { get; } = new("bills", Open);

    /// <summary>Names a month and the hour up to which it is counted.</summary>
    public static string KeyOf(BillMonth month, DateTimeOffset evaluated) =>
        $"{evaluated.ToString(EvaluatedForm, CultureInfo.InvariantCulture)}/bill_{month}.csv";

    private static Answer Open(Download download)
    {
        var parts = download.Key.Split('/');
        if (parts.Length != 2
            || !DateTimeOffset.TryParseExact(parts[0], EvaluatedForm, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var evaluated)
            || !parts[1].StartsWith("bill_", StringComparison.Ordinal)
            || BillMonth.Parse(Path.GetFileNameWithoutExtension(parts[1])["bill_".Length..]) is not { } month)
        {
            throw new VendorException(VendorErrors.BadLink);
        }

        var data = download.Account.Data(download.Coverage);
        var file = new BillFile(data.Part<BillingPart>(), data, month, evaluated);
        return Answer.Stream("text/csv; charset=utf-8", length: null, file.WriteAsync) with
        {
            Headers = [("Content-Disposition", $"attachment; filename=\"{parts[1]}\"")],
        };
    }

    private async Task WriteAsync(Stream stream, CancellationToken cancellationToken)
    {
        await using var text = new StreamWriter(stream, new UTF8Encoding(encoderShouldEmitUTF8Identifier: true), bufferSize: 1 << 16, leaveOpen: true);
        var line = new StringBuilder("imsi,date,billItemName,unitPrice,quantity,amount");
        foreach (var tag in tagNames.Prepend("group"))
        {
            Append(line, tag);
        }

        await text.WriteLineAsync(line, cancellationToken);
        foreach (var sim in sims)
        {
            var tail = TailOf(sim.Sim);
            foreach (var (date, item, unitPrice, quantity) in LinesOf(sim).Where(one => one.UnitPrice > 0 && one.Quantity > 0))
            {
                line.Clear().Append(sim.Sim.Profiles[0].Subscribers[0].Imsi);
                AppendAmounts(line, date, item, unitPrice, quantity);
                await text.WriteLineAsync(line.Append(tail), cancellationToken);
            }
        }

        foreach (var camera in cameras)
        {
            AppendAmounts(line.Clear(), month.ToString(), camera.Item, camera.UnitPrice, camera.Quantity);
            await text.WriteLineAsync(line.Append(',', tagNames.Count + 1), cancellationToken);
        }

        if (longTermDiscount > 0)
        {
            AppendAmounts(line.Clear(), month.ToString(), BillItem.LongTermDiscount, -longTermDiscount, 1);
            await text.WriteLineAsync(line.Append(',', tagNames.Count + 1), cancellationToken);
        }
    }

    private IEnumerable<(string Date, BillItem Item, long UnitPrice, long Quantity)> LinesOf(SimMonth sim)
    {
        var last = Math.Min(sim.LastDay, days.Count - 1);
        for (var day = sim.FirstDay; day <= last; day++)
        {
            var date = month.Start.AddDays(day).ToString("yyyyMMdd", CultureInfo.InvariantCulture);
            yield return (date, BillItem.DailyBasic, sim.Daily, 1);
            yield return (date, BillItem.DataTraffic, sim.Tariff.PerByte, sim.TrafficUnits * days.Weight(day));
            yield return (date, BillItem.Beam, prices.BeamRequest, sim.BeamRequests);
            yield return (date, BillItem.Harvest, prices.HarvestDay, sim.StoresData ? 1 : 0);
        }

        if (last >= sim.FirstDay)
        {
            yield return (month.ToString(), BillItem.MonthlyBasic, sim.Tariff.Monthly, 1);
            yield return (month.ToString(), BillItem.Napter, prices.NapterMonth, sim.UsesNapter ? 1 : 0);
        }
    }

    private static SortedSet<string> TagNames(IReadOnlyList<SimMonth> sims)
    {
        var names = new SortedSet<string>(StringComparer.Ordinal);
        foreach (var sim in sims)
        {
            foreach (var (name, _) in sim.Sim.Tags.Pairs)
            {
                names.Add(name);
            }
        }

        return names;
    }

    private string TailOf(Sim sim)
    {
        var tail = new StringBuilder();
        Append(tail, sim.GroupId is { } group ? groupNames.GetValueOrDefault(group, "") : "");
        foreach (var tag in tagNames)
        {
            Append(tail, sim.Tags.Find(tag) ?? "");
        }

        return tail.ToString();
    }

    private static void AppendAmounts(StringBuilder line, string date, BillItem item, long unitPrice, long quantity) => line
        .Append(',').Append(date)
        .Append(',').Append(item.Name)
        .Append(',').Append(Text(unitPrice))
        .Append(',').Append(CultureInfo.InvariantCulture, $"{quantity}")
        .Append(',').Append(Text(unitPrice * quantity));

    private static string Text(long billionths) => ((decimal)billionths / Money.One).ToString("0.#########", CultureInfo.InvariantCulture);

    private static void Append(StringBuilder line, string value)
    {
        line.Append(',');
        if (value.AsSpan().IndexOfAny(",\"\r\n") < 0)
        {
            line.Append(value);
        }
        else
        {
            line.Append('"').Append(value.Replace("\"", "\"\"", StringComparison.Ordinal)).Append('"');
        }
    }
}
