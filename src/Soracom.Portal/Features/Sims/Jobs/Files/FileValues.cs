using System.Globalization;
using System.Text.RegularExpressions;
using Soracom.Api.Sims;
using Soracom.Portal.Features.Sims.Changes;
using Soracom.Portal.Shared.Text;

namespace Soracom.Portal.Features.Sims.Jobs.Files;

/// <summary>Reads the cells of a file.</summary>
/// <param name="groups">The account's groups.</param>
/// <param name="zone">The time zone of times that name none.</param>
internal sealed partial class FileValues(IReadOnlyList<GroupName> groups, string zone)
{
    /// <summary>Takes away what a column is about.</summary>
    public const string None = "-";

    /// <summary>Locks a SIM to the device that it is online in.</summary>
    public const string InUse = "in-use";

    private static readonly string[] TimeForms = ["yyyy-MM-dd", "yyyy-MM-dd HH:mm", "yyyy-MM-dd HH:mm:ss", "yyyy-MM-dd'T'HH:mm", "yyyy-MM-dd'T'HH:mm:ss"];

    private static readonly string[] InstantForms = ["yyyy-MM-dd'T'HH:mmK", "yyyy-MM-dd'T'HH:mm:ssK", "yyyy-MM-dd'T'HH:mm:ss.FFFK", "yyyy-MM-dd HH:mmK", "yyyy-MM-dd HH:mm:ssK"];

    private readonly ILookup<string, GroupName> byName = groups.ToLookup(group => group.Name, StringComparer.Ordinal);
    private readonly HashSet<string> ids = groups.Select(group => group.Id).ToHashSet(StringComparer.Ordinal);

    /// <summary>Whether a cell has named a group: only then do the account's groups matter.</summary>
    public bool HasNamedGroups { get; private set; }

    /// <summary>Whether a spreadsheet has taken an id for a number, and lost its last digits.</summary>
    public static bool IsMangled(string id) => NumberForm().IsMatch(id);

    /// <summary>The change that a cell asks for, or what is wrong with it.</summary>
    /// <param name="column">The column.</param>
    /// <param name="cell">The cell, not blank and without blanks around it.</param>
    /// <param name="expiryAction">What the line's column expiry_action says; null where it says nothing.</param>
    public (SimChange? Change, FileProblem? Problem) Read(FileColumn column, string cell, string? expiryAction)
    {
        var none = string.Equals(cell, None, StringComparison.Ordinal);
        var text = CsvText.Plain(cell);
        return column.Field switch
        {
            FileField.Name => (new SimNameChange(none ? "" : text), null),
            FileField.Tag => (none ? new SimTagRemoval(column.TagKey) : new SimTagChange(column.TagKey, text), null),
            FileField.Group => none ? (new SimGroupChange(GroupId: null), null) : Group(text),
            FileField.ImeiLock => (none ? new SimImeiLockChange(Imei: null)
                : Is(text, InUse) ? new SimImeiLockChange(Imei: null, InUse: true)
                : new SimImeiLockChange(text), null),
            FileField.SpeedClass => (new SimSpeedChange(text), null),
            FileField.TerminationProtection => Is(text, SimProtectionChange.IsOn) ? (new SimProtectionChange(On: true), null)
                : Is(text, SimProtectionChange.IsOff) ? (new SimProtectionChange(On: false), null)
                : (null, Bad("BadProtection", text)),
            FileField.Expiry => none ? Never(expiryAction) : Time(text) is { } at ? (new SimExpiryChange(at, Action(expiryAction)), null) : (null, Bad("BadTime", text)),
            FileField.Status => (Is(text, SimStatus.Terminated) ? new SimTermination() : new SimStatusChange(SimStatusChange.Statuses.FirstOrDefault(status => Is(text, status)) ?? text), null),
            _ => throw new ArgumentOutOfRangeException(nameof(column), column, "Not a column of a change."),
        };
    }

    private static (SimChange? Change, FileProblem? Problem) Never(string? action) =>
        action is null ? (new SimExpiryChange(At: null), null) : (null, new FileProblem(0, "ActionWithoutExpiry"));

    private static string? Action(string? text) => text is null ? null : SimExpiryChange.ExpiryActions.FirstOrDefault(action => Is(text, action)) ?? text;

    private static bool Is(string text, string word) => string.Equals(text, word, StringComparison.OrdinalIgnoreCase);

    private static FileProblem Bad(string key, string text) => new(0, key, Names.InText(text));

    private (SimChange? Change, FileProblem? Problem) Group(string text)
    {
        HasNamedGroups = true;
        return ids.Contains(text) ? (new SimGroupChange(text, groups.First(group => group.Id == text).Name), null)
        : byName[text].ToList() switch
        {
            [var one] => (new SimGroupChange(one.Id, one.Name), null),
            [] => (null, Bad("UnknownGroup", text)),
            _ => (null, Bad("GroupTwice", text)),
        };
    }

    private DateTimeOffset? Time(string text)
    {
        if (DateTimeOffset.TryParseExact(text, InstantForms, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var instant) && SaysOffset().IsMatch(text))
        {
            return instant.ToUniversalTime();
        }

        return DateTime.TryParseExact(text, TimeForms, CultureInfo.InvariantCulture, DateTimeStyles.None, out var local) ? Times.Instant(local, zone) : null;
    }

    [GeneratedRegex(@"^\d+(\.\d+)?[eE]\+?\d+$", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex NumberForm();

    [GeneratedRegex(@"(Z|[+-]\d\d:\d\d)$", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex SaysOffset();
}
