using System.Globalization;
using Microsoft.Extensions.Localization;
using Soracom.Portal.Data.RemoteAccess;
using Soracom.Portal.Features.RemoteAccess.Policies;
using Soracom.Portal.Features.RemoteAccess.Sources;
using Soracom.Portal.Resources;
using Soracom.Portal.Shared.Text;

namespace Soracom.Portal.Features.RemoteAccess.Pages;

/// <summary>Doors in words.</summary>
internal static class DoorWords
{
    /// <summary>How a door stands: the badge's kind and icon.</summary>
    public static (string Kind, string Icon) Badge(RemoteDoor door, DateTimeOffset now) => door.State switch
    {
        RemoteDoorState.Asked => ("info", "hourglass"),
        RemoteDoorState.Open when IsLate(door, now) => ("warn", "hourglass"),
        RemoteDoorState.Open => ("good", "plug"),
        RemoteDoorState.Closing => ("warn", "hourglass"),
        RemoteDoorState.Unknown => ("warn", "circle-alert"),
        RemoteDoorState.Failed => ("bad", "circle-x"),
        _ => ("", "unplug"),
    };

    /// <summary>How a door stands.</summary>
    public static string State(IStringLocalizer<Strings> words, RemoteDoor door, DateTimeOffset now) => IsLate(door, now) ? words["Door.Late"] : words[$"DoorState.{door.State}"];

    /// <summary>Why a door ended, or is to end; null where nothing ends it.</summary>
    public static string? End(IStringLocalizer<Strings> words, RemoteDoor door) => door switch
    {
        { Overstayed: true } => words["Door.Overstayed"].Value,
        { End: RemoteDoorEnd.Time, EndedAt: not null, VerifiedAt: var seen } when seen is null || seen < door.ExpiresAt => words["Door.TimeUnchecked"].Value,
        { End: { } end and (RemoteDoorEnd.Person or RemoteDoorEnd.AllAtOnce), EndedByName: { } who } => words[$"DoorEnd.{end}.By", Names.InText(who)].Value,
        { End: { } end } => words[$"DoorEnd.{end}"].Value,
        _ => null,
    };

    /// <summary>Whether a door that nobody has found yet is closed as soon as somebody does: it was asked to be closed already.</summary>
    public static bool IsToClose(RemoteDoor door) => door is { State: RemoteDoorState.Asked or RemoteDoorState.Unknown, End: not null, EndedAt: null };

    /// <summary>What there is to say of how a door stands; null where there is nothing.</summary>
    public static string? Standing(IStringLocalizer<Strings> words, RemoteDoor door) => IsToClose(door) ? words["Door.ToClose"].Value : Trouble(words, door) ?? End(words, door);

    /// <summary>What stands in the way of a door; null where nothing does.</summary>
    public static string? Trouble(IStringLocalizer<Strings> words, RemoteDoor door) => door.Trouble is { } trouble ? words[$"DoorTrouble.{trouble}"].Value : null;

    /// <summary>What stands against a request.</summary>
    public static string Reason(IStringLocalizer<Strings> words, PolicyReason reason) => words[$"PolicyRule.{reason.Rule}", [.. reason.Arguments]];

    /// <summary>Why something can't be used as a range of sources.</summary>
    public static string Problem(IStringLocalizer<Strings> words, RangeProblem problem) => words[$"RangeFault.{problem.Fault}", problem.Text, SourceRanges.Most];

    /// <summary>A length of time in minutes or hours.</summary>
    public static string Minutes(IStringLocalizer<Strings> words, int minutes) => Times.Span(words, TimeSpan.FromMinutes(minutes));

    /// <summary>A port, with what listens there by custom.</summary>
    public static string Port(int port) => Doors.DevicePort.Usual.FirstOrDefault(usual => usual.Port == port) is { } known
        ? string.Create(CultureInfo.InvariantCulture, $"{known.Name} {port}")
        : port.ToString(CultureInfo.InvariantCulture);

    /// <summary>Ranges, with commas.</summary>
    public static string Ranges(string ranges) => ranges.Replace(" ", ", ", StringComparison.Ordinal);

    private static bool IsLate(RemoteDoor door, DateTimeOffset now) => door.State == RemoteDoorState.Open && door.ExpiresAt <= now;
}
