using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;
using Soracom.Portal.Data;
using Soracom.Portal.Data.Exports;
using Soracom.Portal.Features.Exports.Keeping;
using Soracom.Portal.Shared.Jobs;

namespace Soracom.Portal.Features.Exports.Running;

/// <summary>Works on the exports; which instance works on which is settled by <see cref="ExportStore"/>.</summary>
/// <param name="runner">Works on one export. Made when it first does, as it stands on options that are told wrong at the start.</param>
/// <param name="retention">Removes files that are kept no longer; made late for the same reason.</param>
/// <param name="lengths">Looks into videos of which nobody has; made late as well.</param>
/// <param name="database">The portal's database.</param>
/// <param name="options">How many at a time.</param>
/// <param name="clock">The clock.</param>
/// <param name="log">The log.</param>
internal sealed class ExportWorker(
    Lazy<ExportRunner> runner,
    Lazy<ExportRetention> retention,
    Lazy<ExportLengths> lengths,
    PortalDatabase database,
    IOptions<ExportOptions> options,
    TimeProvider clock,
    ILogger<ExportWorker> log)
    : JobWorker(clock, log)
{
    private readonly TimeProvider clock = clock;

    /// <inheritdoc />
    protected override int AtOnce => options.Value.Run ? options.Value.AtOnce : 0;

    /// <inheritdoc />
    protected override Task RunAsync(Guid tenantId, Guid jobId, CancellationToken cancellationToken) => runner.Value.RunAsync(tenantId, jobId, () => IsAnyWaiting, cancellationToken);

    /// <inheritdoc />
    protected override async Task TidyAsync(CancellationToken cancellationToken)
    {
        await retention.Value.RunAsync(cancellationToken);
        await lengths.Value.RunAsync(cancellationToken);
    }

    /// <summary>Exports that are under way, or have a piece out: those first, as the address of a file that is ready dies.</summary>
    protected override async Task<IReadOnlyList<(Guid TenantId, Guid JobId)>> DueAsync(CancellationToken cancellationToken)
    {
        var now = clock.GetUtcNow();
        await using var db = database.ForInstallation();
        var pieces = db.FootagePieces.IgnoreQueryFilters([PortalDbContext.TenantFilter]);
        var open = await db.FootageExports.AsNoTracking().IgnoreQueryFilters([PortalDbContext.TenantFilter])
            .Where(export => (export.HeldUntil == null || export.HeldUntil <= now) && (export.NotBefore == null || export.NotBefore <= now) && export.State != FootageExportState.Done)
            .Select(export => new
            {
                export.TenantId,
                export.Id,
                export.CreatedAt,
                export.State,
                IsOut = pieces.Any(piece => piece.TenantId == export.TenantId && piece.ExportId == export.Id && FootagePieceStates.Out.Contains(piece.State)),
            })
            .Where(export => export.State == FootageExportState.Running || export.IsOut)
            .OrderByDescending(export => export.IsOut)
            .ThenBy(export => export.CreatedAt)
            .ToListAsync(cancellationToken);
        return [.. open.Select(export => (export.TenantId, export.Id))];
    }
}
