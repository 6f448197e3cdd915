using System.Diagnostics;
using System.Globalization;
using Soracom.Portal.Features.Sims.Inventory;
using Soracom.Portal.Shared.Text;

namespace Soracom.Portal.Benchmarks;

/// <summary>
/// A substring with a filter and a sort over 1,000,000 SIMs of 200 accounts, and over 100,000 of one, in memory. Goals: p95 of 50 ms, and
/// within twice a bare vectorised scan of the same text in the same run; 10 ms over 100,000; an index of 100,000 within a second, at most
/// 300 bytes a SIM beyond the text.
/// </summary>
internal static class InventorySearch
{
    private const int Accounts = 200;
    private const int SimsInAccount = 5_000;
    private const int Rounds = 60;
    private const double GoalOfAll = 50;
    private const double GoalOfOne = 10;
    private const int BytesGoal = 300;

    private static readonly string[] Statuses = ["active", "ready", "standby", "inactive", "suspended"];
    private static readonly string[] Subscriptions = ["plan-D", "plan01s", "plan-KM1", "planX3", "planArc01"];
    private static readonly string[] Places = ["Yokohama", "札幌", "Kawasaki", "Rotterdam", "大阪", "Bilbao", "Leeds", "仙台"];

    public static async Task<IReadOnlyList<Figure>> RunAsync(CancellationToken cancellationToken)
    {
        var before = Megabytes.InUse();
        var indexes = new List<SimIndex>();
        for (var account = 0; account < Accounts; account++)
        {
            indexes.Add(await SimIndex.OfAsync(Sims(account, SimsInAccount).ToAsyncEnumerable(), cancellationToken));
        }

        SearchAll(indexes, new Random(1), orders: true);
        var bytes = (Megabytes.InUse() - before) * 1024 * 1024 / (Accounts * SimsInAccount);
        var text = indexes.Sum(index => index.Blocks.Sum(block => (long)block.TextLength)) / (double)(Accounts * SimsInAccount);

        var all = new Samples(Rounds * 4);
        var bare = new Samples(Rounds * 4);
        var random = new Random(7);
        for (var round = -5; round < Rounds; round++)
        {
            cancellationToken.ThrowIfCancellationRequested();
            foreach (var lookup in Lookups(random))
            {
                var began = Stopwatch.GetTimestamp();
                IndexSearch.Run(indexes, lookup);
                var took = Stopwatch.GetElapsedTime(began);
                began = Stopwatch.GetTimestamp();
                Scan(indexes, lookup.Words[0]);
                if (round >= 0)
                {
                    all.Add(took);
                    bare.Add(Stopwatch.GetElapsedTime(began));
                }
            }
        }

        var sims = Sims(account: 1, 100_000);
        var builds = new Samples(5);
        SimIndex one = null!;
        for (var build = -2; build < 5; build++)
        {
            var began = Stopwatch.GetTimestamp();
            one = await SimIndex.OfAsync(sims.ToAsyncEnumerable(), cancellationToken);
            if (build >= 0)
            {
                builds.Add(Stopwatch.GetElapsedTime(began));
            }
        }

        SearchAll([one], new Random(1), orders: true);
        var ofOne = new Samples(Rounds * 4);
        for (var round = -5; round < Rounds; round++)
        {
            foreach (var lookup in Lookups(random))
            {
                var began = Stopwatch.GetTimestamp();
                IndexSearch.Run([one], lookup);
                if (round >= 0)
                {
                    ofOne.Add(Stopwatch.GetElapsedTime(began));
                }
            }
        }

        var (p95, scan) = (all.Percentile(0.95), bare.Percentile(0.95));
        var (p50, scan50) = (all.Percentile(0.5), bare.Percentile(0.5));
        var p95OfOne = ofOne.Percentile(0.95);
        var slowestBuild = builds.Percentile(1);
        return
        [
            new("1,000,000 in 200 accounts, p95", $"{p95:0.0} ms (p50 {p50:0.0} ms)", $"under {GoalOfAll:0} ms", p95 < GoalOfAll),
            new("the same beside a bare scan, p95", $"{p95 / scan:0.00} times {scan:0.0} ms (p50 {p50 / scan50:0.00} times {scan50:0.0} ms)", "at most 2 times", p95 <= 2 * scan),
            new("100,000 in one account, p95", $"{p95OfOne:0.0} ms (p50 {ofOne.Percentile(0.5):0.0} ms)", $"under {GoalOfOne:0} ms", p95OfOne < GoalOfOne),
            new("index of 100,000, slowest of 5", $"{slowestBuild:0} ms", "under 1000 ms", slowestBuild < 1000),
            new("memory beyond the text, with every order in use", $"{bytes - text:0} bytes a SIM ({text:0} of text)", $"at most {BytesGoal}", bytes - text <= BytesGoal),
        ];
    }

    private static IEnumerable<SimLookup> Lookups(Random random)
    {
        string Digits(int count) => string.Concat(Enumerable.Range(0, count).Select(_ => (char)('0' + random.Next(10))));
        yield return Lookup(Digits(4), SimColumn.Name);
        yield return Lookup(Folding.Fold(Places[random.Next(Places.Length)]), SimColumn.LastHeard);
        yield return Lookup("pump-" + Digits(2), SimColumn.Imsi);
        yield return Lookup("nothing has this", SimColumn.Group);
    }

    private static SimLookup Lookup(string word, SimColumn sort) => new()
    {
        Words = [word],
        Facets = new Dictionary<SimFacet, IReadOnlyCollection<string>> { [SimFacet.Status] = ["active"] },
        SortBy = sort,
        Descending = true,
    };

    private static void SearchAll(IReadOnlyList<SimIndex> indexes, Random random, bool orders)
    {
        foreach (var column in orders ? Enum.GetValues<SimColumn>() : [])
        {
            IndexSearch.Run(indexes, new SimLookup { SortBy = column, Words = [random.Next(10).ToString(CultureInfo.InvariantCulture)] });
        }
    }

    /// <summary>All the text looked through once by as many threads as there are cores, and nothing else.</summary>
    private static int Scan(IReadOnlyList<SimIndex> indexes, string word)
    {
        var needle = System.Text.Encoding.UTF8.GetBytes(word);
        var blocks = indexes.SelectMany(index => index.Blocks).ToArray();
        var hits = 0;
        Parallel.For(0, blocks.Length, i =>
        {
            var text = blocks[i].AllText;
            var count = 0;
            while (text.IndexOf(needle) is var at and >= 0)
            {
                count++;
                text = text[(at + needle.Length)..];
            }

            Interlocked.Add(ref hits, count);
        });
        return hits;
    }

    private static IndexedSim[] Sims(int account, int count)
    {
        var random = new Random(account);
        return [.. Enumerable.Range(0, count).Select(i =>
        {
            var place = Places[random.Next(Places.Length)];
            var heard = new DateTimeOffset(2026, 11, 21, 0, 0, 0, TimeSpan.Zero).AddMinutes(-random.Next(500_000));
            return new IndexedSim
            {
                SimId = string.Create(CultureInfo.InvariantCulture, $"89423101{account:D4}{i:D7}"),
                Name = string.Create(CultureInfo.InvariantCulture, $"{place} pump-{i:D6}"),
                Iccids = [string.Create(CultureInfo.InvariantCulture, $"89423101{account:D4}{i:D7}")],
                Imsis = [string.Create(CultureInfo.InvariantCulture, $"29505{account:D3}{i:D7}")],
                Msisdns = [string.Create(CultureInfo.InvariantCulture, $"4238{random.NextInt64(10_000_000_000):D10}")],
                Imei = string.Create(CultureInfo.InvariantCulture, $"3592{random.NextInt64(100_000_000_000):D11}"),
                SerialNumber = string.Create(CultureInfo.InvariantCulture, $"DN{i:D8}"),
                IpAddress = string.Create(CultureInfo.InvariantCulture, $"10.{random.Next(256)}.{random.Next(256)}.{random.Next(256)}"),
                GroupId = string.Create(CultureInfo.InvariantCulture, $"{account:D4}{i % 20:D2}-4a5f-11ee-be56"),
                GroupName = string.Create(CultureInfo.InvariantCulture, $"{place} {i % 20}"),
                Tags = new Dictionary<string, string> { ["site"] = place, ["model"] = "Hydra 3" },
                Status = Statuses[random.Next(Statuses.Length)],
                Session = random.Next(2) == 0 ? "ONLINE" : "OFFLINE",
                Subscriptions = [Subscriptions[random.Next(Subscriptions.Length)]],
                ModuleType = "nano",
                SpeedClass = "s1.standard",
                LastHeard = heard,
                Created = heard.AddYears(-1),
                Modified = heard,
            };
        })];
    }
}
