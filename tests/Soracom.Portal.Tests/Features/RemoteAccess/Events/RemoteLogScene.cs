using System.Net.Sockets;
using Soracom.Api;
using Soracom.Api.Napter;
using Soracom.Api.Sims;
using Soracom.Portal.Data.Members;
using Soracom.Portal.Data.RemoteAccess;
using Soracom.Portal.Features.RemoteAccess.Events;
using Soracom.Portal.Security;
using Soracom.Portal.Shared.Vendor;

namespace Soracom.Portal.Tests.Features.RemoteAccess.Events;

/// <summary>A tenant with doors that people really connect through, and its log.</summary>
internal sealed class RemoteLogScene : IAsyncDisposable
{
    /// <summary>What visitors from this machine count as to the sandbox.</summary>
    public const string Outside = "198.51.100.77";

    private RemoteLogScene(PortalScene portal, TenantContext tenant)
    {
        Portal = portal;
        Tenant = tenant;
    }

    public PortalScene Portal { get; }

    public TenantContext Tenant { get; }

    public RemoteLog Log => Portal.Get<RemoteLog>();

    public static async Task<RemoteLogScene> StartAsync()
    {
        var portal = await PortalScene.StartAsync();
        return new RemoteLogScene(portal, await portal.OpenAsync(await portal.MemberAsync(PortalScene.Aoba, TenantRole.Owner, "Haruto"), PortalScene.Aoba));
    }

    public async ValueTask DisposeAsync()
    {
        Tenant.Dispose();
        await Portal.DisposeAsync();
    }

    /// <summary>SIMs that are online and have no door.</summary>
    public async Task<IReadOnlyList<Sim>> SimsAsync()
    {
        var read = await ReadAsync(async (client, token) =>
        {
            var open = await client.Napter.ListPortMappingsAsync(cancellationToken: token);
            var sims = await client.Sims.ListSimsAsync(limit: 100, cancellationToken: token);
            var taken = open.Items.Select(mapping => mapping.SimId).ToHashSet(StringComparer.Ordinal);
            return sims.Items.Where(sim => sim is { SessionStatus.Online: true, Type: not SimType.Virtual } && !taken.Contains(sim.SimId)).ToList();
        });
        return read;
    }

    /// <summary>Opens a door at the vendor.</summary>
    public Task<PortMapping> OpenAsync(string simId, int port = 22, int seconds = 900) => ReadAsync((client, token) => client.Napter.CreatePortMappingForSimAsync(
        simId,
        new NewSimPortMapping { Destination = new SimPortMappingDestination { Port = port }, Duration = seconds, Source = new PortMappingSource { IpRanges = [$"{Outside}/32"] }, TlsRequired = false },
        token));

    /// <summary>Notes that a door was opened here.</summary>
    public async Task<RemoteDoor> NoteAsync(PortMapping mapping, Sim sim, string reason = "Look at the pump", string? openerName = null, Guid? openerId = null)
    {
        var door = new RemoteDoor
        {
            Id = Guid.NewGuid(),
            TenantId = Tenant.TenantId,
            Coverage = SoracomCoverage.Japan.ToWireName(),
            OperatorId = Portal.Account(PortalScene.Aoba).OperatorId,
            SimId = sim.SimId,
            Imsi = ImsiOf(sim),
            SimName = "Pump",
            DevicePort = mapping.Destination!.Port,
            Service = "air",
            Tls = false,
            SourceRanges = $"{Outside}/32",
            DurationSeconds = mapping.Duration!.Value,
            Reason = reason,
            Ticket = "OPS-12",
            OpenerId = openerId ?? Tenant.Actor.PersonId,
            OpenerName = openerName ?? "Haruto",
            AskedAt = mapping.CreatedTime!.Value,
            State = RemoteDoorState.Open,
            IpAddress = mapping.IpAddress,
            Port = mapping.Port,
            Hostname = mapping.Hostname,
            OpenedAt = mapping.CreatedTime,
            ExpiresAt = mapping.ExpiredTime,
        };
        await using var db = Portal.Database.ForTenant(Tenant.TenantId);
        db.RemoteDoors.Add(door);
        await db.SaveChangesAsync(Watchdog.Token);
        return door;
    }

    /// <summary>Connects, hears the echo and goes.</summary>
    public async Task VisitAsync(PortMapping mapping)
    {
        using var client = new TcpClient();
        await client.ConnectAsync(Portal.Sandbox.FindListener(mapping.Endpoint!)!, Watchdog.Token);
        await client.GetStream().WriteAsync("ping"u8.ToArray(), Watchdog.Token);
        var answer = new byte[4];
        await client.GetStream().ReadExactlyAsync(answer, Watchdog.Token);
        Assert.Equal("ping"u8.ToArray(), answer);
    }

    /// <summary>Reads the vendor's log until it tells of something: the sandbox notes what visitors do when it sees it.</summary>
    public async Task<IReadOnlyList<RemoteAccessEvent>> ReadUntilAsync(Sim sim, string type)
    {
        while (true)
        {
            await Log.RefreshAsync(Tenant, evenIfRecent: true, Watchdog.Token);
            var events = await EventsAsync(RemoteLogQuery.All with { Sim = ImsiOf(sim), From = Portal.Clock.GetUtcNow().UtcDateTime.Date });
            if (events.Any(happened => happened.Type == type))
            {
                return events;
            }
        }
    }

    public async Task<IReadOnlyList<RemoteAccessEvent>> EventsAsync(RemoteLogQuery query) => [.. (await Log.ListAsync(Tenant, query, Watchdog.Token)).Lines.Select(line => line.Event)];

    public async Task<int> CountAsync()
    {
        await using var db = Portal.Database.ForTenant(Tenant.TenantId);
        return db.RemoteAccessEvents.Count();
    }

    public static string ImsiOf(Sim sim) => sim.ActiveProfile!.PrimaryImsi!;

    private async Task<T> ReadAsync<T>(Func<ISoracomClient, CancellationToken, Task<T>> call) =>
        (await Portal.Get<TenantSoracom>().ReadAsync(Tenant, SoracomCoverage.Japan, call, Watchdog.Token)).Value;
}
