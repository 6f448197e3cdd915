using System.Collections.Concurrent;
using System.Threading.Channels;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;
using Soracom.Portal.Data;
using Soracom.Portal.Data.Exports;
using Soracom.Portal.Features.Exports.Keeping;

namespace Soracom.Portal.Features.Exports.Running;

/// <summary>
/// Works on the exports that are under way, those that were left by a program that ended among them; which instance works on which is
/// settled by <see cref="ExportStore"/>.
/// </summary>
/// <param name="runner">Works on one export. Made when it first does, as it stands on options that are told wrong at the start.</param>
/// <param name="retention">Removes files that are kept no longer; made late for the same reason.</param>
/// <param name="database">The portal's database.</param>
/// <param name="options">How many at a time.</param>
/// <param name="clock">The clock.</param>
/// <param name="log">The log.</param>
internal sealed partial class ExportWorker(
    Lazy<ExportRunner> runner, Lazy<ExportRetention> retention, PortalDatabase database, IOptions<ExportOptions> options, TimeProvider clock, ILogger<ExportWorker> log)
    : BackgroundService
{
    /// <summary>How often is looked for what is due.</summary>
    private static readonly TimeSpan Interval = TimeSpan.FromSeconds(5);

    /// <summary>How often is looked for files that are kept no longer.</summary>
    private static readonly TimeSpan RetentionInterval = TimeSpan.FromMinutes(10);

    private readonly Channel<(Guid TenantId, Guid ExportId)> asked = Channel.CreateUnbounded<(Guid, Guid)>();
    private readonly ConcurrentDictionary<Guid, byte> waiting = new();

    /// <summary>Has an export worked on soon, unless it is.</summary>
    /// <param name="tenantId">The tenant.</param>
    /// <param name="exportId">The export.</param>
    public void Ask(Guid tenantId, Guid exportId)
    {
        if (waiting.TryAdd(exportId, 0))
        {
            asked.Writer.TryWrite((tenantId, exportId));
        }
    }

    /// <inheritdoc />
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        if (!options.Value.Run)
        {
            return;
        }

        try
        {
            await Task.WhenAll([LookAsync(stoppingToken), TidyAsync(stoppingToken), .. Enumerable.Range(0, options.Value.AtOnce).Select(_ => WorkAsync(stoppingToken))]);
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
            // The end, also of a start that was refused: for the host that would otherwise be a failure.
        }
    }

    private async Task WorkAsync(CancellationToken cancellationToken)
    {
        await foreach (var (tenantId, exportId) in asked.Reader.ReadAllAsync(cancellationToken))
        {
            try
            {
                await runner.Value.RunAsync(tenantId, exportId, cancellationToken);
            }
            catch (Exception error) when (!cancellationToken.IsCancellationRequested)
            {
                // The export stays as it is, and is looked at again when its turn has run out.
                LogFailed(error, exportId, tenantId);
            }
            finally
            {
                waiting.TryRemove(exportId, out _);
            }
        }
    }

    private async Task LookAsync(CancellationToken cancellationToken)
    {
        using var timer = new PeriodicTimer(Interval, clock);
        do
        {
            try
            {
                foreach (var (tenantId, exportId) in await OpenAsync(cancellationToken))
                {
                    Ask(tenantId, exportId);
                }
            }
            catch (Exception error) when (!cancellationToken.IsCancellationRequested)
            {
                LogLookFailed(error);
            }
        }
        while (await timer.WaitForNextTickAsync(cancellationToken));
    }

    private async Task TidyAsync(CancellationToken cancellationToken)
    {
        using var timer = new PeriodicTimer(RetentionInterval, clock);
        do
        {
            try
            {
                await retention.Value.RunAsync(cancellationToken);
            }
            catch (Exception error) when (!cancellationToken.IsCancellationRequested)
            {
                LogTidyFailed(error);
            }
        }
        while (await timer.WaitForNextTickAsync(cancellationToken));
    }

    /// <summary>Exports that are under way, or have a piece out; whether one is due is settled when it is taken.</summary>
    private async Task<List<(Guid TenantId, Guid ExportId)>> OpenAsync(CancellationToken cancellationToken)
    {
        var now = clock.GetUtcNow();
        await using var db = database.ForInstallation();
        var exports = db.FootageExports.AsNoTracking().IgnoreQueryFilters([PortalDbContext.TenantFilter]);
        var pieces = db.FootagePieces.IgnoreQueryFilters([PortalDbContext.TenantFilter]);
        var open = await exports
            .Where(export => (export.HeldUntil == null || export.HeldUntil <= now) && (export.NotBefore == null || export.NotBefore <= now)
                && (export.State == FootageExportState.Running
                    || (export.State != FootageExportState.Done
                        && pieces.Any(piece => piece.TenantId == export.TenantId && piece.ExportId == export.Id && (piece.State == FootagePieceState.Asked || piece.State == FootagePieceState.Exporting)))))
            .OrderBy(export => export.CreatedAt)
            .Select(export => new { export.TenantId, export.Id })
            .ToListAsync(cancellationToken);
        return [.. open.Select(export => (export.TenantId, export.Id))];
    }

    [LoggerMessage(Level = LogLevel.Error, Message = "Export {ExportId} of tenant {TenantId} could not be worked on; it is gone on with later.")]
    private partial void LogFailed(Exception error, Guid exportId, Guid tenantId);

    [LoggerMessage(Level = LogLevel.Error, Message = "Exports could not be looked for; trying again.")]
    private partial void LogLookFailed(Exception error);

    [LoggerMessage(Level = LogLevel.Error, Message = "Old exports could not be removed; trying again.")]
    private partial void LogTidyFailed(Exception error);
}
