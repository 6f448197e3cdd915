using Soracom.Api;
using Soracom.Api.Napter;
using Soracom.Portal.Data.RemoteAccess;
using Soracom.Portal.Features.RemoteAccess.Sources;

namespace Soracom.Portal.Features.RemoteAccess.Doors;

/// <summary>Tells which of the vendor's entries is which door.</summary>
internal static class DoorMatch
{
    /// <summary>How far the vendor's clock may be behind ours.</summary>
    private static readonly TimeSpan ClocksApart = TimeSpan.FromSeconds(30);

    /// <summary>How long after it was asked for the vendor may still make an entry, its clock ahead of ours included.</summary>
    public static readonly TimeSpan MadeWithin = TimeSpan.FromMinutes(5);

    private const int MostPages = 100;

    /// <summary>All of an account's entries (operation listPortMappings).</summary>
    public static async Task<IReadOnlyList<PortMapping>> ListAsync(ISoracomClient client, CancellationToken cancellationToken)
    {
        var all = new List<PortMapping>();
        string? next = null;
        for (var page = 0; page < MostPages; page++)
        {
            var read = await client.Napter.ListPortMappingsAsync(lastEvaluatedKey: next, cancellationToken: cancellationToken);
            all.AddRange(read.Items);
            if (read.NextKey is null || read.NextKey == next)
            {
                break;
            }

            next = read.NextKey;
        }

        return all;
    }

    /// <summary>Whether an entry is a door whose public address is known: addresses are given out again, so the time has to fit too.</summary>
    public static bool Is(PortMapping mapping, RemoteDoor door) =>
        mapping.IpAddress is not null && mapping.IpAddress == door.IpAddress && mapping.Port == door.Port
        && (mapping.CreatedTime is not { } created || door.OpenedAt is not { } opened || (created - opened).Duration() < TimeSpan.FromSeconds(1));

    /// <summary>Whether an entry could be a door whose public address never came to be known: it is just as the door was asked for, and made at that time.</summary>
    public static bool CouldBe(PortMapping mapping, RemoteDoor door) =>
        mapping is { IpAddress: not null, Port: not null, Destination: { } destination, CreatedTime: { } created }
        && mapping.Expired != true
        && mapping.SimId == door.SimId
        && destination.Port == door.DevicePort
        && (mapping.TlsRequired ?? false) == door.Tls
        && mapping.Duration == door.DurationSeconds
        && (destination.DestinationChoosingStrategy is null || destination.DestinationChoosingStrategy == (door.Service == NapterService.Arc ? DestinationChoosingStrategy.ArcPrioritized : DestinationChoosingStrategy.AirPrioritized))
        && RangesOf(mapping) == door.SourceRanges
        && created >= door.AskedAt - ClocksApart && created <= door.AskedAt + MadeWithin;

    /// <summary>Whether an entry was made before the door was asked for, by clocks that are right: then it may as well be somebody else's.</summary>
    public static bool IsEarly(PortMapping mapping, RemoteDoor door) => mapping.CreatedTime < door.AskedAt - TimeSpan.FromSeconds(1);

    /// <summary>An entry's ranges in the form in which doors keep them; as the vendor tells them where they are none.</summary>
    public static string RangesOf(PortMapping mapping)
    {
        var told = string.Join(' ', mapping.Source?.IpRanges ?? []);
        return SourceRanges.Parse(told, out _)?.ToString() ?? told;
    }
}
