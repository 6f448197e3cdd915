using System.Globalization;
using Soracom.Portal.Benchmarks;
using Soracom.Portal.Benchmarks.Load;

// After the name of the load: with how many circuits.
int[] circuits = [.. args.SkipWhile(arg => arg != "load").Skip(1).TakeWhile(IsNumber).Select(arg => int.Parse(arg, CultureInfo.InvariantCulture))];
var names = args.Where(arg => !IsNumber(arg) || circuits.Length == 0).ToArray();

// Every measurement, or those whose names are given. What each does and where its goal comes from is in its own file.
Measurement[] all =
[
    new("client", "Client overhead per call", ClientOverhead.RunAsync),
    new("listing", "Listing 100,000 SIMs", Listing.RunAsync),
    new("search", "Sandbox search over 100,000 SIMs", SandboxSearch.RunAsync),
    new("inventory-search", "SIMs searched in memory", InventorySearch.RunAsync),
    new("inventory-filling", "Inventory of 100,000 SIMs in SQLite", InventoryFilling.RunAsync),
    new("browser-list", "A list of 1,000,000 SIMs of 200 tenants in a browser", BigList.RunAsync),
    new("group-list", "5,000 groups", ListingGroups.RunAsync),
    new("group-comparing", "200 revisions of a configuration of 8 KB", GroupComparing.RunAsync),
    new("portfolio-billing", "Bills of 200 tenants over 36 months", PortfolioBilling.RunAsync),
    new("portfolio", "500 tenants of 200 SIMs", PortfolioFigures.RunAsync),
    new("export", "An export of 2 GB", BigExport.RunAsync),
    new("load", "Many people at once", cancellationToken => LoadRun.RunAsync(circuits.Length > 0 ? circuits : [100, 500, 1000], cancellationToken)),
    new("memory", "An account of 100,000 SIMs", AccountMemory.RunAsync),
];

var unknown = names.Except(all.Select(measurement => measurement.Name), StringComparer.Ordinal).ToArray();
if (unknown.Length > 0)
{
    Console.Error.WriteLine($"Not a measurement: {string.Join(", ", unknown)}. There are: {string.Join(", ", all.Select(measurement => measurement.Name))}.");
    return 2;
}

#if DEBUG
Console.Error.WriteLine("Built without optimisation: add --configuration Release.");
return 2;
#else
Console.WriteLine(Machine.Describe());
Console.WriteLine();
Console.WriteLine("| measured | result | goal | |");
Console.WriteLine("|---|---|---|---|");
var met = true;
foreach (var measurement in all.Where(measurement => names.Length == 0 || names.Contains(measurement.Name, StringComparer.Ordinal)))
{
    foreach (var figure in await measurement.RunAsync(CancellationToken.None))
    {
        met &= figure.Met;
        Console.WriteLine($"| {measurement.Title}: {figure.Name} | {figure.Result} | {figure.Goal} | {(figure.Met ? "met" : "**missed**")} |");
    }
}

return met ? 0 : 1;
#endif

static bool IsNumber(string arg) => int.TryParse(arg, NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number > 0;
