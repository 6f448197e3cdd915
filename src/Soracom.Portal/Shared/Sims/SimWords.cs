using Microsoft.Extensions.Localization;
using Soracom.Api.Sims;
using Soracom.Portal.Resources;

namespace Soracom.Portal.Shared.Sims;

/// <summary>
/// The vendor's values for SIMs, in words. A value that it added since is shown as it is; so are subscriptions and speed
/// classes, whose names are what price lists and the vendor's support call them.
/// </summary>
internal static class SimWords
{
    /// <summary>In the vendor's stock, before it is shipped.</summary>
    public const string InStock = "instock";

    /// <summary>The later half of an additional subscription's way; only subscriptions have it.</summary>
    public const string Delivered = "delivered";

    /// <summary>The statuses in the order of a SIM's life, what comes before it last.</summary>
    public static readonly IReadOnlyList<string> Statuses =
    [
        SimStatus.Ready, SimStatus.Testing, SimStatus.Active, SimStatus.Standby, SimStatus.Inactive, SimStatus.Suspended, SimStatus.Terminated, SimStatus.Shipped, InStock,
    ];

    public static readonly IReadOnlyList<string> ModuleTypes =
    [
        ModuleType.Mini, ModuleType.Micro, ModuleType.Nano, ModuleType.Trio, ModuleType.Embedded, ModuleType.Integrated, ModuleType.Virtual, ModuleType.ProfilePackage,
    ];

    public static string Status(IStringLocalizer<Strings> words, string status) => Known(words, $"SimStatus.{status}", status);

    public static string ModuleTypeName(IStringLocalizer<Strings> words, string type) => Known(words, $"ModuleType.{type}", type);

    public static string TypeName(IStringLocalizer<Strings> words, string type) => Known(words, $"SimType.{type}", type);

    public static string ExpiryActionName(IStringLocalizer<Strings> words, string action) => Known(words, $"ExpiryAction.{action}", action);

    /// <summary>The sort of badge and the sign that go with a status; the word stands beside them.</summary>
    public static (string Kind, string Icon) Badge(string? status) => status switch
    {
        SimStatus.Active => ("good", "circle-check"),
        SimStatus.Ready => ("info", "circle-dot"),
        SimStatus.Testing => ("info", "flask"),
        SimStatus.Standby => ("info", "hourglass"),
        SimStatus.Shipped or Delivered => (string.Empty, "truck"),
        SimStatus.Inactive => ("warn", "pause"),
        SimStatus.Suspended => ("warn", "ban"),
        SimStatus.Terminated => ("bad", "circle-x"),
        _ => (string.Empty, "circle-dashed"),
    };

    /// <summary>The class that gives a status its colour, see portal.css.</summary>
    public static string Tone(string status) => status switch
    {
        SimStatus.Active or SimStatus.Ready or SimStatus.Testing or SimStatus.Standby or SimStatus.Inactive or SimStatus.Suspended or SimStatus.Terminated or SimStatus.Shipped => status,
        _ => "other",
    };

    /// <summary>Statuses in the order of <see cref="Statuses"/>, those that are not among them last.</summary>
    public static IEnumerable<KeyValuePair<string, int>> InOrder(IReadOnlyDictionary<string, int> byStatus) => byStatus
        .OrderBy(status => Statuses.Contains(status.Key, StringComparer.Ordinal) ? Statuses.TakeWhile(known => known != status.Key).Count() : int.MaxValue)
        .ThenBy(status => status.Key, StringComparer.Ordinal);

    private static string Known(IStringLocalizer<Strings> words, string key, string value) => words[key] is { ResourceNotFound: false } known ? known : value;
}
