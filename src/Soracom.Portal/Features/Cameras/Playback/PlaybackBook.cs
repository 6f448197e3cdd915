using System.Buffers.Text;
using System.Security.Cryptography;
using Soracom.Api;
using Soracom.Portal.Security;
using Soracom.Portal.Shared.Cameras;

namespace Soracom.Portal.Features.Cameras.Playback;

/// <summary>
/// Which footage is being played, and at which of the vendor's addresses it is. Whoever knows such an address can see the video: the
/// browser gets a name for it that is good for one person of one tenant.
/// </summary>
/// <param name="clock">The clock.</param>
internal sealed class PlaybackBook(TimeProvider clock)
{
    /// <summary>How many a person may have open; the oldest goes then. A browser that goes away leaves its own behind.</summary>
    private const int MostEach = 8;

    private const int IdBytes = 16;

    private readonly Lock gate = new();
    private readonly Dictionary<string, OpenPlayback> open = new(StringComparer.Ordinal);

    /// <summary>Opens footage to the person that has asked for it.</summary>
    /// <param name="tenant">The tenant, for the person.</param>
    /// <param name="coverage">The coverage.</param>
    /// <param name="parts">What is played, one after another.</param>
    /// <param name="until">Until when the vendor's addresses are good.</param>
    /// <returns>What was opened.</returns>
    public OpenPlayback Open(TenantContext tenant, SoracomCoverage coverage, IReadOnlyList<PlaybackPart> parts, DateTimeOffset until)
    {
        var added = new OpenPlayback(Base64Url.EncodeToString(RandomNumberGenerator.GetBytes(IdBytes)), tenant.TenantId, tenant.Actor.PersonId, coverage, parts, until);
        lock (gate)
        {
            var now = clock.GetUtcNow();
            var mine = open.Values.Where(one => one.PersonId == added.PersonId && one.Until > now).OrderByDescending(one => one.Until).Skip(MostEach - 1);
            foreach (var over in open.Values.Where(one => one.Until <= now).Concat(mine).ToList())
            {
                open.Remove(over.Id);
            }

            open.Add(added.Id, added);
        }

        return added;
    }

    /// <summary>Finds what a person has open.</summary>
    /// <param name="tenant">The tenant, for the person.</param>
    /// <param name="id">Its name.</param>
    /// <returns>The footage; null where it is not open, not this person's in this tenant, or no longer to be had.</returns>
    public OpenPlayback? Find(TenantContext tenant, string id)
    {
        lock (gate)
        {
            return open.GetValueOrDefault(id) is { } found && found.TenantId == tenant.TenantId && found.PersonId == tenant.Actor.PersonId && found.Until > clock.GetUtcNow() ? found : null;
        }
    }

    /// <summary>Closes what nobody plays any more.</summary>
    /// <param name="id">Its name.</param>
    public void Close(string id)
    {
        lock (gate)
        {
            open.Remove(id);
        }
    }
}

/// <summary>Footage that somebody plays.</summary>
/// <param name="Id">Its name, which can't be guessed.</param>
/// <param name="TenantId">The tenant.</param>
/// <param name="PersonId">Who plays it.</param>
/// <param name="Coverage">The coverage.</param>
/// <param name="Parts">What is played, one after another: a recording that has gaps has several.</param>
/// <param name="Until">Until when the vendor's addresses are good.</param>
internal sealed record OpenPlayback(string Id, Guid TenantId, Guid PersonId, SoracomCoverage Coverage, IReadOnlyList<PlaybackPart> Parts, DateTimeOffset Until);

/// <summary>One recording of what is played.</summary>
/// <param name="Manifest">The vendor's address of its MPEG-DASH manifest.</param>
/// <param name="Period">What of the time it is; null for the newest.</param>
internal sealed record PlaybackPart(string Manifest, Period? Period)
{
    /// <summary>The files that its manifest named.</summary>
    public DashFiles Files { get; } = new();
}
