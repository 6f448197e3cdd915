using System.Diagnostics;
using System.Net;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authentication.Cookies;
using Microsoft.AspNetCore.Builder;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Soracom.Api;
using Soracom.Api.Http;
using Soracom.Portal.Data;
using Soracom.Portal.Data.Exports;
using Soracom.Portal.Data.Members;
using Soracom.Portal.Features.Exports;
using Soracom.Portal.Security;
using Soracom.Portal.Security.SignIn;
using Soracom.Portal.Shared.Vendor;

namespace Soracom.Portal.Benchmarks;

/// <summary>
/// An export whose file has 2 GB: fetched into the portal's store, where it is sealed, and downloaded as a ZIP. Portal, sandbox, the server of
/// the file and the client that downloads share a process, so that what it grows by is more than what the portal does.
/// </summary>
internal static class BigExport
{
    private const string Slug = "aoba";
    private const string Gate = "川崎第一 正門";
    private const double MostGrowth = 100;

    /// <summary>A network of 1 Gbit/s, as that of an App Service plan and its share: what is fetched is not to wait for the portal.</summary>
    private const double NetworkSpeed = 125;

    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(10);

    public static async Task<IReadOnlyList<Figure>> RunAsync(CancellationToken cancellationToken)
    {
        var folder = Directory.CreateTempSubdirectory("portal-benchmark-");
        try
        {
            await using var file = await BigFile.StartAsync(cancellationToken);
            var plain = await CopyAsync(file, Path.Combine(folder.FullName, "plain"), cancellationToken);
            string[] arguments =
            [
                "--environment=Development",
                "--applicationName=Soracom.Portal",
                $"--contentRoot={AppContext.BaseDirectory}",
                "--urls=http://127.0.0.1:0",
                "--Inventory:Walk=false",
                $"--Exports:Folder={Path.Combine(folder.FullName, "exports")}",
                $"--ConnectionStrings:Portal=Data Source={Path.Combine(folder.FullName, "portal.db")}",
            ];
            await using var portal = await PortalApplication.CreateAsync(arguments, builder =>
            {
                builder.Logging.ClearProviders();
                builder.Services.AddHttpClient(VendorFiles.Client).AddHttpMessageHandler(() => new InsteadOfTheVendors(file));
            });
            await PortalApplication.StartAsync(portal, cancellationToken);
            var figures = await MeasureAsync(portal, file, plain, cancellationToken);
            await portal.StopAsync(cancellationToken);
            return figures;
        }
        finally
        {
            Microsoft.Data.Sqlite.SqliteConnection.ClearAllPools();
            folder.Delete(recursive: true);
        }
    }

    private static async Task<IReadOnlyList<Figure>> MeasureAsync(WebApplication portal, BigFile file, double plain, CancellationToken cancellationToken)
    {
        var person = await SignInAsync(portal.Services, cancellationToken);
        using var tenant = await portal.Services.GetRequiredService<TenantAccess>().OpenAsync(person, Slug, cancellationToken) ?? throw new InvalidOperationException("The demo's owner may not open the tenant.");
        var request = await RequestAsync(portal.Services, tenant, cancellationToken);
        using var memory = new Growth();
        var begun = await portal.Services.GetRequiredService<FootageRequests>().BeginAsync(tenant, SoracomCoverage.Japan, request, cancellationToken);
        var export = begun.Error is { } error ? throw new InvalidOperationException(error.Key) : begun.Value;
        await DoneAsync(portal.Services, tenant, export.Id, cancellationToken);
        var fetched = Rate(file.Began);
        var fetching = memory.Most;

        memory.Begin();
        var began = Stopwatch.GetTimestamp();
        var length = await DownloadAsync(portal, person, export.Id, cancellationToken);
        var downloaded = Rate(began);
        return
        [
            new("fetched into the store and sealed", $"{fetched:0} MB/s; a plain copy to the same disk {plain:0} MB/s", $"{NetworkSpeed:0} MB/s", fetched >= NetworkSpeed),
            new("the process grows by, while it is fetched", $"{fetching:0} MB", $"under {MostGrowth:0} MB", fetching < MostGrowth),
            new("downloaded as one ZIP", $"{downloaded:0} MB/s", $"{NetworkSpeed:0} MB/s", length > BigFile.Length && downloaded >= NetworkSpeed),
            new("the process grows by, while it is downloaded", $"{memory.Most:0} MB", $"under {MostGrowth:0} MB", memory.Most < MostGrowth),
        ];
    }

    private static double Rate(long began) => BigFile.Length / 1e6 / Stopwatch.GetElapsedTime(began).TotalSeconds;

    /// <summary>From the network to the disk, and to the end of it.</summary>
    private static async Task<double> CopyAsync(BigFile file, string path, CancellationToken cancellationToken)
    {
        using var client = new HttpClient();
        await using var content = await client.GetStreamAsync(file.Address, cancellationToken);
        await using (var copy = File.Create(path))
        {
            await content.CopyToAsync(copy, cancellationToken);
            copy.Flush(flushToDisk: true);
        }

        var rate = Rate(file.Began);
        File.Delete(path);
        return rate;
    }

    private static async Task<SignedIn> SignInAsync(IServiceProvider services, CancellationToken cancellationToken)
    {
        var database = services.GetRequiredService<PortalDatabase>();
        await using var all = database.ForInstallation();
        var tenant = await all.Tenants.SingleAsync(one => one.Slug == Slug, cancellationToken);
        await using var db = database.ForTenant(tenant.Id);
        var owner = await db.TenantMembers.FirstAsync(member => member.Role == TenantRole.Owner, cancellationToken);
        var session = await services.GetRequiredService<SignInSessions>().StartAsync(owner.PersonId, provider: null, "127.0.0.1", "benchmark", provenAt: null, cancellationToken);
        return new SignedIn(owner.PersonId, session.Id, "Benchmark", "127.0.0.1");
    }

    /// <summary>Ten seconds of what the camera recorded: how long its file is has nothing to do with it here.</summary>
    private static async Task<ExportRequest> RequestAsync(IServiceProvider services, TenantContext tenant, CancellationToken cancellationToken)
    {
        var now = DateTimeOffset.UtcNow;
        var read = await services.GetRequiredService<TenantSoracom>().ReadAsync(
            tenant,
            SoracomCoverage.Japan,
            async (client, token) =>
            {
                var camera = (await client.SoraCam.ListSoraCamDevicesAsync(token)).Single(one => one.Name == Gate).DeviceId;
                var past = await client.SoraCam.ListSoraCamDeviceRecordingsAndEventsAsync(
                    camera, from: new UnixMilliseconds(now.AddDays(-3)), to: new UnixMilliseconds(now), sort: SortOrder.Descending, cancellationToken: token);
                return (camera, past.Content.Records!.First(one => one.EndTime - one.StartTime > TimeSpan.FromMinutes(1)).StartTime!.Value.AddSeconds(5));
            },
            cancellationToken);
        var (deviceId, from) = read.Value;
        return new ExportRequest { DeviceId = deviceId, From = from, To = from.AddSeconds(10) };
    }

    private static async Task DoneAsync(IServiceProvider services, TenantContext tenant, Guid exportId, CancellationToken cancellationToken)
    {
        using var over = new CancellationTokenSource(Patience, TimeProvider.System);
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, over.Token);
        while (true)
        {
            await using var db = services.GetRequiredService<PortalDatabase>().ForTenant(tenant.TenantId);
            var export = await db.FootageExports.AsNoTracking().SingleAsync(one => one.Id == exportId, patience.Token);
            if (export.State == FootageExportState.Done)
            {
                return;
            }

            if (export.State == FootageExportState.Paused)
            {
                throw new InvalidOperationException($"The export was paused: {export.Trouble}.");
            }

            await Task.Delay(TimeSpan.FromMilliseconds(100), TimeProvider.System, patience.Token);
        }
    }

    private static async Task<long> DownloadAsync(WebApplication portal, SignedIn person, Guid exportId, CancellationToken cancellationToken)
    {
        var address = new Uri(portal.Urls.Single());
        var options = portal.Services.GetRequiredService<IOptionsMonitor<CookieAuthenticationOptions>>().Get(PortalCookie.Scheme);
        var ticket = new AuthenticationTicket(
            person.ToPrincipal(PortalCookie.Scheme), new AuthenticationProperties { IssuedUtc = DateTimeOffset.UtcNow, ExpiresUtc = DateTimeOffset.UtcNow + options.ExpireTimeSpan }, PortalCookie.Scheme);
        using var handler = new HttpClientHandler { UseCookies = true };
        handler.CookieContainer.Add(address, new Cookie(options.Cookie.Name!, options.TicketDataFormat.Protect(ticket)));
        using var client = new HttpClient(handler) { BaseAddress = address };
        await using var content = await client.GetStreamAsync(PortalUrls.ExportZip(Slug, exportId), cancellationToken);
        var (buffer, length) = (new byte[81_920], 0L);
        while (await content.ReadAsync(buffer, cancellationToken) is > 0 and var read)
        {
            length += read;
        }

        return length;
    }

    /// <summary>By how many millions of bytes the process has grown at most since it began, looked at 20 times a second.</summary>
    private sealed class Growth : IDisposable
    {
        private readonly Timer timer;
        private long before;
        private long most;

        public Growth()
        {
            Begin();
            timer = new Timer(_ => most = Math.Max(most, Now()), state: null, TimeSpan.Zero, TimeSpan.FromMilliseconds(50));
        }

        public double Most => (Math.Max(most, Now()) - before) / 1e6;

        public void Begin()
        {
            Megabytes.InUse();
            most = before = Now();
        }

        public void Dispose() => timer.Dispose();

        private static long Now()
        {
            using var process = Process.GetCurrentProcess();
            return process.WorkingSet64;
        }
    }
}
