using Soracom.Portal.Data;
using Soracom.Portal.Data.Jobs;
using Soracom.Portal.Security;
using Soracom.Portal.Shared.Bell;

namespace Soracom.Portal.Features.Sims.Jobs;

/// <summary>Tells whoever runs a job that it is done, or has paused by itself.</summary>
internal sealed class SimJobBell : IBellSource
{
    /// <inheritdoc />
    public Permission Needs => Permission.SimsRead;

    /// <inheritdoc />
    public IQueryable<BellRow> Rows(PortalDbContext db) =>
        from job in db.SimJobs
        where (job.State == SimJobState.Done && job.FinishedAt != null) || (job.State == SimJobState.Paused && job.PausedAt != null)
        select new BellRow
        {
            PersonId = job.OwnerId,
            TenantId = job.TenantId,
            At = job.State == SimJobState.Done ? job.FinishedAt!.Value : job.PausedAt!.Value,
            Kind = job.State == SimJobState.Done ? BellKind.JobDone : BellKind.JobPaused,
            ObjectId = job.Id,
            Number = job.Number,
            Bad = job.Failed + job.Refused + job.Unknown,
        };

    /// <inheritdoc />
    public string AddressOf(string slug, BellRow row) => PortalUrls.Job(slug, row.ObjectId);
}
