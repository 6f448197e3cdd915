using Microsoft.Extensions.Localization;
using Soracom.Api;
using Soracom.Portal.Features.Cameras.Recordings;
using Soracom.Portal.Resources;
using Soracom.Portal.Shared.Cameras;
using Soracom.Portal.Shared.Errors;
using Soracom.Portal.Shared.Vendor;

namespace Soracom.Portal.Features.Cameras.Playback;

/// <summary>Words for playback.</summary>
internal static class PlaybackWords
{
    /// <summary>What went wrong, by the player's word for it.</summary>
    public static PortalError ErrorOf(string what, SoracomCoverage coverage) => what switch
    {
        "expired" => new PlaybackExpiredError(),
        "vendor" => new VendorError(VendorErrorKind.Unavailable, coverage),
        "cut" => new PlaybackCutError(),
        "player" => new PlayerUnusableError(),
        _ => new PlaybackBrokenError(),
    };

    /// <summary>What is left of the quota, and what is charged for.</summary>
    public static string Consequence(IStringLocalizer<Strings> words, CameraQuota quota, TimeSpan cost)
    {
        var billed = quota.BilledOf(cost);
        var left = words["Playback.Left", CameraWords.Hours(words, quota.Left)].Value;
        return billed > TimeSpan.Zero ? $"{left} {words["Playback.Billed", PastWords.Length(words, billed), (int)CameraQuota.Free.TotalHours].Value}" : left;
    }
}
