using System.Globalization;
using Soracom.Api.Sims;
using Soracom.Portal.Features.Sims.Changes;
using Soracom.Portal.Security;
using Soracom.Portal.Shared.Errors;
using Soracom.Portal.Shared.Text;

namespace Soracom.Portal.Features.Sims.Jobs;

/// <summary>What can be done to many SIMs at once.</summary>
public enum SimChangeKind
{
    /// <summary>A tag set to a value.</summary>
    Tag,

    /// <summary>A tag taken away.</summary>
    TagRemoval,

    /// <summary>Another group, or none.</summary>
    Group,

    /// <summary>Another status.</summary>
    Status,

    /// <summary>Another speed class.</summary>
    SpeedClass,

    /// <summary>A time of expiry, or none.</summary>
    Expiry,

    /// <summary>A lock to the device in use, or none.</summary>
    ImeiLock,

    /// <summary>Termination protection.</summary>
    Protection,

    /// <summary>The end, for ever.</summary>
    Termination,
}

/// <summary>A change as it is put in on a page.</summary>
public sealed class SimChangeInput
{
    /// <summary>What is to be done.</summary>
    public SimChangeKind Kind { get; set; } = SimChangeKind.Tag;

    /// <summary>The tag's key.</summary>
    public string TagKey { get; set; } = "";

    /// <summary>The tag's value.</summary>
    public string TagValue { get; set; } = "";

    /// <summary>The group; empty for none.</summary>
    public string GroupId { get; set; } = "";

    /// <summary>The status.</summary>
    public string Status { get; set; } = SimStatus.Active;

    /// <summary>The speed class.</summary>
    public string SpeedClass { get; set; } = Soracom.Api.Sims.SpeedClass.Standard;

    /// <summary>Whether something is set; taken away or turned off otherwise.</summary>
    public bool On { get; set; } = true;

    /// <summary>When it expires, by the tenant's clocks.</summary>
    public DateTime? ExpiresAt { get; set; }

    /// <summary>What happens then.</summary>
    public string ExpiryAction { get; set; } = Soracom.Api.Sims.ExpiryAction.DoNothing;

    /// <summary>The kinds that somebody may make.</summary>
    /// <param name="tenant">The tenant, as that person has opened it.</param>
    /// <returns>The kinds.</returns>
    public static IReadOnlyList<SimChangeKind> KindsFor(TenantContext tenant) => [.. Enum.GetValues<SimChangeKind>().Where(kind => tenant.May(NeedsOf(kind)))];

    /// <summary>The change, or what is missing.</summary>
    /// <param name="groups">The groups to choose from.</param>
    /// <param name="zone">The time zone that the time of expiry is meant in.</param>
    /// <param name="now">The time.</param>
    /// <returns>The change, or an <see cref="InputError"/>.</returns>
    public Result<SimChange> Read(IReadOnlyList<GroupName> groups, string zone, DateTimeOffset now)
    {
        ArgumentNullException.ThrowIfNull(groups);
        SimChange? change = Kind switch
        {
            SimChangeKind.Tag => new SimTagChange(TagKey.Trim(), TagValue.Trim()),
            SimChangeKind.TagRemoval => new SimTagRemoval(TagKey.Trim()),
            SimChangeKind.Group => GroupId.Length == 0 ? new SimGroupChange(GroupId: null) : new SimGroupChange(GroupId, groups.FirstOrDefault(group => group.Id == GroupId)?.Name),
            SimChangeKind.Status => new SimStatusChange(Status),
            SimChangeKind.SpeedClass => new SimSpeedChange(SpeedClass),
            SimChangeKind.Expiry when !On => new SimExpiryChange(At: null),
            SimChangeKind.Expiry => ExpiresAt is { } local ? new SimExpiryChange(Times.Instant(local, zone), ExpiryAction) : null,
            SimChangeKind.ImeiLock => new SimImeiLockChange(Imei: null, InUse: On),
            SimChangeKind.Protection => new SimProtectionChange(On),
            SimChangeKind.Termination => new SimTermination(),
            _ => throw new InvalidOperationException(string.Create(CultureInfo.InvariantCulture, $"{Kind} is no kind of change.")),
        };
        return change is null ? new InputError("JobExpiry") : change.Wrong(now) is { } wrong ? wrong : change;
    }

    private static Permission NeedsOf(SimChangeKind kind) => kind switch
    {
        SimChangeKind.Tag or SimChangeKind.TagRemoval or SimChangeKind.Group => Permission.SimsEdit,
        SimChangeKind.Termination => Permission.SimsTerminate,
        _ => Permission.SimsConnectivity,
    };
}
