using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Text;
using Soracom.Api;
using Soracom.Api.Napter;
using Soracom.Portal.Data.RemoteAccess;
using Soracom.Portal.Features.RemoteAccess.Sources;
using Soracom.Portal.Security;
using Soracom.Portal.Shared.Vendor;

namespace Soracom.Portal.Features.RemoteAccess.Doors;

/// <summary>Tells which of the vendor's entries is which door.</summary>
internal static class DoorMatch
{
    /// <summary>How far the vendor's clock may be behind ours where it is not known what was there before.</summary>
    private static readonly TimeSpan ClocksApart = TimeSpan.FromSeconds(30);

    /// <summary>How far ahead the vendor's clock may be where it is known what was there before.</summary>
    private static readonly TimeSpan ClocksApartAtMost = TimeSpan.FromHours(1);

    /// <summary>How long after it was asked for the vendor may still make an entry, its clock ahead of ours included.</summary>
    public static readonly TimeSpan MadeWithin = TimeSpan.FromMinutes(5);

    private const int MostPages = 100;

    /// <summary>All of an account's entries (operation listPortMappings). A list that has no end is an error: what is missing in it would be taken for closed.</summary>
    public static async Task<IReadOnlyList<PortMapping>> ListAsync(ISoracomClient client, CancellationToken cancellationToken) => await SoracomPaging
        .WalkAsync("listPortMappings", (key, token) => client.Napter.ListPortMappingsAsync(lastEvaluatedKey: key, cancellationToken: token), MostPages, cancellationToken)
        .ToListAsync(cancellationToken);

    /// <summary>Whether an entry has a public address that is one: it goes into commands to copy and files to open.</summary>
    public static bool IsNamed(PortMapping mapping) =>
        mapping.Port is > 0 and <= ushort.MaxValue && IPAddress.TryParse(mapping.IpAddress, out var address) && address.AddressFamily == AddressFamily.InterNetwork && address.ToString() == mapping.IpAddress;

    /// <summary>An entry's public host; null where it has none, or what can't be one.</summary>
    public static string? HostOf(PortMapping mapping) =>
        mapping.Hostname is { Length: <= RemoteDoor.HostLength } name && Ascii.IsValid(name) && Uri.CheckHostName(name) == UriHostNameType.Dns ? name : null;

    /// <summary>
    /// A SIM's entries (operation listPortMappingsForSim), as they are before another is asked for; null where the vendor does not tell, which
    /// is no reason not to ask.
    /// </summary>
    public static async Task<IReadOnlyList<PortMapping>?> BeforeAsync(TenantSoracom soracom, TenantContext tenant, SoracomCoverage coverage, string simId, CancellationToken cancellationToken)
    {
        var read = await soracom.ReadAsync(tenant, coverage, (client, token) => client.Napter.ListPortMappingsForSimAsync(simId, token), cancellationToken);
        return read.Error is null ? read.Value : read.Error is VendorError { Kind: VendorErrorKind.NotFound } ? [] : null;
    }

    /// <summary>Which of a SIM's entries are just like a door that is to be asked for; null where they are not known, or more than can be kept.</summary>
    public static string? LikeOf(IReadOnlyList<PortMapping>? before, RemoteDoor door)
    {
        var like = before is null ? null : string.Join(' ', before.Where(mapping => IsLike(mapping, door)).Select(NameOf));
        return like?.Length > RemoteDoor.EntriesLength ? null : like;
    }

    /// <summary>
    /// Whether an entry could be a door whose public address never came to be known: it is just as the door was asked for, and made since:
    /// by what was there before where that is known, by the clocks where it is not.
    /// </summary>
    public static bool CouldBe(PortMapping mapping, RemoteDoor door) =>
        IsLike(mapping, door)
        && mapping.CreatedTime <= door.AskedAt + (door.EntriesBefore is null ? MadeWithin : MadeWithin + ClocksApartAtMost)
        && (door.EntriesBefore is { } before ? !before.Split(' ').Contains(NameOf(mapping), StringComparer.Ordinal) : mapping.CreatedTime >= door.AskedAt - ClocksApart);

    private static bool IsLike(PortMapping mapping, RemoteDoor door) =>
        mapping is { Destination: { } destination, CreatedTime: not null }
        && IsNamed(mapping)
        && mapping.Expired != true
        && mapping.SimId == door.SimId
        && destination.Port == door.DevicePort
        && (mapping.TlsRequired ?? false) == door.Tls
        && mapping.Duration == door.DurationSeconds
        && (destination.DestinationChoosingStrategy is null || destination.DestinationChoosingStrategy == (door.Service == NapterService.Arc ? DestinationChoosingStrategy.ArcPrioritized : DestinationChoosingStrategy.AirPrioritized))
        && RangesOf(mapping) == door.SourceRanges;

    /// <summary>Whether an entry was made before the door was asked for, by clocks that are right: then it may as well be somebody else's.</summary>
    public static bool IsEarly(PortMapping mapping, RemoteDoor door) => door.EntriesBefore is null && mapping.CreatedTime < door.AskedAt - TimeSpan.FromSeconds(1);

    // Addresses are given out again: with the time an entry is one alone.
    private static string NameOf(PortMapping mapping) =>
        string.Create(CultureInfo.InvariantCulture, $"{mapping.IpAddress}:{mapping.Port}@{mapping.CreatedTime?.ToUnixTimeMilliseconds()}");

    /// <summary>An entry's ranges in the form in which doors keep them; as the vendor tells them where they are none.</summary>
    public static string RangesOf(PortMapping mapping)
    {
        var told = string.Join(' ', mapping.Source?.IpRanges ?? []);
        return SourceRanges.Parse(told, out _)?.ToString() ?? told;
    }
}
