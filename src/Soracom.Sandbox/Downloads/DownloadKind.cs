using Soracom.Sandbox.Analysis;
using Soracom.Sandbox.Billing;
using Soracom.Sandbox.Files;
using Soracom.Sandbox.Http;
using Soracom.Sandbox.PacketCaptures;
using Soracom.Sandbox.Payments;
using Soracom.Sandbox.SoraCam;
using Soracom.Sandbox.State;
using Soracom.Sandbox.Stats;
using Soracom.Sandbox.Subscribers;

namespace Soracom.Sandbox.Downloads;

/// <summary>One kind of file that signed addresses lead to.</summary>
/// <param name="Name">The address's first segment.</param>
/// <param name="Handler">Runs under the lock of the account; what it answers is sent after that.</param>
internal sealed record DownloadKind(string Name, Func<Download, Answer> Handler);

/// <summary>Somebody follows a signed address.</summary>
/// <param name="World">The sandbox.</param>
/// <param name="Account">Whose file it is.</param>
/// <param name="Coverage">The coverage that the address was made at.</param>
/// <param name="Key">What the file is to its kind.</param>
/// <param name="Now">The present.</param>
internal sealed record Download(World World, OperatorAccount Account, Coverage Coverage, string Key, DateTimeOffset Now);

/// <summary>All kinds, area by area.</summary>
internal static class DownloadKinds
{
    public static IReadOnlyList<DownloadKind> All { get; } =
    [
        AnalysisOperations.Result,
        BillFile.Kind,
        FileOperations.Content,
        StatementFile.Kind,
        .. CameraFiles.All,
        PacketCaptureOperations.Files,
        StatsFile.Kind,
        SubscribersFile.Kind,
    ];
}
