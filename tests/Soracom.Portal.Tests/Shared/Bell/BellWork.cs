using Soracom.Portal.Data.Billing;
using Soracom.Portal.Data.Exports;
using Soracom.Portal.Data.Jobs;
using Soracom.Portal.Data.RemoteAccess;

namespace Soracom.Portal.Tests.Shared.Bell;

/// <summary>Work of somebody's that has ended, as its feature leaves it behind.</summary>
internal static class BellWork
{
    public static SimJob Job(Guid tenantId, Guid ownerId, DateTimeOffset at, int failed = 0) => new()
    {
        TenantId = tenantId,
        Number = 7,
        Coverage = "jp",
        OperatorId = "OP0000000001",
        Source = SimJobSource.Selection,
        Actions = "",
        Needs = "",
        State = SimJobState.Done,
        OwnerId = ownerId,
        OwnerName = "",
        Language = "en",
        CreatedAt = at.AddMinutes(-5),
        FinishedAt = at,
        Failed = failed,
        Total = failed,
    };

    public static FootageExport Export(Guid tenantId, Guid ownerId, DateTimeOffset at) => new()
    {
        TenantId = tenantId,
        Number = 3,
        Coverage = "jp",
        OperatorId = "OP0000000001",
        DeviceId = "7C0000000001",
        CameraName = "Gate",
        From = at.AddHours(-2),
        To = at.AddHours(-1),
        Kind = FootageKind.Video,
        RequestedBy = "",
        State = FootageExportState.Done,
        OwnerId = ownerId,
        OwnerName = "",
        Language = "en",
        CreatedAt = at.AddMinutes(-5),
        FinishedAt = at,
    };

    public static BillFile File(Guid tenantId, Guid ownerId, DateTimeOffset at, BillFileState state) => new()
    {
        TenantId = tenantId,
        Coverage = "jp",
        OperatorId = "OP0000000001",
        Month = 202604,
        Number = 1,
        Revision = 1,
        State = state,
        AskedById = ownerId,
        AskedByName = "",
        AskedAt = at.AddMinutes(-5),
        FinishedAt = at,
    };

    public static RemoteDoor Door(Guid tenantId, Guid ownerId, DateTimeOffset at, RemoteDoorState state, RemoteDoorEnd end) => new()
    {
        Id = Guid.CreateVersion7(),
        TenantId = tenantId,
        Coverage = "jp",
        OperatorId = "OP0000000001",
        SimId = "8942310000000000001",
        Imsi = "",
        SimName = "",
        DevicePort = 22,
        Service = "air",
        Tls = false,
        SourceRanges = "203.0.113.5/32",
        DurationSeconds = 3600,
        Reason = "",
        Ticket = "",
        OpenerId = ownerId,
        OpenerName = "",
        AskedAt = at.AddMinutes(-5),
        State = state,
        End = end,
        EndedAt = at,
    };

    public static async Task AddAsync(PortalScene scene, Guid tenantId, params object[] rows)
    {
        await using var db = scene.Database.ForTenant(tenantId);
        db.AddRange(rows);
        await db.SaveChangesAsync(Watchdog.Token);
    }
}
