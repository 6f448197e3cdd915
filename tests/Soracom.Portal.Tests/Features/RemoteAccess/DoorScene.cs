using Microsoft.EntityFrameworkCore;
using Soracom.Api;
using Soracom.Api.Napter;
using Soracom.Api.Sims;
using Soracom.Portal.Data.Members;
using Soracom.Portal.Data.RemoteAccess;
using Soracom.Portal.Data.Sims;
using Soracom.Portal.Features.RemoteAccess.Doors;
using Soracom.Portal.Features.RemoteAccess.Keeping;
using Soracom.Portal.Features.RemoteAccess.Sources;
using Soracom.Portal.Security;
using Soracom.Portal.Shared.Vendor;
using Soracom.Sandbox;

namespace Soracom.Portal.Tests.Features.RemoteAccess;

/// <summary>A portal, a tenant's SIM that is online and somebody who may open doors to it. Doors are looked after when a test says so.</summary>
internal sealed class DoorScene : IAsyncDisposable
{
    public const SoracomCoverage Japan = SoracomCoverage.Japan;

    private DoorScene(PortalScene portal, TenantContext tenant, Sim sim)
    {
        Portal = portal;
        Tenant = tenant;
        Sim = sim;
    }

    public PortalScene Portal { get; }

    public TenantContext Tenant { get; }

    public Sim Sim { get; }

    public DoorOpening Opening => Portal.Get<DoorOpening>();

    public DoorClosing Closing => Portal.Get<DoorClosing>();

    public RemoteDoors Doors => Portal.Get<RemoteDoors>();

    public static async Task<DoorScene> StartAsync(TenantRole? role = TenantRole.Owner, TimeSpan vendorAhead = default)
    {
        var portal = await PortalScene.StartAsync(new UndocumentedAnswers(), vendorAhead);
        var tenant = await portal.OpenAsync(PortalScene.Aoba, role);
        var sims = await portal.Get<TenantSoracom>().ReadAsync(tenant, Japan, (client, token) => client.Sims.ListSimsAsync(limit: 100, cancellationToken: token), Watchdog.Token);
        return new DoorScene(portal, tenant, sims.Value.Items.First(sim => sim is { Status: "active", Type: not "virtual", SessionStatus.Online: true } && sim.Name.Length > 0));
    }

    public static SourceRanges Ranges(string text) => SourceRanges.Parse(text, out _)!;

    public async ValueTask DisposeAsync()
    {
        Tenant.Dispose();
        await Portal.DisposeAsync();
    }

    public DoorRequest Request(int port = 22) => new() { SimId = Sim.SimId, DevicePort = port, Sources = Ranges("203.0.113.5"), Reason = "Repair" };

    public async Task<RemoteDoor> OpenAsync(DoorRequest? request = null, TenantContext? by = null)
    {
        var opened = await Opening.OpenAsync(by ?? Tenant, Japan, request ?? Request(), Watchdog.Token);
        Assert.Null(opened.Error);
        return opened.Value;
    }

    /// <summary>A door as it stands now.</summary>
    public async Task<RemoteDoor> LookAsync(Guid doorId) => (await Doors.GetAsync(Tenant, doorId, Watchdog.Token)).Value;

    /// <summary>What the vendor has open, without what its lists still have of the past.</summary>
    public async Task<IReadOnlyList<PortMapping>> MappingsAsync() =>
        [.. (await CallAsync(client => DoorMatch.ListAsync(client, Watchdog.Token))).Where(mapping => mapping.Expired != true)];

    /// <summary>The vendor's entries of the SIM.</summary>
    public async Task<IReadOnlyList<PortMapping>> OfSimAsync() => [.. (await MappingsAsync()).Where(mapping => mapping.SimId == Sim.SimId)];

    /// <summary>Does something at the vendor that the portal knows nothing of.</summary>
    public async Task<T> CallAsync<T>(Func<ISoracomClient, Task<T>> call)
    {
        var done = await Portal.Get<TenantSoracom>().ReadAsync(Tenant, Japan, (client, _) => call(client), Watchdog.Token);
        Assert.Null(done.Error);
        return done.Value;
    }

    /// <summary>Has somebody open a door at the vendor, as a request of the portal's would be.</summary>
    public Task<PortMapping> OpenElsewhereAsync(int port = 22, string service = NapterService.Air, int duration = 900) => CallAsync(client => client.Napter.CreatePortMappingForSimAsync(
        Sim.SimId,
        new NewSimPortMapping
        {
            Destination = new SimPortMappingDestination { Port = port, Service = service },
            Duration = duration,
            Source = new PortMappingSource { IpRanges = ["203.0.113.5/32"] },
            TlsRequired = false,
        },
        Watchdog.Token));

    /// <summary>Has all doors looked after that are due, as a program does that has just started: it knows what is in the database.</summary>
    public Task KeepAsync() => KeepUntilAsync(Watchdog.Token);

    /// <summary>The same, until the program is asked to stop.</summary>
    public async Task KeepUntilAsync(CancellationToken stopping)
    {
        var keeper = new DoorKeeper(Portal.Database, Portal.Get<TenantSoracom>(), Portal.Get<DoorBook>(), Portal.Get<AuditTrail>(), Portal.Clock);
        foreach (var (tenantId, coverage) in await keeper.DueAsync(stopping))
        {
            await keeper.RunAsync(tenantId, coverage, stopping);
        }
    }

    public async Task KeepAsync(TimeSpan later)
    {
        Portal.Clock.Advance(later);
        await KeepAsync();
    }

    /// <summary>Has the portal keep a SIM as it was seen, in an inventory that is whole.</summary>
    public async Task SeenAsync(string simId, string name, string status, DateTimeOffset at)
    {
        await using var db = Portal.Database.ForTenant(Tenant.TenantId);
        if (!await db.SimInventories.AnyAsync(Watchdog.Token))
        {
            db.SimInventories.Add(new SimInventory { TenantId = Tenant.TenantId, Coverage = "jp", OperatorId = Sim.OperatorId!, CompleteAsOf = at });
        }

        db.InventorySims.Add(new InventorySim
        {
            TenantId = Tenant.TenantId,
            Coverage = "jp",
            SimId = simId,
            ReadAt = at,
            Name = name,
            Tags = "{}",
            Iccids = "",
            Imsis = "440101234567890",
            Msisdns = "",
            Subscriptions = "",
            Imei = "",
            SerialNumber = "",
            GroupId = "",
            GroupName = "",
            Status = status,
            SpeedClass = "",
            ModuleType = "",
            SessionId = "",
            IpAddress = "",
            Cell = "",
            ExpiryAction = "",
            ImeiLock = "",
        });
        await db.SaveChangesAsync(Watchdog.Token);
    }

    /// <summary>Changes a door's row, as what happened elsewhere would have.</summary>
    public async Task ChangeAsync(Guid doorId, Action<RemoteDoor> change)
    {
        await using var db = Portal.Database.ForTenant(Tenant.TenantId);
        change(await db.RemoteDoors.SingleAsync(door => door.Id == doorId, Watchdog.Token));
        await db.SaveChangesAsync(Watchdog.Token);
    }
}
