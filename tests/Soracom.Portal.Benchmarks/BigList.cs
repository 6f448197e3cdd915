using System.Diagnostics;
using System.Globalization;
using Microsoft.AspNetCore.Builder;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Playwright;
using Soracom.Portal.Browser.Tests.Support;
using Soracom.Portal.Data;
using Soracom.Portal.Tests.Support;

namespace Soracom.Portal.Benchmarks;

/// <summary>
/// One list over 1,000,000 SIMs of 200 tenants in a browser: opened, scrolled, searched. The SIMs are put straight into the database. Portal
/// and browser share the machine; what somebody waits for is measured in the browser, from the act to what it shows.
/// </summary>
internal static class BigList
{
    private const int Tenants = 200;
    private const int SimsEach = 5_000;
    private const int Times = 5;
    private const int All = Tenants * SimsEach;
    private const float Patience = 600_000;
    private const string NoGoal = "–";

    private static readonly string List = PortalUrls.PortfolioSims() + "?coverage=jp";

    public static async Task<IReadOnlyList<Figure>> RunAsync(CancellationToken cancellationToken)
    {
        var choice = BrowserChoice.Make(Environment.GetEnvironmentVariable, File.Exists);
        if (choice.Executable is null)
        {
            throw new InvalidOperationException(choice.Explanation);
        }

        var folder = Directory.CreateTempSubdirectory("portal-benchmark-");
        try
        {
            string[] arguments =
            [
                "--environment=Development",
                "--applicationName=Soracom.Portal",
                $"--contentRoot={AppContext.BaseDirectory}",
                "--urls=http://127.0.0.1:0",
                "--Inventory:Walk=false",
                $"--ConnectionStrings:Portal=Data Source={Path.Combine(folder.FullName, "portal.db")}",
            ];
            await using var portal = await PortalApplication.CreateAsync(arguments, builder => builder.Logging.ClearProviders());
            await PortalApplication.StartAsync(portal, cancellationToken);
            await FillAsync(portal.Services.GetRequiredService<PortalDatabase>(), cancellationToken);
            using var playwright = await Playwright.CreateAsync();
            IReadOnlyList<Figure> figures;
            await using (var browser = await playwright.Chromium.LaunchAsync(new() { ExecutablePath = choice.Executable, Args = ["--no-sandbox", "--disable-gpu"] }))
            {
                figures = await MeasureAsync(portal, browser);
            }

            await portal.StopAsync(cancellationToken);
            return figures;
        }
        finally
        {
            Microsoft.Data.Sqlite.SqliteConnection.ClearAllPools();
            folder.Delete(recursive: true);
        }
    }

    private static async Task FillAsync(PortalDatabase database, CancellationToken cancellationToken)
    {
        await using var db = database.ForInstallation();
        var reseller = await db.Resellers.SingleAsync(cancellationToken);
        await ManyTenants.AddAsync(database, reseller.Id, Tenants, simsEach: 0, TimeProvider.System.GetUtcNow(), cancellationToken);
        db.Database.SetCommandTimeout(TimeSpan.FromMinutes(10));
        await db.Database.ExecuteSqlAsync(
            $"""
            WITH RECURSIVE numbers(n) AS (SELECT 0 UNION ALL SELECT n + 1 FROM numbers WHERE n < {SimsEach} - 1)
            INSERT INTO InventorySims (TenantId, Coverage, SimId, ReadAt, Walk, ChangeNumber, Name, Tags, Iccids, Imsis, Msisdns, Subscriptions, Imei, SerialNumber, GroupId, GroupName, Status,
                SpeedClass, ModuleType, Online, SessionId, IpAddress, Cell, ExpiryAction, TerminationEnabled, ImeiLock, LastHeardAt, CreatedAt)
            SELECT tenant.Id, 'jp', '8942310' || substr(tenant.Slug, -3) || printf('%09d', n), inventory.CompleteAsOf, 1, 1,
                substr(tenant.Name, 1, length(tenant.Name) - 4) || printf(' pump-%06d', n), json_object('site', tenant.Name, 'model', 'Hydra 3'),
                '8942310' || substr(tenant.Slug, -3) || printf('%09d', n), '44010' || substr(tenant.Slug, -3) || printf('%07d', n * 7919 % 9999991), '8120' || printf('%08d', n), 'plan-D',
                '3592' || printf('%011d', n * 104729), printf('DN%08d', n), 'g-' || tenant.Slug || (n % 5), 'Group ' || (n % 5),
                CASE n % 6 WHEN 0 THEN 'ready' WHEN 1 THEN 'inactive' WHEN 2 THEN 'suspended' ELSE 'active' END,
                's1.standard', 'nano', n % 3 > 0, '', '10.' || (n % 251) || '.' || (n % 241) || '.' || (n % 239), '', '', 1, '',
                inventory.CompleteAsOf - 600000000 * (n % 100000), inventory.CompleteAsOf - 600000000 * 500000
            FROM numbers CROSS JOIN Tenants tenant JOIN SimInventories inventory ON inventory.TenantId = tenant.Id
            WHERE tenant.Slug LIKE 'customer-%'
            """,
            cancellationToken);
    }

    private static async Task<IReadOnlyList<Figure>> MeasureAsync(WebApplication portal, IBrowser browser)
    {
        var page = await browser.NewPageAsync(new() { BaseURL = portal.Urls.Single(), ViewportSize = new() { Width = 1280, Height = 800 } });
        page.SetDefaultTimeout(Patience);
        await page.GotoAsync(PortalUrls.SignIn(PortalUrls.Tenants()));
        await page.Locator("form:has(input[name=account][value=reseller]) button").ClickAsync();
        await page.Locator("[data-live]").WaitForAsync();
        var before = Megabytes.InUse();

        var first = await OpenAsync(page);
        var (again, middle, end, search, sort) = (new Samples(Times), new Samples(Times), new Samples(Times), new Samples(Times), new Samples(Times));
        for (var time = 0; time < Times; time++)
        {
            again.Add(await OpenAsync(page));
            var grid = page.GetByRole(AriaRole.Grid);
            middle.Add(await UntilAsync(page, () => grid.EvaluateAsync("grid => grid.scrollTop = grid.scrollHeight / 2"), Middle));
            await grid.FocusAsync();
            end.Add(await UntilAsync(page, () => page.Keyboard.PressAsync("End"), Shows(All - 1)));
            var wanted = string.Create(CultureInfo.InvariantCulture, $"pump-{4000 + (time * 7):000000}");
            search.Add(await UntilAsync(page, () => page.Locator(".search input").FillAsync(wanted), Holds(Tenants)));
            await UntilAsync(page, () => page.Locator(".search input").FillAsync(""), Holds(All));
            sort.Add(await UntilAsync(page, () => page.Locator("[role=columnheader].of-imsi button").ClickAsync(), $"{Holds(All)} && document.querySelector('.of-imsi[aria-sort=ascending]')"));
        }

        var held = Megabytes.InUse() - before;
        var scripts = await page.EvaluateAsync<double>("() => performance.memory.usedJSHeapSize / 1e6");
        var elements = await page.EvaluateAsync<int>("() => document.querySelectorAll('*').length");
        return
        [
            new("opened for the first time: all SIMs out of the database", $"{first.TotalSeconds:0.0} s", NoGoal, true),
            new("opened again", Of(again), NoGoal, true),
            new("scrolled to the middle", Of(middle), NoGoal, true),
            new("to the last row by a key", Of(end), NoGoal, true),
            new("searched, the box's pause of 250 ms included", Of(search), NoGoal, true),
            new("sorted by another column", Of(sort), NoGoal, true),
            new("memory: portal; scripts in the browser; elements of the page", $"{held:0} MB; {scripts:0} MB; {elements:#,0}", NoGoal, true),
        ];
    }

    private static string Of(Samples samples) => $"median {samples.Percentile(0.5):0} ms, slowest of {Times} {samples.Percentile(1):0} ms";

    private static Task<TimeSpan> OpenAsync(IPage page) => UntilAsync(page, () => page.GotoAsync(List), $"{Holds(All)} && {Shows(0)}");

    /// <summary>Whether the list holds so many SIMs, and waits for nothing.</summary>
    private static string Holds(int sims) => $"document.querySelector(`[role=grid][aria-rowcount='{sims + 1}']:not([aria-busy])`)";

    /// <summary>Whether a row is there, and in sight.</summary>
    private static string Shows(int row) =>
        $"((row, grid) => row && grid && row.top >= grid.top && row.bottom <= grid.bottom)(document.querySelector(`[data-row='{row}'] a.strong`)?.getBoundingClientRect(), document.querySelector('[role=grid]')?.getBoundingClientRect())";

    /// <summary>Whether rows around the middle are there: the height of a million rows is squeezed, so that it is not told which one exactly.</summary>
    private static readonly string Middle = $"[...document.querySelectorAll('[data-row]:has(a.strong)')].some(row => Math.abs(row.dataset.row - {All / 2}) < 1000)";

    /// <summary>How long it takes from an act until something is so, looked at with each frame that the browser draws.</summary>
    private static async Task<TimeSpan> UntilAsync(IPage page, Func<Task> act, string isSo)
    {
        var began = Stopwatch.GetTimestamp();
        await act();
        await page.WaitForFunctionAsync($"() => !!({isSo})");
        return Stopwatch.GetElapsedTime(began);
    }
}
