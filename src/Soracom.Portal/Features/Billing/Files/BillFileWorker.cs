using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;
using Soracom.Portal.Data;
using Soracom.Portal.Data.Tenants;
using Soracom.Portal.Shared.Jobs;

namespace Soracom.Portal.Features.Billing.Files;

/// <summary>Works on the detailed files that were asked for; which instance works on which is settled by <see cref="BillFileStore"/>.</summary>
/// <param name="runner">Works on one file. Made when it first does, as it stands on options that are told wrong at the start.</param>
/// <param name="folder">The files; made late for the same reason.</param>
/// <param name="database">The portal's database.</param>
/// <param name="options">Whether this instance works on any.</param>
/// <param name="clock">The clock.</param>
/// <param name="log">The log.</param>
internal sealed partial class BillFileWorker(
    Lazy<BillFileRunner> runner, Lazy<BillFolder> folder, PortalDatabase database, IOptions<BillingOptions> options, TimeProvider clock, ILogger<BillFileWorker> log)
    : JobWorker(clock, log)
{
    private readonly TimeProvider clock = clock;
    private readonly ILogger log = log;

    /// <inheritdoc />
    protected override int AtOnce => options.Value.Run ? 2 : 0;

    /// <inheritdoc />
    protected override Task RunAsync(Guid tenantId, Guid jobId, CancellationToken cancellationToken) => runner.Value.RunAsync(tenantId, jobId, cancellationToken);

    /// <inheritdoc />
    protected override async Task<IReadOnlyList<(Guid TenantId, Guid JobId)>> DueAsync(CancellationToken cancellationToken)
    {
        var now = clock.GetUtcNow();
        await using var db = database.ForInstallation();
        var due = await db.BillFiles.AsNoTracking().IgnoreQueryFilters([PortalDbContext.TenantFilter]).OfServed(db)
            .Where(file => BillFileStore.Open.Contains(file.State) && (file.NotBefore == null || file.NotBefore <= now) && (file.HeldUntil == null || file.HeldUntil <= now))
            .OrderBy(file => file.AskedAt)
            .Select(file => new { file.TenantId, file.Id })
            .ToListAsync(cancellationToken);
        return [.. due.Select(file => (file.TenantId, file.Id))];
    }

    /// <summary>Deletes files whose place newer ones have taken, or are to take. Nobody can read them by then, as their keys are gone. What one told that was lost stands until the newer one tells it.</summary>
    protected override async Task TidyAsync(CancellationToken cancellationToken)
    {
        await using var all = database.ForInstallation();
        foreach (var gone in await all.BillFiles.AsNoTracking().IgnoreQueryFilters([PortalDbContext.TenantFilter]).Where(file => file.RemovedAt != null && !file.HasLines).Select(file => new { file.TenantId, file.Id }).ToListAsync(cancellationToken))
        {
            try
            {
                if (!folder.Value.IsThere)
                {
                    return;
                }

                folder.Value.Delete(gone.TenantId, gone.Id);
            }
            catch (Exception error) when (error is IOException or UnauthorizedAccessException)
            {
                // Somebody has it open, or the share does not let go of it.
                LogLeft(error, gone.Id, gone.TenantId);
                continue;
            }

            await using var db = database.ForTenant(gone.TenantId);
            await db.BillFiles.Where(file => file.Id == gone.Id).ExecuteDeleteAsync(cancellationToken);
        }
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "The detailed bill {FileId} of tenant {TenantId} could not be deleted; trying again. Its key is gone.")]
    private partial void LogLeft(Exception error, Guid fileId, Guid tenantId);
}
