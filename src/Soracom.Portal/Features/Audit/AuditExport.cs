using System.Globalization;
using System.Text.Json;
using Microsoft.Extensions.Localization;
using Soracom.Portal.Data.Audit;
using Soracom.Portal.Resources;
using Soracom.Portal.Security;
using Soracom.Portal.Shared.Text;

namespace Soracom.Portal.Features.Audit;

/// <summary>Writes a tenant's audit trail as a file: for people, or for programs that keep and check it elsewhere.</summary>
/// <param name="log">The trail.</param>
/// <param name="audit">Where it is recorded that it was taken out.</param>
/// <param name="words">The texts.</param>
public sealed class AuditExport(AuditLog log, AuditTrail audit, IStringLocalizer<Strings> words)
{
    private const int EntriesAtOnce = 1000;

    /// <summary>Writes what a query finds, newest first, with times in UTC, and records in the trail how much it was.</summary>
    /// <param name="tenant">The tenant.</param>
    /// <param name="query">What to look for.</param>
    /// <param name="kind">The file's form.</param>
    /// <param name="output">What is written to; left open.</param>
    /// <param name="cancellationToken">Cancels.</param>
    /// <returns>How many entries were written.</returns>
    public async Task<int> WriteAsync(TenantContext tenant, AuditQuery query, AuditFileKind kind, Stream output, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(tenant);
        ArgumentNullException.ThrowIfNull(query);
        await tenant.RequireAsync(Permission.AuditRead, cancellationToken);
        var (written, outcome) = (0, AuditOutcome.Failed);
        try
        {
            await using var file = kind == AuditFileKind.Csv ? CsvText.WriterTo(output) : new StreamWriter(output, leaveOpen: true);
            if (kind == AuditFileKind.Csv)
            {
                await file.WriteAsync(CsvText.Row(Headers));
            }

            var rest = query with { Before = null };
            while (await log.ReadAsync(tenant, rest, EntriesAtOnce, cancellationToken) is { Count: > 0 } entries)
            {
                foreach (var entry in entries)
                {
                    await file.WriteAsync(kind == AuditFileKind.Csv ? CsvText.Row(Cells(tenant, entry)) : $"{Json(entry)}\n");
                    written++;
                }

                rest = rest with { Before = entries[^1].Id };
                // A long file ends with the right to it.
                await tenant.RequireAsync(Permission.AuditRead, cancellationToken);
            }

            await file.FlushAsync(cancellationToken);
            outcome = AuditOutcome.Succeeded;
            return written;
        }
        finally
        {
            // Also of what was broken off: those entries have left the portal.
            await audit.RecordAsync(
                tenant,
                new AuditAct(AuditActions.AuditExported, outcome) { ObjectName = written.ToString(CultureInfo.InvariantCulture), Detail = (query with { Before = null }).ToQueryString() },
                CancellationToken.None);
        }
    }

    private IEnumerable<string> Headers =>
    [
        words["Audit.When"], words["Audit.Who"], words["Audit.What"], words["Audit.Object"], words["Audit.ObjectId"], words["Audit.Outcome"], words["Audit.Detail"], words["Audit.Address"],
        words["Audit.Session"], words["Audit.Request"], words["Audit.Number"], words["Audit.OnBehalfOf"], words["Audit.Before"], words["Audit.After"], words["Audit.Reason"], words["Audit.VendorRequest"],
        words["Portfolio.Tenant"], words["Audit.Hash"],
    ];

    private IEnumerable<string> Cells(TenantContext tenant, AuditEntry entry) =>
    [
        Time(entry),
        AuditWords.Actor(words, entry),
        words[$"Action.{entry.Action}"],
        AuditWords.Object(words, entry) ?? "",
        AuditWords.ObjectId(entry) ?? "",
        words[$"Outcome.{entry.Outcome}"],
        AuditWords.Detail(words, entry) ?? "",
        entry.Address ?? "",
        entry.SessionId?.ToString() ?? "",
        entry.RequestId ?? "",
        entry.Number?.ToString(CultureInfo.InvariantCulture) ?? "",
        entry.OnBehalfOf ?? "",
        AuditWords.Before(words, entry) ?? "",
        AuditWords.After(words, entry) ?? "",
        AuditWords.Reason(words, entry) ?? "",
        entry.VendorRequestId ?? "",
        // Sign-ins are of the installation's trail: number and hash are of its chain.
        entry.TenantId is null ? "" : tenant.Tenant.Name,
        Hash(entry) ?? "",
    ];

    // As it was recorded, with the names that docs and programs use: nothing of it depends on who asks.
    private static string Json(AuditEntry entry) => JsonSerializer.Serialize(new
    {
        number = entry.Number,
        at = Time(entry),
        tenant = entry.TenantId,
        actorId = entry.ActorId,
        actor = entry.ActorName,
        onBehalfOf = entry.OnBehalfOf,
        session = entry.SessionId,
        address = entry.Address,
        action = entry.Action,
        objectId = entry.ObjectId,
        @object = entry.ObjectName,
        outcome = entry.Outcome.ToString(),
        request = entry.RequestId,
        vendorRequest = entry.VendorRequestId,
        detail = entry.Detail,
        before = entry.Before,
        after = entry.After,
        reason = entry.Reason,
        hash = Hash(entry),
    });

    private static string? Hash(AuditEntry entry) => entry.Hash is { } hash ? Convert.ToHexStringLower(hash) : null;

    private static string Time(AuditEntry entry) => entry.At.UtcDateTime.ToString("yyyy-MM-ddTHH:mm:ss.fffZ", CultureInfo.InvariantCulture);
}

/// <summary>The form of a file with audit entries.</summary>
public enum AuditFileKind
{
    /// <summary>A table for people, in their language.</summary>
    Csv,

    /// <summary>One JSON object a line, for programs.</summary>
    JsonLines,
}
