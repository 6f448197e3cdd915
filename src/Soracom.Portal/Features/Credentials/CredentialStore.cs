using System.Security.Cryptography;
using Microsoft.EntityFrameworkCore;
using Soracom.Api;
using Soracom.Portal.Data;
using Soracom.Portal.Data.Audit;
using Soracom.Portal.Data.Credentials;
using Soracom.Portal.Security;
using Soracom.Portal.Shared.Errors;
using Soracom.Portal.Shared.Vendor;

namespace Soracom.Portal.Features.Credentials;

/// <summary>A tenant's credentials: stored after the vendor accepted them, and never shown again.</summary>
/// <param name="database">The portal's database.</param>
/// <param name="vault">Seals the secrets.</param>
/// <param name="soracom">The way to the vendor.</param>
/// <param name="notices">Tells the tenant's owners what its partner did.</param>
/// <param name="audit">The audit trail.</param>
/// <param name="clock">The clock.</param>
public sealed class CredentialStore(PortalDatabase database, TenantVault vault, TenantSoracom soracom, CredentialNotices notices, AuditTrail audit, TimeProvider clock)
{
    /// <summary>What there is to see of the credentials, by coverage.</summary>
    /// <param name="tenant">The tenant.</param>
    /// <param name="cancellationToken">Cancels.</param>
    /// <returns>The credentials without their secrets; at most one a coverage.</returns>
    public async Task<IReadOnlyList<CredentialSummary>> ListAsync(TenantContext tenant, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(tenant);
        await tenant.RequireAsync(Permission.CredentialsRead, cancellationToken);
        await using var db = database.ForTenant(tenant.TenantId);
        var rows = await db.VendorCredentials.AsNoTracking()
            .Select(row => new { row.Id, row.Coverage, row.Kind, row.OperatorId, row.StoredBy, row.StoredAt, row.LastUsedAt, row.LastResult })
            .ToListAsync(cancellationToken);
        return
        [
            .. rows
                .Select(row => new CredentialSummary(row.Id, CoverageOf(row.Coverage), row.Kind, row.OperatorId, row.StoredBy, row.StoredAt, row.LastUsedAt, row.LastResult))
                .OrderBy(row => row.Coverage),
        ];
    }

    /// <summary>Tries a credential and, when the vendor accepts it, stores it in place of the coverage's former one.</summary>
    /// <param name="tenant">The tenant.</param>
    /// <param name="coverage">The coverage.</param>
    /// <param name="credential">The credential.</param>
    /// <param name="otherOperator">Whether it may sign in to another operator than the former one did.</param>
    /// <param name="cancellationToken">Cancels.</param>
    /// <returns>
    /// Whom it signs in; or why it was not stored: a <see cref="VendorError"/>, an <see cref="OtherOperatorError"/>, or a
    /// <see cref="ConflictError"/> when somebody else stored one meanwhile.
    /// </returns>
    public async Task<Result<SoracomIdentity>> StoreAsync(
        TenantContext tenant, SoracomCoverage coverage, SoracomCredential credential, bool otherOperator, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(tenant);
        if (await tenant.RequireFreshAsync(Permission.CredentialsManage, cancellationToken) is { } stale)
        {
            return stale;
        }

        await using var db = database.ForTenant(tenant.TenantId);
        var name = coverage.ToWireName();
        // Read before the vendor is asked, which takes its time: what somebody else stores meanwhile is not to be overwritten unseen.
        var row = await db.VendorCredentials.SingleOrDefaultAsync(candidate => candidate.Coverage == name, cancellationToken);
        var tried = await soracom.TryAsync(coverage, credential, cancellationToken);
        if (tried.Error is VendorError error)
        {
            await audit.RecordAsync(tenant, Act(AuditActions.CredentialStored, AuditOutcome.Failed, coverage, detail: error.Kind.ToString()), cancellationToken);
            return error;
        }

        // The vendor takes its time; whose right ended meanwhile stores nothing any more.
        await tenant.RequireAsync(Permission.CredentialsManage, cancellationToken);
        if (row is not null && !otherOperator && !string.Equals(row.OperatorId, tried.Value.OperatorId, StringComparison.Ordinal))
        {
            return new OtherOperatorError(row.OperatorId, tried.Value.OperatorId);
        }

        var former = row?.Version;
        row = Fill(db, row, tenant, coverage, credential, tried.Value);
        var secret = StoredSecret.Write(credential);
        try
        {
            await vault.SealAsync(db, row, secret, cancellationToken);
            audit.Add(db, tenant, Act(AuditActions.CredentialStored, AuditOutcome.Succeeded, coverage, row.Id, tried.Value.OperatorId));
            await db.SaveChangesAsync(cancellationToken);
        }
        catch (DbUpdateConcurrencyException)
        {
            return new ConflictError();
        }
        catch (VaultException failed) when (failed.Failure == VaultFailure.KeyShare)
        {
            await audit.RecordAsync(tenant, Act(AuditActions.CredentialStored, AuditOutcome.Failed, coverage), cancellationToken);
            return new KeyStoreAwayError();
        }
        catch (DbUpdateException)
        {
            // Somebody else may have stored the coverage's first credential, or made the tenant's first data key; anything else is unexpected.
            if (await WasOvertakenAsync(db, row, cancellationToken))
            {
                return new ConflictError();
            }

            throw;
        }
        finally
        {
            CryptographicOperations.ZeroMemory(secret);
        }

        if (former is { } version)
        {
            soracom.Forget(row.Id, version);
        }

        await notices.TellAsync(tenant, coverage, isStored: true, cancellationToken);
        return tried;
    }

    /// <summary>Tries a stored credential against the vendor again.</summary>
    /// <param name="tenant">The tenant.</param>
    /// <param name="credentialId">The credential.</param>
    /// <param name="cancellationToken">Cancels.</param>
    /// <returns>Whom it signs in; a <see cref="VendorError"/>; or a <see cref="GoneError"/> when it is no longer there.</returns>
    public async Task<Result<SoracomIdentity>> TestAsync(TenantContext tenant, Guid credentialId, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(tenant);
        await tenant.RequireAsync(Permission.CredentialsManage, cancellationToken);
        if (await FindAsync(tenant, credentialId, cancellationToken) is not { } row)
        {
            return new GoneError();
        }

        var coverage = CoverageOf(row.Coverage);
        var tried = await soracom.TryStoredAsync(row, coverage, cancellationToken);
        var outcome = tried.Error is null ? AuditOutcome.Succeeded : AuditOutcome.Failed;
        await audit.RecordAsync(tenant, Act(AuditActions.CredentialTested, outcome, coverage, row.Id, (tried.Error as VendorError)?.Kind.ToString() ?? row.OperatorId), cancellationToken);
        return tried;
    }

    /// <summary>Deletes a credential. Pages of that coverage have nothing to show until another one is stored.</summary>
    /// <param name="tenant">The tenant.</param>
    /// <param name="credentialId">The credential.</param>
    /// <param name="cancellationToken">Cancels.</param>
    /// <returns>The coverage; a <see cref="GoneError"/> when it was no longer there; a <see cref="ConflictError"/> when it was just replaced.</returns>
    public async Task<Result<SoracomCoverage>> DeleteAsync(TenantContext tenant, Guid credentialId, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(tenant);
        if (await tenant.RequireFreshAsync(Permission.CredentialsManage, cancellationToken) is { } stale)
        {
            return stale;
        }

        if (await FindAsync(tenant, credentialId, cancellationToken) is not { } row)
        {
            return new GoneError();
        }

        var coverage = CoverageOf(row.Coverage);
        await using var db = database.ForTenant(tenant.TenantId);
        db.VendorCredentials.Remove(row);
        audit.Add(db, tenant, Act(AuditActions.CredentialDeleted, AuditOutcome.Succeeded, coverage, row.Id, row.OperatorId));
        try
        {
            await db.SaveChangesAsync(cancellationToken);
        }
        catch (DbUpdateConcurrencyException)
        {
            return new ConflictError();
        }

        soracom.Forget(row.Id, row.Version);
        await notices.TellAsync(tenant, coverage, isStored: false, cancellationToken);
        return coverage;
    }

    /// <summary>Replaces the data key that seals this tenant's secrets, and seals them anew.</summary>
    /// <param name="tenant">The tenant.</param>
    /// <param name="cancellationToken">Cancels.</param>
    /// <returns>How many secrets were sealed anew; or an error, and then nothing was changed.</returns>
    public async Task<Result<int>> RotateKeyAsync(TenantContext tenant, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(tenant);
        if (await tenant.RequireFreshAsync(Permission.CredentialsManage, cancellationToken) is { } stale)
        {
            return stale;
        }

        await using var db = database.ForTenant(tenant.TenantId);
        audit.Add(db, tenant, new AuditAct(AuditActions.DataKeyRotated, AuditOutcome.Succeeded));
        try
        {
            return await vault.RotateAsync(db, tenant.TenantId, cancellationToken);
        }
        catch (DbUpdateConcurrencyException)
        {
            return new ConflictError();
        }
        catch (VaultException error)
        {
            await audit.RecordAsync(tenant, new AuditAct(AuditActions.DataKeyRotated, AuditOutcome.Failed), cancellationToken);
            return error.Failure == VaultFailure.KeyShare ? new KeyStoreAwayError() : new UnreadableSecretError();
        }
    }

    private static SoracomCoverage CoverageOf(string name) =>
        SoracomCoverages.TryParseWireName(name, out var coverage) ? coverage : throw new InvalidOperationException($"The database names a coverage {name} that there is not.");

    private static AuditAct Act(string action, AuditOutcome outcome, SoracomCoverage coverage, Guid? id = null, string? detail = null) =>
        new(action, outcome) { ObjectId = id?.ToString(), ObjectName = coverage.ToWireName(), Detail = detail };

    private VendorCredential Fill(
        PortalDbContext db, VendorCredential? row, TenantContext tenant, SoracomCoverage coverage, SoracomCredential credential, SoracomIdentity identity)
    {
        if (row is null)
        {
            row = new VendorCredential
            {
                TenantId = tenant.TenantId,
                Coverage = coverage.ToWireName(),
                Kind = StoredSecret.KindOf(credential),
                OperatorId = identity.OperatorId,
                Sealed = [],
                Version = 0,
                StoredBy = tenant.Actor.Name,
                StoredAt = clock.GetUtcNow(),
            };
            db.VendorCredentials.Add(row);
        }

        row.Kind = StoredSecret.KindOf(credential);
        row.OperatorId = identity.OperatorId;
        row.Version++;
        row.StoredBy = tenant.Actor.Name;
        row.StoredAt = clock.GetUtcNow();
        row.LastUsedAt = clock.GetUtcNow();
        row.LastResult = CredentialResult.Accepted;
        row.FailingSince = null;
        return row;
    }

    /// <summary>Whether the rows that a failed save was to add are there by now, added by somebody else.</summary>
    private async Task<bool> WasOvertakenAsync(PortalDbContext failed, VendorCredential row, CancellationToken cancellationToken)
    {
        var key = failed.TenantDataKeys.Local.SingleOrDefault(candidate => failed.Entry(candidate).State == EntityState.Added)?.Number;
        var added = failed.Entry(row).State == EntityState.Added;
        await using var db = database.ForTenant(row.TenantId);
        return (added && await db.VendorCredentials.AnyAsync(candidate => candidate.Coverage == row.Coverage, cancellationToken))
            || (key is not null && await db.TenantDataKeys.AnyAsync(candidate => candidate.Number == key, cancellationToken));
    }

    private async Task<VendorCredential?> FindAsync(TenantContext tenant, Guid credentialId, CancellationToken cancellationToken)
    {
        await using var db = database.ForTenant(tenant.TenantId);
        return await db.VendorCredentials.AsNoTracking().SingleOrDefaultAsync(candidate => candidate.Id == credentialId, cancellationToken);
    }
}

/// <summary>What there is to see of a credential.</summary>
/// <param name="Id">Identity.</param>
/// <param name="Coverage">The coverage that it opens.</param>
/// <param name="Kind">What kind it is.</param>
/// <param name="OperatorId">The vendor's operator that it signs in to.</param>
/// <param name="StoredBy">Who stored it.</param>
/// <param name="StoredAt">When.</param>
/// <param name="LastUsedAt">When it was last used, to the minute.</param>
/// <param name="LastResult">What came of that.</param>
public sealed record CredentialSummary(
    Guid Id,
    SoracomCoverage Coverage,
    CredentialKind Kind,
    string OperatorId,
    string StoredBy,
    DateTimeOffset StoredAt,
    DateTimeOffset? LastUsedAt,
    CredentialResult? LastResult);
