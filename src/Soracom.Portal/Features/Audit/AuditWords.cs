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
internal static class AuditWords
{
    /// <summary>Between what was before and after a change.</summary>
    private const string Arrow = " -> ";

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

    private static string? Value(IStringLocalizer<Strings> words, AuditEntry entry, string? value) =>
        value is not null && entry.Action == AuditActions.MemberRoleChanged ? Role(words, value) : value;

    private static string Role(IStringLocalizer<Strings> words, string name) => Enum.GetNames<TenantRole>().Contains(name, StringComparer.Ordinal) ? Roles.Name(words, Enum.Parse<TenantRole>(name)) : name;
}
