using System.Diagnostics;
using System.Globalization;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.HtmlRendering.Infrastructure;
using Microsoft.AspNetCore.Components.Rendering;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Soracom.Portal.Data;
using Soracom.Portal.Data.Billing;
using Soracom.Portal.Data.Members;
using Soracom.Portal.Data.Tenants;
using Soracom.Portal.Features.Billing.Board;
using Soracom.Portal.Security;
using Soracom.Portal.Security.OpenId;
using Soracom.Portal.Security.SignIn;
using Soracom.Portal.Tests.Support;

namespace Soracom.Portal.Benchmarks;

/// <summary>
/// 36 months of 200 tenants, with a row for each of their 219,000 days: the page over all of them, from the address to the finished markup. The goal
/// is the issue's: 300 ms at p95.
/// </summary>
internal static class PortfolioBilling
{
    private const int Tenants = 200;
    private const int Months = 36;
    private const int Rounds = 40;
    private const double Goal = 300;

    public static async Task<IReadOnlyList<Figure>> RunAsync(CancellationToken cancellationToken)
    {
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
                "--Billing:Run=false",
                $"--ConnectionStrings:Portal=Data Source={Path.Combine(folder.FullName, "portal.db")}",
            ];
            await using var portal = await PortalApplication.CreateAsync(arguments, builder => builder.Logging.ClearProviders());
            await PortalApplication.StartAsync(portal, cancellationToken);
            var services = portal.Services;
            var (person, days) = await FillAsync(services, cancellationToken);
            var shown = "";
            var times = new List<double>();
            for (var round = 0; round < Rounds + 5; round++)
            {
                var begun = Stopwatch.GetTimestamp();
                await using var scope = services.CreateAsyncScope();
                await using var renderer = new CircuitRenderer(scope.ServiceProvider, services.GetRequiredService<ILoggerFactory>());
                shown = await renderer.Dispatcher.InvokeAsync(async () =>
                {
                    var page = renderer.BeginRenderingComponent(typeof(Visit), ParameterView.FromDictionary(new Dictionary<string, object?>(StringComparer.Ordinal) { [nameof(Visit.Person)] = person }));
                    await page.QuiescenceTask;
                    return page.ToHtmlString();
                });

                // The first ones compile.
                if (round >= 5)
                {
                    times.Add(Stopwatch.GetElapsedTime(begun).TotalMilliseconds);
                }
            }

            await portal.StopAsync(cancellationToken);
            if (shown.Split("class=\"tenant\"").Length <= Tenants)
            {
                throw new InvalidOperationException("The page does not show all tenants: what was measured is something else.");
            }

            var worst = times.Order().ElementAt((int)(times.Count * 0.95));
            return [new($"opened, read and rendered ({days:#,0} days in the database, {shown.Length / 1024:#,0} KiB of markup)", $"p95 {worst:0} ms", $"under {Goal:0} ms", worst < Goal)];
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    private static async Task<(SignedIn Person, int Days)> FillAsync(IServiceProvider services, CancellationToken cancellationToken)
    {
        var (database, now) = (services.GetRequiredService<PortalDatabase>(), services.GetRequiredService<TimeProvider>().GetUtcNow());
        var reseller = new Reseller { Slug = "benchmark", Name = "Benchmark" };
        var personId = await services.GetRequiredService<People>().ExpectAsync(new PersonKey("https://id.example.test/", "benchmark"), "Benchmark", cancellationToken);
        await using (var installation = database.ForInstallation())
        {
            installation.Resellers.Add(reseller);
            installation.ResellerAdministrators.Add(new ResellerAdministrator { ResellerId = reseller.Id, PersonId = personId, AddedAt = now });
            await installation.SaveChangesAsync(cancellationToken);
        }

        var (days, number) = (0, 0);
        foreach (var tenant in await ManyTenants.AddAsync(database, reseller.Id, Tenants, simsEach: 1, now, cancellationToken))
        {
            days += await BillAsync(database, tenant.Id, number++, now, cancellationToken);
        }

        var session = await services.GetRequiredService<SignInSessions>().StartAsync(personId, provider: null, "192.0.2.7", "benchmark", provenAt: null, cancellationToken);
        return (new SignedIn(personId, session.Id, "Benchmark", "192.0.2.7"), days);
    }

    private static async Task<int> BillAsync(PortalDatabase database, Guid tenantId, int number, DateTimeOffset now, CancellationToken cancellationToken)
    {
        var operatorId = string.Create(CultureInfo.InvariantCulture, $"OP00{number:00000000}");
        var random = new Random(number);
        var today = DateOnly.FromDateTime(now.UtcDateTime);
        var first = new DateOnly(today.Year, today.Month, 1).AddMonths(1 - Months);
        List<BillMonth> months =
        [
            .. Enumerable.Range(0, Months).Select(index => first.AddMonths(index)).Select(month => new BillMonth
            {
                TenantId = tenantId,
                Coverage = "jp",
                OperatorId = operatorId,
                Month = (month.Year * 100) + month.Month,
                Currency = "JPY",
                Amount = random.Next(10_000, 900_000),
                Stage = month.AddMonths(1) <= today ? BillStage.Final : BillStage.Preliminary,
                PaymentStatus = "",
                PaymentTransactionId = "",
                ReadAt = now,
                AsOf = now,
                Forecast = month.AddMonths(1) <= today ? null : 900_000,
            }),
        ];
        List<BillDay> days =
        [
            .. Enumerable.Range(0, today.DayNumber - first.DayNumber + 1)
                .Select(index => new BillDay { TenantId = tenantId, Coverage = "jp", OperatorId = operatorId, Day = first.AddDays(index), Currency = "JPY", Amount = random.Next(500, 30_000) }),
        ];
        string[] services = ["dailyBasicCharge", "dailyDataTrafficCharge", "beamCharge", "harvestCharge", "napterCharge", "soraCamCharge"];
        List<BillLine> lines =
        [
            .. months.TakeLast(4).SelectMany(month => services.Select(service => new BillLine
            {
                TenantId = tenantId,
                Coverage = "jp",
                OperatorId = operatorId,
                Month = month.Month,
                Kind = BillLineKind.Item,
                Source = BillLineSource.Summary,
                Key = service,
                Category = service,
                Currency = "JPY",
                Amount = random.Next(500, 100_000),
                IsKnown = false,
                Name = "",
                GroupId = "",
                GroupName = "",
                Tags = "{}",
            })),
        ];
        var reading = new BillReading { TenantId = tenantId, Coverage = "jp", OperatorId = operatorId, ReadAt = now };
        await database.InTurnAsync(
            tenantId,
            async (db, token) =>
            {
                await db.InsertAsync(months, token);
                await db.InsertAsync(days, token);
                db.AddRange(lines);
                db.Add(reading);
                await db.SaveChangesAsync(token);
                return true;
            },
            cancellationToken);
        return days.Count;
    }

    /// <summary>The page with what surrounds it in the portal: who looks, and its address.</summary>
    private sealed class Visit : ComponentBase
    {
        [Parameter]
        public SignedIn? Person { get; set; }

        protected override void BuildRenderTree(RenderTreeBuilder builder)
        {
            builder.OpenComponent<CascadingValue<SignedIn>>(0);
            builder.AddComponentParameter(1, nameof(CascadingValue<>.Value), Person);
            builder.AddComponentParameter(2, nameof(CascadingValue<>.ChildContent), (RenderFragment)(inner =>
            {
                inner.OpenComponent<CascadingValue<string>>(0);
                inner.AddComponentParameter(1, nameof(CascadingValue<>.Name), "Location");
                inner.AddComponentParameter(2, nameof(CascadingValue<>.Value), $"https://portal.test{PortalUrls.PortfolioBilling()}");
                inner.AddComponentParameter(3, nameof(CascadingValue<>.ChildContent), (RenderFragment)(page =>
                {
                    page.OpenComponent<PortfolioBillingPage>(0);
                    page.CloseComponent();
                }));
                inner.CloseComponent();
            }));
            builder.CloseComponent();
        }
    }

    /// <summary>Renders as a circuit does, without a browser: pages that ask only in a circuit ask here too.</summary>
    private sealed class CircuitRenderer(IServiceProvider services, ILoggerFactory log) : StaticHtmlRenderer(services, log)
    {
        protected override RendererInfo RendererInfo => new("Server", isInteractive: true);
    }
}
