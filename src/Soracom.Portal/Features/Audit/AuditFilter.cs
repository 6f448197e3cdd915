using Microsoft.EntityFrameworkCore;
using Soracom.Portal.Data.Audit;
using Soracom.Portal.Security;
using Soracom.Portal.Shared.Text;

namespace Soracom.Portal.Features.Audit;

/// <summary>Puts a query to the database.</summary>
internal static class AuditFilter
{
    private const string Escape = "\\";

    /// <summary>The entries that a query asks for.</summary>
    public static IQueryable<AuditEntry> Of(this IQueryable<AuditEntry> entries, AuditQuery query, TenantIdentity tenant)
    {
        if (query.Before is { } before)
        {
            entries = entries.Where(entry => entry.Id < before);
        }

        if (query.ObjectId is { } id)
        {
            entries = entries.Where(entry => entry.ObjectId == id);
        }

        if (query.People.Count > 0)
        {
            var people = query.People.Select(Guid.Parse).ToList();
            entries = entries.Where(entry => entry.ActorId != null && people.Contains(entry.ActorId.Value));
        }

        if (query.Actions.Count > 0)
        {
            var actions = query.Actions.ToList();
            entries = entries.Where(entry => actions.Contains(entry.Action));
        }

        if (query.Outcomes.Count > 0)
        {
            var outcomes = query.Outcomes.Select(Enum.Parse<AuditOutcome>).ToList();
            entries = entries.Where(entry => outcomes.Contains(entry.Outcome));
        }

        if (query.Behalf.Count == 1)
        {
            var isOfOthers = query.Behalf.Contains(AuditQuery.OfOthers);
            entries = entries.Where(entry => (entry.OnBehalfOf != null) == isOfOthers);
        }

        return entries.Within(query, tenant).Telling(query.Text);
    }

    private static IQueryable<AuditEntry> Within(this IQueryable<AuditEntry> entries, AuditQuery query, TenantIdentity tenant)
    {
        if (query.From is { } first)
        {
            var from = Times.StartOf(first, tenant.OwnTimeZone);
            entries = entries.Where(entry => entry.At >= from);
        }

        if (query.Until is { } last)
        {
            var until = Times.StartOf(last.AddDays(1), tenant.OwnTimeZone);
            entries = entries.Where(entry => entry.At < until);
        }

        return entries;
    }

    private static IQueryable<AuditEntry> Telling(this IQueryable<AuditEntry> entries, string text)
    {
        if (text.Length == 0)
        {
            return entries;
        }

        // Not Contains, which SQLite takes by letter case.
        var pattern = $"%{Literal(text)}%";
        return entries.Where(entry => EF.Functions.Like(entry.ObjectName, pattern, Escape)
            || EF.Functions.Like(entry.ObjectId, pattern, Escape)
            || EF.Functions.Like(entry.Detail, pattern, Escape)
            || EF.Functions.Like(entry.Before, pattern, Escape)
            || EF.Functions.Like(entry.After, pattern, Escape)
            || EF.Functions.Like(entry.Reason, pattern, Escape)
            || EF.Functions.Like(entry.OnBehalfOf, pattern, Escape)
            || EF.Functions.Like(entry.VendorRequestId, pattern, Escape));
    }

    private static string Literal(string text) => string.Concat(text.Select(letter => letter is '%' or '_' or '[' or '\\' ? Escape + letter : letter.ToString()));
}
