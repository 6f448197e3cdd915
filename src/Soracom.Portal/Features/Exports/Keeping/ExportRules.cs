using System.Globalization;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;
using Soracom.Portal.Data;
using Soracom.Portal.Data.Audit;
using Soracom.Portal.Data.Exports;
using Soracom.Portal.Features.Exports.Running;
using Soracom.Portal.Security;
using Soracom.Portal.Shared.Errors;
using Soracom.Portal.Shared.Text;

namespace Soracom.Portal.Features.Exports.Keeping;

/// <summary>A tenant's rules for exports: whether a request must say why, how long files are kept, and how much room they may take.</summary>
/// <param name="database">The portal's database.</param>
/// <param name="audit">The audit trail.</param>
/// <param name="options">How long files are kept where a tenant does not say, and the most room that any tenant has.</param>
internal sealed class ExportRules(PortalDatabase database, AuditTrail audit, IOptions<ExportOptions> options)
{
    /// <summary>How long files are kept where a tenant does not say.</summary>
    internal TimeSpan Usual => options.Value.KeepFor;

    /// <summary>The most room that any tenant has, in bytes.</summary>
    internal long Most => options.Value.MostBytesOfTenant;

    /// <summary>The rules as they stand.</summary>
    /// <param name="tenant">The tenant.</param>
    /// <param name="cancellationToken">Cancels.</param>
    public async Task<FootageRules> GetAsync(TenantContext tenant, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(tenant);
        await tenant.RequireAsync(Permission.CamerasExport, cancellationToken);
        await using var db = database.ForTenant(tenant.TenantId);
        return await db.FootageRules.AsNoTracking().SingleOrDefaultAsync(cancellationToken) ?? new FootageRules { TenantId = tenant.TenantId };
    }

    /// <summary>Changes the rules, for exports that are there too.</summary>
    /// <param name="tenant">The tenant.</param>
    /// <param name="reasonRequired">Whether a request must say why.</param>
    /// <param name="keepDays">For how many days files are kept; null for as long as the installation says.</param>
    /// <param name="mostBytes">How much room files may take; null for as much as the installation allows.</param>
    /// <param name="cancellationToken">Cancels.</param>
    /// <returns>The rules as they stand then; an <see cref="InputError"/> where the days or the room make no sense.</returns>
    public async Task<Result<FootageRules>> PutAsync(TenantContext tenant, bool reasonRequired, int? keepDays, long? mostBytes, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(tenant);
        await tenant.RequireAsync(Permission.CamerasRules, cancellationToken);
        if (keepDays is < 1 or > FootageRules.MostDays)
        {
            return new InputError("ExportKeepDays", FootageRules.MostDays);
        }

        if (mostBytes < ExportFileBook.LargePiece || mostBytes > Most)
        {
            return new InputError("ExportRoom", ByteSizes.Text(ExportFileBook.LargePiece), ByteSizes.Text(Most));
        }

        return await database.InTurnAsync(
            tenant.TenantId,
            async (db, token) =>
            {
                var rules = await db.FootageRules.SingleOrDefaultAsync(token);
                if (rules is null)
                {
                    db.FootageRules.Add(rules = new FootageRules { TenantId = tenant.TenantId });
                }

                if ((rules.ReasonRequired, rules.KeepDays, rules.MostBytes) != (reasonRequired, keepDays, mostBytes))
                {
                    var before = Words(rules);
                    (rules.ReasonRequired, rules.KeepDays, rules.MostBytes) = (reasonRequired, keepDays, mostBytes);
                    audit.Add(db, tenant, new AuditAct(AuditActions.FootageRulesChanged, AuditOutcome.Succeeded) { Before = before, After = Words(rules) });
                    await db.SaveChangesAsync(token);
                }

                return Result.Of(rules);
            },
            cancellationToken);
    }

    /// <summary>How long a tenant's files are kept after an export has ended.</summary>
    /// <param name="db">A context of the tenant.</param>
    /// <param name="cancellationToken">Cancels.</param>
    internal async Task<TimeSpan> KeptForAsync(PortalDbContext db, CancellationToken cancellationToken) =>
        await db.FootageRules.Select(rules => rules.KeepDays).SingleOrDefaultAsync(cancellationToken) is { } days ? TimeSpan.FromDays(days) : Usual;

    /// <summary>How much room a tenant's files may take, in bytes: by its own rule, though never more than the installation allows by now.</summary>
    /// <param name="db">A context of the tenant.</param>
    /// <param name="cancellationToken">Cancels.</param>
    internal async Task<long> MostBytesAsync(PortalDbContext db, CancellationToken cancellationToken) =>
        await db.FootageRules.Select(rules => rules.MostBytes).SingleOrDefaultAsync(cancellationToken) is { } own && own < Most ? own : Most;

    private string Words(FootageRules rules) =>
        string.Create(CultureInfo.InvariantCulture, $"reason {(rules.ReasonRequired ? "required" : "optional")}, {rules.KeepDays ?? Usual.TotalDays:0.##} d, {Math.Min(rules.MostBytes ?? Most, Most)} bytes");
}
