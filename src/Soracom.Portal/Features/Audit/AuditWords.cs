using System.Text.RegularExpressions;
using Microsoft.Extensions.Localization;
using Soracom.Api;
using Soracom.Portal.Data.Audit;
using Soracom.Portal.Data.Members;
using Soracom.Portal.Resources;
using Soracom.Portal.Security;
using Soracom.Portal.Shared.Text;
using Soracom.Portal.Shared.Vendor;

namespace Soracom.Portal.Features.Audit;

/// <summary>What entries say in the portal's own names, in words. All else is shown as it was recorded.</summary>
internal static partial class AuditWords
{
    /// <summary>Between what was before and after a change.</summary>
    private const string Arrow = " -> ";

    private const string UnknownGroups = "groups unknown: ";

    private const string Elsewhere = ", opened elsewhere";

    /// <summary>Who did it.</summary>
    public static string Actor(IStringLocalizer<Strings> words, AuditEntry entry) => entry switch
    {
        { ActorId: null, ActorName: AuditEntry.CommandLine } => words["Audit.CommandLine"],
        { ActorId: null, ActorName: AuditEntry.Itself } or { ActorName: AuditEntry.Itself, SessionId: null, OnBehalfOf: not null } => words["Audit.Itself"],
        _ => entry.ActorName,
    };

    /// <summary>The object's name for people; null when there is none.</summary>
    public static string? Object(IStringLocalizer<Strings> words, AuditEntry entry) => entry switch
    {
        { Action: AuditActions.PermissionUsed, ObjectId: { } name } when Enum.TryParse<Permission>(name, out var permission) => words[$"Permission.{permission}"],
        { ObjectName: { } name } when SoracomCoverages.TryParseWireName(name, out var coverage) => Coverages.Name(words, coverage),
        _ => entry.ObjectName,
    };

    /// <summary>The object's id, where it tells more than the name; null when there is none.</summary>
    public static string? ObjectId(AuditEntry entry) => entry.Action == AuditActions.PermissionUsed ? null : entry.ObjectId;

    /// <summary>The detail; null when there is none.</summary>
    public static string? Detail(IStringLocalizer<Strings> words, AuditEntry entry) => entry switch
    {
        { Detail: { } detail, Outcome: AuditOutcome.Failed } when Enum.TryParse<VendorErrorKind>(detail, out var kind) => words[$"Vendor.{kind}.Title"],
        { Detail: { } detail, Action: AuditActions.JobStarted or AuditActions.JobPaused or AuditActions.JobResumed or AuditActions.JobCancelled or AuditActions.JobRetried or AuditActions.JobExported or AuditActions.JobRemoved } =>
            string.Join(", ", detail.Split(' ').Select(action => words[$"JobAction.{action}"].Value)),
        { Detail: { } detail, Action: AuditActions.DelegationAccepted } => Partner(words, detail),
        { Detail: { } detail, Action: AuditActions.InvitationMade or AuditActions.InvitationRenewed or AuditActions.InvitationAccepted } => Invited(words, detail),
        { Detail: { } detail, Action: AuditActions.RoleMade or AuditActions.RoleChanged } => string.Join(", ", detail.Split(' ').Select(change => Signed(words, change))),
        { Detail: { } detail, Action: AuditActions.AuditTrimmed } when Trimming().Match(detail) is { Success: true } parts => words["Audit.Trimmed", parts.Groups["count"].Value, parts.Groups["before"].Value],
        { Detail: { } detail, Action: AuditActions.MemberLimited } => Groups(words, detail),
        { Detail: { } detail, Action: AuditActions.DoorOpened or AuditActions.DoorClosed or AuditActions.DoorsClosed or AuditActions.DoorEnded or AuditActions.DoorFileTaken } =>
            string.Join("; ", detail.Split("; ").Select(part => Door(words, part))),
        { Detail: { } detail, Action: AuditActions.MemberAdded or AuditActions.MemberRoleChanged or AuditActions.MemberRemoved } => string.Join(" → ", detail.Split(Arrow).Select(role => Role(words, role))),
        _ => entry.Detail?.Replace(Arrow, " → ", StringComparison.Ordinal),
    };

    /// <summary>What was before; null when nothing was changed, or that was nothing.</summary>
    public static string? Before(IStringLocalizer<Strings> words, AuditEntry entry) => Value(words, entry, entry.Before);

    /// <summary>What was after, or was to be; null when nothing was changed, or that is nothing.</summary>
    public static string? After(IStringLocalizer<Strings> words, AuditEntry entry) => Value(words, entry, entry.After);

    /// <summary>What changed into what; null where neither is known.</summary>
    public static string? Change(IStringLocalizer<Strings> words, AuditEntry entry) =>
        entry.Change() is null ? null : $"{Before(words, entry) ?? "–"} → {After(words, entry) ?? "–"}";

    /// <summary>Why; null where nobody said so.</summary>
    public static string? Reason(IStringLocalizer<Strings> words, AuditEntry entry) =>
        entry is { Reason: { } kept, Action: AuditActions.AuditTrimmed } ? words["Audit.Kept", Kept(words, kept)] : entry.Reason;

    private static string? Value(IStringLocalizer<Strings> words, AuditEntry entry, string? value) => (value, entry.Action) switch
    {
        (null, _) => null,
        (_, AuditActions.MemberAdded or AuditActions.MemberRoleChanged or AuditActions.MemberRemoved or AuditActions.GroupGrantMade or AuditActions.GroupGrantChanged or AuditActions.GroupGrantRemoved) => Given(words, value),
        ("no end", AuditActions.MemberLimited) => words["Audit.NoEnd"],
        (_, AuditActions.AuditKeepChanged) => Kept(words, value),
        (_, AuditActions.DelegationChanged) => Partner(words, value),
        (_, AuditActions.RoleMade or AuditActions.RoleChanged or AuditActions.RoleRemoved) => OwnRole(words, value),
        _ => value,
    };

    private static string Role(IStringLocalizer<Strings> words, string name) => Enum.GetNames<TenantRole>().Contains(name, StringComparer.Ordinal) ? Roles.Name(words, Enum.Parse<TenantRole>(name)) : name;

    /// <summary>A role, and the identity provider's group that gives it. One of the tenant's own is in quotes, whatever it is called.</summary>
    private static string Given(IStringLocalizer<Strings> words, string given) =>
        Place().Match(given) is { Success: true } placed ? words["Audit.Place", Role(words, placed.Groups["role"].Value), placed.Groups["place"].Value]
        : ByGroup().Match(given) is not { Success: true } parts ? Role(words, given)
        : parts.Groups["group"].Success ? words["Audit.RoleByGroup", Role(words, parts.Groups["role"].Value), parts.Groups["group"].Value]
        : words["Audit.RoleBySomeGroup", Role(words, parts.Groups["role"].Value)];

    private static string Groups(IStringLocalizer<Strings> words, string detail) =>
        detail == "groups not asked for" ? words["Audit.GroupsNotAsked"]
        : detail.StartsWith(UnknownGroups, StringComparison.Ordinal) ? words["Audit.GroupsUnknown", detail[UnknownGroups.Length..]]
        : detail;

    /// <summary>One part of what is said of a door: which, where, and what was found.</summary>
    private static string Door(IStringLocalizer<Strings> words, string part) => part switch
    {
        "those opened here" => words["Audit.Doors.Here"],
        "those opened elsewhere too" => words["Audit.Doors.Elsewhere"],
        "was gone" => words["Audit.Door.Gone"],
        _ when part.EndsWith(Elsewhere, StringComparison.Ordinal) => words["Audit.Door.Elsewhere", part[..^Elsewhere.Length]],
        _ when DoorWhat().Match(part) is { Success: true } door => words["Audit.Door.What", door.Groups["port"].Value, door.Groups["tls"].Value, door.Groups["minutes"].Value, door.Groups["from"].Value],
        _ when DoorCounts().Match(part) is { Success: true } counts => words["Audit.Doors.Counts", counts.Groups["closed"].Value, counts.Groups["left"].Value] + counts.Groups["which"].Value,
        _ => part,
    };

    private static string Kept(IStringLocalizer<Strings> words, string kept) =>
        kept == AuditKept.Told(null) ? words["Audit.ForEver"] : kept.EndsWith(" d", StringComparison.Ordinal) ? words["Audit.Days", kept[..^2]] : kept;

    private static string Partner(IStringLocalizer<Strings> words, string ceiling) => ceiling == "everything" ? words["Audit.Everything"] : Role(words, ceiling);

    /// <summary>A role, and until when it is given. One of the tenant's own is in quotes, whatever it is called.</summary>
    private static string Invited(IStringLocalizer<Strings> words, string terms) =>
        Limited().Match(terms) is { Success: true } parts ? words["Audit.RoleUntil", Role(words, parts.Groups["role"].Value), parts.Groups["until"].Value] : Role(words, terms);

    /// <summary>A role of the tenant's own: its name in quotes, which has none in it, and what it permits.</summary>
    private static string OwnRole(IStringLocalizer<Strings> words, string role) =>
        role.LastIndexOf("\": ", StringComparison.Ordinal) is >= 0 and var end ? $"{role[..(end + 3)]}{string.Join(", ", role[(end + 3)..].Split(' ').Select(name => Permitted(words, name)))}" : role;

    private static string Signed(IStringLocalizer<Strings> words, string change) => change.Length > 0 && change[0] is '+' or '-' ? $"{change[0]} {Permitted(words, change[1..])}" : change;

    // Cut off, or one that there is no more, it stays as it is.
    private static string Permitted(IStringLocalizer<Strings> words, string name) => Enum.GetNames<Permission>().Contains(name, StringComparer.Ordinal) ? words[$"Permission.{name}"] : name;

    [GeneratedRegex(@"^(?<role>.+) until (?<until>\d{4}-\d\d-\d\dT\d\d:\d\dZ)$", RegexOptions.ExplicitCapture | RegexOptions.CultureInvariant, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Limited();

    [GeneratedRegex("^(?<role>\\w+|\"[^\"]+\"), by (a group|the group (?<group>\".*\"))$", RegexOptions.ExplicitCapture | RegexOptions.CultureInvariant, matchTimeoutMilliseconds: 1000)]
    private static partial Regex ByGroup();

    [GeneratedRegex(@"^(?<role>\w+|""[^""]+""), place (?<place>\d+)$", RegexOptions.ExplicitCapture | RegexOptions.CultureInvariant, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Place();

    [GeneratedRegex(@"^port (?<port>\d+)(?<tls>, TLS)?, (?<minutes>[\d.]+) min, from (?<from>.*)$", RegexOptions.ExplicitCapture | RegexOptions.CultureInvariant, matchTimeoutMilliseconds: 1000)]
    private static partial Regex DoorWhat();

    [GeneratedRegex(@"^(?<closed>\d+) closed, (?<left>\d+) left(?<which>: .*)?$", RegexOptions.ExplicitCapture | RegexOptions.CultureInvariant, matchTimeoutMilliseconds: 1000)]
    private static partial Regex DoorCounts();

    [GeneratedRegex(@"^(?<count>\d+), < (?<before>\S+)$", RegexOptions.ExplicitCapture | RegexOptions.CultureInvariant, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Trimming();
}
