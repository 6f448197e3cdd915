using System.Collections.Concurrent;
using System.Globalization;
using System.Security.Cryptography;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Caching.Memory;
using Soracom.Api;
using Soracom.Api.Errors;
using Soracom.Portal.Data;
using Soracom.Portal.Data.Credentials;
using Soracom.Portal.Security;
using Soracom.Portal.Shared.Errors;

namespace Soracom.Portal.Shared.Vendor;

/// <summary>
/// Calls the vendor with a tenant's own credential, and turns what fails into a <see cref="VendorError"/>. The one way
/// from a feature service to the vendor.
/// </summary>
/// <param name="database">The portal's database.</param>
/// <param name="vault">Opens the credential, when the client signs in and only then.</param>
/// <param name="clients">The vendor's clients.</param>
/// <param name="cache">Keeps what pages ask for again and again.</param>
/// <param name="clock">The clock.</param>
public sealed class TenantSoracom(PortalDatabase database, TenantVault vault, ISoracomClientFactory clients, IMemoryCache cache, TimeProvider clock)
{
    /// <summary>How precisely the last use of a credential is kept: a write a minute at most.</summary>
    private static readonly TimeSpan UseGranularity = TimeSpan.FromMinutes(1);

    private readonly ConcurrentDictionary<Guid, (CredentialResult Result, DateTimeOffset At)> noted = new();

    /// <summary>Reads from the vendor. The caller has asked the tenant for the permission.</summary>
    /// <typeparam name="T">What is read.</typeparam>
    /// <param name="tenant">The tenant.</param>
    /// <param name="coverage">The coverage.</param>
    /// <param name="call">The call, or calls.</param>
    /// <param name="cancellationToken">Cancels.</param>
    /// <returns>What was read, or a <see cref="VendorError"/>.</returns>
    public async Task<Result<T>> ReadAsync<T>(
        TenantContext tenant, SoracomCoverage coverage, Func<ISoracomClient, CancellationToken, Task<T>> call, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(tenant);
        ArgumentNullException.ThrowIfNull(call);
        using var linked = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, tenant.Ended);
        if (await FindAsync(tenant.TenantId, coverage, linked.Token) is not { } credential)
        {
            return new VendorError(VendorErrorKind.NoCredential, coverage);
        }

        return await ReadAsync(credential, coverage, call, linked.Token);
    }

    /// <summary>
    /// Reads from the vendor what may be a little old, unless it was read a moment ago with the same credential: with
    /// another one it may be another account's. The caller has asked the tenant for the permission.
    /// </summary>
    /// <typeparam name="T">What is read; each type is remembered once a tenant and coverage.</typeparam>
    /// <param name="tenant">The tenant.</param>
    /// <param name="coverage">The coverage.</param>
    /// <param name="age">How old it may be.</param>
    /// <param name="call">The call, or calls.</param>
    /// <param name="cancellationToken">Cancels.</param>
    /// <returns>What was read, or a <see cref="VendorError"/>, which is not remembered.</returns>
    public async Task<Result<T>> ReadRecentAsync<T>(
        TenantContext tenant, SoracomCoverage coverage, TimeSpan age, Func<ISoracomClient, CancellationToken, Task<T>> call, CancellationToken cancellationToken)
        where T : class
    {
        ArgumentNullException.ThrowIfNull(tenant);
        ArgumentNullException.ThrowIfNull(call);
        using var linked = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, tenant.Ended);
        if (await FindAsync(tenant.TenantId, coverage, linked.Token) is not { } credential)
        {
            return new VendorError(VendorErrorKind.NoCredential, coverage);
        }

        var key = (typeof(T), credential);
        var now = clock.GetUtcNow();
        if (cache.TryGetValue<Recent<T>>(key, out var known) && known is not null && now - known.At < age)
        {
            return Result.Of(known.Value);
        }

        var read = await ReadAsync(credential, coverage, call, linked.Token);
        if (read.Error is null)
        {
            cache.Set(key, new Recent<T>(read.Value, now), age);
        }

        return read;
    }

    /// <summary>
    /// Reads from the vendor for a job of the portal's own, which no person waits for: it may take its time and leaves people their
    /// share of the rate budget. What is read stays with the tenant.
    /// </summary>
    /// <typeparam name="T">What is read.</typeparam>
    /// <param name="tenantId">The tenant.</param>
    /// <param name="coverage">The coverage.</param>
    /// <param name="call">The call, or calls.</param>
    /// <param name="cancellationToken">Cancels.</param>
    /// <returns>What was read, or a <see cref="VendorError"/>.</returns>
    internal async Task<Result<T>> ReadForJobAsync<T>(
        Guid tenantId, SoracomCoverage coverage, Func<ISoracomClient, CancellationToken, Task<T>> call, CancellationToken cancellationToken) =>
        await FindAsync(tenantId, coverage, cancellationToken) is { } credential
            ? await ReadAsync(credential, coverage, call, cancellationToken, CallPriority.Background)
            : new VendorError(VendorErrorKind.NoCredential, coverage);

    /// <summary>
    /// Changes something at the vendor. The caller has asked the tenant for the permission. Once it is sent nothing calls it back: who leaves
    /// the page, or loses the right, has asked for it all the same, and its outcome is to be known.
    /// </summary>
    /// <typeparam name="T">What the vendor answers.</typeparam>
    /// <param name="tenant">The tenant.</param>
    /// <param name="coverage">The coverage.</param>
    /// <param name="call">The call: one, so that it is known what was done when it fails.</param>
    /// <param name="cancellationToken">Cancels, until it is sent.</param>
    /// <param name="answered">Told the vendor's id of the request; null where nobody wants to know.</param>
    /// <returns>The answer, or a <see cref="VendorError"/>, whose <see cref="VendorError.OutcomeUnknown"/> tells whether it may have been done.</returns>
    internal async Task<Result<T>> ChangeAsync<T>(
        TenantContext tenant,
        SoracomCoverage coverage,
        Func<ISoracomClient, CancellationToken, Task<T>> call,
        CancellationToken cancellationToken,
        Action<string>? answered = null)
    {
        using var linked = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, tenant.Ended);
        return await FindAsync(tenant.TenantId, coverage, linked.Token) is { } credential
            ? await ReadAsync(credential, coverage, call, CancellationToken.None, answered: answered)
            : new VendorError(VendorErrorKind.NoCredential, coverage);
    }

    /// <summary>Changes something at the vendor for a job, which no person waits for. The job has made sure that who began it still may.</summary>
    /// <typeparam name="T">What the vendor answers.</typeparam>
    /// <param name="tenantId">The tenant.</param>
    /// <param name="coverage">The coverage.</param>
    /// <param name="call">The call: one, so that it is known what was done when it fails.</param>
    /// <param name="cancellationToken">Cancels, under way too: then its outcome is unknown.</param>
    /// <param name="answered">Told the vendor's id of the request; null where nobody wants to know.</param>
    /// <returns>The answer, or a <see cref="VendorError"/>, whose <see cref="VendorError.OutcomeUnknown"/> tells whether it may have been done.</returns>
    internal async Task<Result<T>> ChangeForJobAsync<T>(
        Guid tenantId,
        SoracomCoverage coverage,
        Func<ISoracomClient, CancellationToken, Task<T>> call,
        CancellationToken cancellationToken,
        Action<string>? answered = null) =>
        await FindAsync(tenantId, coverage, cancellationToken) is { } credential
            ? await ReadAsync(credential, coverage, call, cancellationToken, CallPriority.Background, answered)
            : new VendorError(VendorErrorKind.NoCredential, coverage);

    /// <summary>Tries a credential against the vendor without keeping it.</summary>
    /// <param name="coverage">The coverage.</param>
    /// <param name="credential">The credential.</param>
    /// <param name="cancellationToken">Cancels.</param>
    /// <returns>Whom it signs in, or a <see cref="VendorError"/>.</returns>
    public async Task<Result<SoracomIdentity>> TryAsync(SoracomCoverage coverage, SoracomCredential credential, CancellationToken cancellationToken)
    {
        try
        {
            return await clients.VerifyAsync(coverage, credential, cancellationToken);
        }
        catch (SoracomApiException error)
        {
            var told = ErrorOf(error, coverage);
            return told.Kind == VendorErrorKind.BadCredential ? told with { Kind = VendorErrorKind.NewCredentialRefused } : told;
        }
    }

    /// <summary>Tries a stored credential against the vendor, and notes what came of it.</summary>
    /// <param name="credential">The credential.</param>
    /// <param name="coverage">Its coverage.</param>
    /// <param name="cancellationToken">Cancels.</param>
    /// <returns>Whom it signs in, or a <see cref="VendorError"/>.</returns>
    public async Task<Result<SoracomIdentity>> TryStoredAsync(VendorCredential credential, SoracomCoverage coverage, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(credential);
        return await UseAsync(
            new Known(credential.TenantId, credential.Id, credential.Version),
            coverage,
            always: true,
            async token => await clients.VerifyAsync(coverage, await OpenAsync(credential.TenantId, credential.Id, token), token),
            cancellationToken);
    }

    /// <summary>How many calls a minute a job may make of an operator's path group; null while the vendor has not told.</summary>
    /// <param name="coverage">The coverage.</param>
    /// <param name="operatorId">The operator.</param>
    /// <param name="pathGroup">The first segment of the paths, such as <c>sims</c>.</param>
    /// <returns>The number of calls.</returns>
    internal int? CallsPerMinute(SoracomCoverage coverage, string operatorId, string pathGroup) => clients.BackgroundCallsPerMinute(coverage, operatorId, pathGroup);

    /// <summary>Ends the vendor session of a credential that was replaced or deleted.</summary>
    /// <param name="credentialId">The credential.</param>
    /// <param name="version">Its version until then.</param>
    public void Forget(Guid credentialId, int version)
    {
        clients.Forget(KeyOf(credentialId, version));
        noted.TryRemove(credentialId, out _);
    }

    /// <summary>The coverages that a tenant has a credential for. Every member may know.</summary>
    /// <param name="tenant">The tenant.</param>
    /// <param name="cancellationToken">Cancels.</param>
    /// <returns>The coverages, Japan first.</returns>
    public async Task<IReadOnlyList<SoracomCoverage>> CoveragesAsync(TenantContext tenant, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(tenant);
        await using var db = database.ForTenant(tenant.TenantId);
        var names = await db.VendorCredentials.Select(credential => credential.Coverage).ToListAsync(cancellationToken);
        return [.. Enum.GetValues<SoracomCoverage>().Where(coverage => names.Contains(coverage.ToWireName()))];
    }

    private static string KeyOf(Guid id, int version) => string.Create(CultureInfo.InvariantCulture, $"{id:N}:{version}");

    private static SoracomLanguage Language() =>
        string.Equals(CultureInfo.CurrentUICulture.TwoLetterISOLanguageName, "ja", StringComparison.Ordinal) ? SoracomLanguage.Japanese : SoracomLanguage.English;

    private static VendorError ErrorOf(SoracomApiException error, SoracomCoverage coverage) => new(
        error switch
        {
            SoracomAuthenticationException => VendorErrorKind.BadCredential,
            SoracomPermissionException => VendorErrorKind.Denied,
            SoracomNotFoundException => VendorErrorKind.NotFound,
            SoracomInvalidRequestException => VendorErrorKind.Refused,
            SoracomRateLimitedException => VendorErrorKind.RateLimited,
            SoracomProtocolException => VendorErrorKind.NotUnderstood,
            _ => VendorErrorKind.Unavailable,
        },
        coverage)
    {
        Code = error.Code,
        VendorMessage = error.VendorMessage,
        RequestId = error.RequestId,
        RetryAfter = (error as SoracomRateLimitedException)?.RetryAfter,
        OutcomeUnknown = error.OutcomeUnknown,
    };

    /// <summary>What a failure says of the credential; null when it says nothing new, for then it was accepted before.</summary>
    private static CredentialResult? ResultOf(SoracomApiException error) => error switch
    {
        SoracomAuthenticationException => CredentialResult.Refused,
        SoracomUnavailableException or SoracomProtocolException => CredentialResult.Unreachable,
        SoracomRateLimitedException => null,
        _ => CredentialResult.Accepted,
    };

    private SoracomAccount AccountOf(Known credential, SoracomCoverage coverage) => new(
        KeyOf(credential.Id, credential.Version),
        coverage,
        async cancellationToken => await OpenAsync(credential.TenantId, credential.Id, cancellationToken));

    private Task<Result<T>> ReadAsync<T>(
        Known credential,
        SoracomCoverage coverage,
        Func<ISoracomClient, CancellationToken, Task<T>> call,
        CancellationToken cancellationToken,
        CallPriority priority = CallPriority.Interactive,
        Action<string>? answered = null) => UseAsync(
        credential,
        coverage,
        always: false,
        token => call(clients.For(AccountOf(credential, coverage), priority, Language(), answered), token),
        cancellationToken);

    /// <summary>Does something with a credential, notes on it what came of that, and tells failures in the portal's own terms.</summary>
    private async Task<Result<T>> UseAsync<T>(
        Known credential, SoracomCoverage coverage, bool always, Func<CancellationToken, Task<T>> act, CancellationToken cancellationToken)
    {
        try
        {
            var answer = await act(cancellationToken);
            await NoteAsync(credential, CredentialResult.Accepted, always, cancellationToken);
            return answer;
        }
        catch (SoracomApiException error)
        {
            // Nothing is known of a credential that the vendor had no time for: its last result stays.
            if (ResultOf(error) is { } result)
            {
                await NoteAsync(credential, result, always, cancellationToken);
            }

            return ErrorOf(error, coverage);
        }
        catch (VaultException error) when (error.Failure == VaultFailure.KeyShare)
        {
            // It passes, and says nothing of the credential.
            return new VendorError(VendorErrorKind.KeyStoreAway, coverage);
        }
        catch (VaultException)
        {
            await NoteAsync(credential, CredentialResult.Unreadable, always, cancellationToken);
            return new VendorError(VendorErrorKind.UnreadableCredential, coverage);
        }
        catch (CredentialGoneException)
        {
            return new VendorError(VendorErrorKind.NoCredential, coverage);
        }
    }

    private async Task<SoracomCredential> OpenAsync(Guid tenantId, Guid credentialId, CancellationToken cancellationToken)
    {
        await using var db = database.ForTenant(tenantId);
        var credential = await db.VendorCredentials.AsNoTracking().SingleOrDefaultAsync(candidate => candidate.Id == credentialId, cancellationToken) ?? throw new CredentialGoneException();
        var secret = await vault.OpenAsync(db, credential, cancellationToken);
        try
        {
            return StoredSecret.Read(credential.Kind, secret);
        }
        finally
        {
            CryptographicOperations.ZeroMemory(secret);
        }
    }

    private async Task<Known?> FindAsync(Guid tenantId, SoracomCoverage coverage, CancellationToken cancellationToken)
    {
        var name = coverage.ToWireName();
        await using var db = database.ForTenant(tenantId);
        return await db.VendorCredentials.AsNoTracking()
            .Where(credential => credential.Coverage == name)
            .Select(credential => new Known(tenantId, credential.Id, credential.Version))
            .SingleOrDefaultAsync(cancellationToken);
    }

    private async Task NoteAsync(Known credential, CredentialResult result, bool always, CancellationToken cancellationToken)
    {
        var now = clock.GetUtcNow();
        if (!always && noted.TryGetValue(credential.Id, out var last) && last.Result == result && now - last.At < UseGranularity)
        {
            return;
        }

        noted[credential.Id] = (result, now);
        await using var db = database.ForTenant(credential.TenantId);
        await db.VendorCredentials
            .Where(candidate => candidate.Id == credential.Id && candidate.Version == credential.Version)
            .ExecuteUpdateAsync(
                set =>
                {
                    set.SetProperty(candidate => candidate.LastUsedAt, now).SetProperty(candidate => candidate.LastResult, result);
                    if (result == CredentialResult.Accepted)
                    {
                        set.SetProperty(candidate => candidate.FailingSince, default(DateTimeOffset?));
                    }
                    else if (result != CredentialResult.Unreachable)
                    {
                        set.SetProperty(candidate => candidate.FailingSince, candidate => candidate.FailingSince ?? now);
                    }
                },
                cancellationToken);
    }

    private sealed record Recent<T>(T Value, DateTimeOffset At);

    private sealed record Known(Guid TenantId, Guid Id, int Version);

    /// <summary>Somebody deleted the credential between the look at what there is and the sign-in.</summary>
#pragma warning disable CA1032, CA1064 // Thrown and caught in this file; it only crosses the client.
    private sealed class CredentialGoneException : Exception;
#pragma warning restore CA1032, CA1064
}
