using System.Data.Common;
using Microsoft.EntityFrameworkCore.Diagnostics;

namespace Soracom.Portal.Tests.Support;

/// <summary>Does something just before the first save: what another host does between reading and saving.</summary>
internal sealed class SaveHook(Func<Task> beforeFirstSave) : SaveChangesInterceptor
{
    private int saves;

    public override async ValueTask<InterceptionResult<int>> SavingChangesAsync(
        DbContextEventData eventData, InterceptionResult<int> result, CancellationToken cancellationToken = default)
    {
        if (Interlocked.Increment(ref saves) == 1)
        {
            await beforeFirstSave();
        }

        return result;
    }
}

/// <summary>Does something just before the first transaction: what another host does between reading and saving what the audit trail tells of.</summary>
internal sealed class TransactionHook(Func<Task> beforeFirst) : DbTransactionInterceptor
{
    private int begun;

    public override async ValueTask<InterceptionResult<DbTransaction>> TransactionStartingAsync(
        DbConnection connection, TransactionStartingEventData eventData, InterceptionResult<DbTransaction> result, CancellationToken cancellationToken = default)
    {
        if (Interlocked.Increment(ref begun) == 1)
        {
            await beforeFirst();
        }

        return result;
    }
}

/// <summary>Tells when a host is about to begin a transaction: it writes next, or waits until it may.</summary>
internal sealed class TransactionSignal : DbTransactionInterceptor
{
    private readonly TaskCompletionSource begun = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public Task Begun => begun.Task;

    public override ValueTask<InterceptionResult<DbTransaction>> TransactionStartingAsync(
        DbConnection connection, TransactionStartingEventData eventData, InterceptionResult<DbTransaction> result, CancellationToken cancellationToken = default)
    {
        begun.TrySetResult();
        return ValueTask.FromResult(result);
    }
}
