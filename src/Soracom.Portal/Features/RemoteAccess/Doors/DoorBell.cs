using Soracom.Portal.Data;
using Soracom.Portal.Data.RemoteAccess;
using Soracom.Portal.Security;
using Soracom.Portal.Shared.Bell;

namespace Soracom.Portal.Features.RemoteAccess.Doors;

/// <summary>Tells whoever opened a door what became of it without them: a door that they closed, or that its time did, is no news.</summary>
internal sealed class DoorBell : IBellSource
{
    /// <inheritdoc />
    public Permission Needs => Permission.RemoteAccessRead;

    /// <inheritdoc />
    public IQueryable<BellRow> Rows(PortalDbContext db) =>
        from door in db.RemoteDoors
        where door.EndedAt != null
            && (door.Overstayed
                || door.State == RemoteDoorState.Failed
                || door.State == RemoteDoorState.Unknown
                || (door.State == RemoteDoorState.Closed && (door.EndedById == null || door.EndedById != door.OpenerId)))
        select new BellRow
        {
            PersonId = door.OpenerId,
            TenantId = door.TenantId,
            At = door.EndedAt!.Value,
            Kind = door.State == RemoteDoorState.Failed ? BellKind.DoorFailed
                : door.State == RemoteDoorState.Unknown ? BellKind.DoorUnknown
                : door.Overstayed ? BellKind.DoorOverstayed : BellKind.DoorEnded,
            ObjectId = door.Id,
            Number = door.DevicePort,
            Name = door.SimName == "" ? door.SimId : door.SimName,
        };

    /// <inheritdoc />
    public string AddressOf(string slug, BellRow row) => PortalUrls.Door(slug, row.ObjectId);
}
