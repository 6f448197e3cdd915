using System.Collections.Frozen;
using System.Globalization;

namespace Soracom.Sandbox.SoraCam;

/// <summary>A kind of licence.</summary>
/// <param name="Id">Of the licence and of its pack.</param>
/// <param name="Mode">What a camera records with it.</param>
/// <param name="Days">How long recordings are kept.</param>
internal sealed record Licence(string Id, RecordingMode Mode, int Days)
{
    private static readonly int[] AllDays = [7, 14, 30, 60, 90];

    public static IReadOnlyList<Licence> All { get; } =
    [
        .. AllDays.Select(days => new Licence(string.Create(CultureInfo.InvariantCulture, $"CR{days}-SC"), RecordingMode.Continuous, days)),
        .. AllDays.Select(days => new Licence(string.Create(CultureInfo.InvariantCulture, $"MR{days}-SC"), RecordingMode.Motion, days)),
    ];

    private static readonly FrozenDictionary<string, Licence> ById = All.ToFrozenDictionary(licence => licence.Id, StringComparer.Ordinal);

    /// <summary>As a camera's licence is called.</summary>
    public string Name { get; } = Mode == RecordingMode.Continuous
        ? string.Create(CultureInfo.InvariantCulture, $"Cloud Continuous Recording License ({Days} Days)")
        : string.Create(CultureInfo.InvariantCulture, $"Cloud Motion Detection \"Unlimited\" Recording License ({Days} Days)");

    /// <summary>As its pack is called: the vendor leaves out a word.</summary>
    public string PackName { get; } = string.Create(
        CultureInfo.InvariantCulture, $"Cloud {(Mode == RecordingMode.Continuous ? "" : "Motion Detection \"Unlimited\" ")}Recording License ({Days} Days)");

    public string Value { get; } = string.Create(CultureInfo.InvariantCulture, $"storage_life={Days}");

    public long KeptMilliseconds { get; } = (long)TimeSpan.FromDays(Days).TotalMilliseconds;

    public static Licence? Find(string id) => ById.GetValueOrDefault(id);
}
