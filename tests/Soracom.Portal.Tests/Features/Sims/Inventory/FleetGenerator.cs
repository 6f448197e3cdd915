using FsCheck;
using FsCheck.Fluent;
using Soracom.Portal.Features.Sims.Inventory;
using Soracom.Portal.Shared.Text;

namespace Soracom.Portal.Tests.Features.Sims.Inventory;

/// <summary>Random small fleets and questions, out of so few values that they often meet.</summary>
internal static class FleetGenerator
{
    private static readonly DateTimeOffset Day = new(2026, 11, 20, 0, 0, 0, TimeSpan.Zero);

    private static readonly string[] Pieces = ["東京", "ポンプ", "ﾎﾟﾝﾌﾟ", "Ｐｕｍｐ", "pump", "Gate", " ", "07", "44", "é", "e\u0301", "ß", "\t", "=", "🛰"];

    private static readonly Gen<string> Text = Gen.Elements(Pieces).ListOf().Select(pieces => string.Concat(pieces.Take(6)));

    private static readonly Gen<DateTimeOffset?> Time = Gen.OneOf(Gen.Constant<DateTimeOffset?>(null), Gen.Choose(-5000, 5000).Select(minutes => (DateTimeOffset?)Day.AddMinutes(minutes)));

    private static readonly Gen<SimTimeSpan> Span =
        from time in Gen.Elements(Enum.GetValues<SimTime>())
        from @from in Gen.Elements(SimBlock.NoTime, Minutes(-2000), Minutes(0))
        from to in Gen.Elements(Minutes(-100), Minutes(3000), int.MaxValue)
        select new SimTimeSpan(time, @from, to);

    private static readonly Gen<KeyValuePair<SimFacet, IReadOnlyCollection<string>>> Filter =
        from facet in Gen.Elements(Enum.GetValues<SimFacet>())
        from values in Gen.Elements("active", "ready", "online", "g-1", "", "plan01s", "nano", "site", "nowhere").ListOf()
        select KeyValuePair.Create(facet, (IReadOnlyCollection<string>)[.. values.Take(3)]);

    /// <summary>SIMs with ids out of a thousand, each once.</summary>
    public static Gen<IReadOnlyList<IndexedSim>> Fleet => Sim.ListOf().Select(sims => (IReadOnlyList<IndexedSim>)[.. sims.DistinctBy(sim => sim.SimId)]);

    public static Gen<SimLookup> Lookup =>
        from typed in Gen.Frequency((1, Gen.Constant("")), (2, Text))
        from facets in Filter.ListOf()
        from times in Span.ListOf()
        from column in Gen.Elements(Enum.GetValues<SimColumn>())
        from backwards in Gen.Elements(true, false)
        from skip in Gen.Choose(0, 12)
        from take in Gen.Choose(0, 12)
        select new SimLookup
        {
            Words = Folding.Words(typed),
            Facets = facets.Take(2).DistinctBy(facet => facet.Key).ToDictionary(),
            Times = [.. times.Take(1)],
            SortBy = column,
            Descending = backwards,
            Skip = skip,
            Take = take,
        };

    private static Gen<IndexedSim> Sim =>
        from id in Gen.Choose(1000, 1999)
        from name in Text
        from facets in Facets
        from tags in Text.ListOf()
        from numbers in Gen.Choose(0, 20).ListOf()
        from heard in Time
        from expiry in Time
        select facets with
        {
            SimId = $"8981100{id}",
            Name = name,
            Iccids = [.. numbers.Take(2).Select(number => $"8942{number:00}")],
            Imsis = [.. numbers.Skip(1).Take(2).Select(number => $"44010{number:00}")],
            Imei = numbers.Count > 3 ? $"35{numbers[3]:00}" : "",
            Tags = tags.Take(2).Select((value, i) => (Key: i == 0 ? "site" : "Ｒev", value)).ToDictionary(tag => tag.Key, tag => tag.value),
            LastHeard = heard,
            Expiry = expiry,
        };

    private static Gen<IndexedSim> Facets =>
        from status in Gen.Elements("active", "ready", "")
        from session in Gen.Elements("online", "offline")
        from @group in Gen.Elements("", "g-1", "g-2")
        from named in Gen.Elements("", "Ｎorth", "south")
        from subscriptions in Gen.Elements("plan01s", "plan-D").ListOf()
        from module in Gen.Elements("nano", "mini", "")
        select new IndexedSim
        {
            SimId = "",
            Status = status,
            Session = session,
            GroupId = @group,
            GroupName = @group.Length > 0 ? named : "",
            Subscriptions = [.. subscriptions.Distinct()],
            ModuleType = module,
        };

    private static int Minutes(int fromDay) => (int)(Day.AddMinutes(fromDay) - new DateTimeOffset(2000, 1, 1, 0, 0, 0, TimeSpan.Zero)).TotalMinutes;
}
