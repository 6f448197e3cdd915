using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using Soracom.Api;
using Soracom.Api.Diagnostics;
using Soracom.Portal.Data;
using Soracom.Portal.Data.Audit;
using Soracom.Portal.Data.Sims;
using Soracom.Portal.Security;
using Soracom.Portal.Shared.Errors;
using Soracom.Portal.Shared.Vendor;

namespace Soracom.Portal.Features.Sims.Diagnosing;

/// <summary>Has SIMs looked at by the vendor's diagnosis (operations sendDiagnosticRequest and getDiagnostic), and keeps what was found.</summary>
/// <param name="soracom">The way to the vendor.</param>
/// <param name="database">The portal's database.</param>
/// <param name="audit">The audit trail.</param>
/// <param name="clock">The clock.</param>
internal sealed class SimDiagnosing(TenantSoracom soracom, PortalDatabase database, AuditTrail audit, TimeProvider clock)
{
    /// <summary>The most that are listed; older ones stay in the database.</summary>
    public const int MostListed = 20;

    /// <summary>The period that is looked at, up to now.</summary>
    public static readonly TimeSpan Period = TimeSpan.FromDays(1);

    /// <summary>The diagnoses of a SIM, the newest first.</summary>
    /// <param name="tenant">The tenant.</param>
    /// <param name="coverage">The coverage.</param>
    /// <param name="simId">The SIM id.</param>
    /// <param name="cancellationToken">Cancels.</param>
    /// <returns>The newest of them.</returns>
    public async Task<IReadOnlyList<SimDiagnosis>> ListAsync(TenantContext tenant, SoracomCoverage coverage, string simId, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(tenant);
        await tenant.RequireAsync(Permission.SimsRead, cancellationToken);
        await using var db = database.ForTenant(tenant.TenantId);
        return await Own(db, coverage).AsNoTracking()
            .Where(diagnosis => diagnosis.SimId == simId)
            .OrderByDescending(diagnosis => diagnosis.RequestedAt)
            .Take(MostListed)
            .ToListAsync(cancellationToken);
    }

    /// <summary>Asks for a look at a SIM's last day.</summary>
    /// <param name="tenant">The tenant.</param>
    /// <param name="coverage">The coverage.</param>
    /// <param name="simId">The SIM id.</param>
    /// <param name="cancellationToken">Cancels.</param>
    /// <returns>The diagnosis, mostly still running; or a <see cref="VendorError"/>.</returns>
    public async Task<Result<SimDiagnosis>> StartAsync(TenantContext tenant, SoracomCoverage coverage, string simId, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(tenant);
        await tenant.RequireAsync(Permission.SimsDiagnose, cancellationToken);
        var now = clock.GetUtcNow();
        var sent = await soracom.ReadAsync(
            tenant, coverage, (client, token) => client.Diagnostics.SendDiagnosticRequestAsync(DiagnosticOrder.OfSim(simId, now - Period, now), token), cancellationToken);
        var error = sent.Error ?? (string.IsNullOrEmpty(sent.Value.DiagnosticId) ? new VendorError(VendorErrorKind.NotUnderstood, coverage) : null);
        var name = coverage.ToWireName();
        await using var db = database.ForTenant(tenant.TenantId);
        var operatorId = await db.VendorCredentials.Where(credential => credential.Coverage == name).Select(credential => credential.OperatorId).SingleOrDefaultAsync(cancellationToken);
        if (error is null && operatorId is null)
        {
            // Somebody deleted the credential at this moment; nobody could follow the diagnosis.
            error = new VendorError(VendorErrorKind.NoCredential, coverage);
        }

        audit.Add(db, tenant, new AuditAct(AuditActions.SimDiagnosed, error is null ? AuditOutcome.Succeeded : AuditOutcome.Failed)
        {
            ObjectId = simId,
            Detail = (error as VendorError)?.Kind.ToString() ?? sent.Value.DiagnosticId,
        });
        SimDiagnosis? started = null;
        if (error is null)
        {
            started = new SimDiagnosis
            {
                TenantId = tenant.TenantId,
                Coverage = name,
                SimId = simId,
                OperatorId = operatorId!,
                DiagnosticId = sent.Value.DiagnosticId!,
                RequestedAt = now,
                RequestedBy = tenant.Actor.Name,
                From = now - Period,
                To = now,
            };
            Take(started, sent.Value);
            db.SimDiagnoses.Add(started);
        }

        await db.SaveChangesAsync(cancellationToken);
        return error is null ? started! : error;
    }

    /// <summary>Asks how far a diagnosis is, and keeps what it has found.</summary>
    /// <param name="tenant">The tenant.</param>
    /// <param name="coverage">The coverage.</param>
    /// <param name="diagnosisId">The portal's id of it.</param>
    /// <param name="cancellationToken">Cancels.</param>
    /// <returns>The diagnosis; a <see cref="VendorError"/>; or a <see cref="GoneError"/> when there is none of this id.</returns>
    public async Task<Result<SimDiagnosis>> FollowAsync(TenantContext tenant, SoracomCoverage coverage, Guid diagnosisId, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(tenant);
        await tenant.RequireAsync(Permission.SimsRead, cancellationToken);
        await using var db = database.ForTenant(tenant.TenantId);
        if (await Own(db, coverage).SingleOrDefaultAsync(candidate => candidate.Id == diagnosisId, cancellationToken) is not { } diagnosis)
        {
            return new GoneError();
        }

        if (diagnosis.State != SimDiagnosisState.Running)
        {
            return diagnosis;
        }

        var told = await soracom.ReadAsync(tenant, coverage, (client, token) => client.Diagnostics.GetDiagnosticAsync(diagnosis.DiagnosticId, token), cancellationToken);
        if (told.Error is VendorError { Kind: VendorErrorKind.NotFound })
        {
            diagnosis.State = SimDiagnosisState.Failed;
        }
        else if (told.Error is { } error)
        {
            return error;
        }
        else
        {
            Take(diagnosis, told.Value);
        }

        await db.SaveChangesAsync(cancellationToken);
        return diagnosis;
    }

    /// <summary>What a diagnosis found.</summary>
    internal static IReadOnlyList<Insight> InsightsOf(SimDiagnosis diagnosis) =>
        diagnosis.Insights.Length == 0 ? [] : JsonSerializer.Deserialize<List<Insight>>(diagnosis.Insights)!;

    private static void Take(SimDiagnosis diagnosis, Diagnostic told)
    {
        diagnosis.State = told.Status switch
        {
            DiagnosticStatus.Done => SimDiagnosisState.Done,
            DiagnosticStatus.Failed => SimDiagnosisState.Failed,
            _ => SimDiagnosisState.Running,
        };
        if (diagnosis.State == SimDiagnosisState.Done)
        {
            diagnosis.Insights = JsonSerializer.Serialize(told.Insights ?? []);
        }
    }

    /// <summary>The diagnoses of the account that the present credential opens.</summary>
    private static IQueryable<SimDiagnosis> Own(PortalDbContext db, SoracomCoverage coverage)
    {
        var name = coverage.ToWireName();
        var operators = db.VendorCredentials.Where(credential => credential.Coverage == name).Select(credential => credential.OperatorId);
        return db.SimDiagnoses.Where(diagnosis => diagnosis.Coverage == name && operators.Contains(diagnosis.OperatorId));
    }
}
