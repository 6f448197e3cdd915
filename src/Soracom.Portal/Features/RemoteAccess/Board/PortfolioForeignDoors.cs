using System.Runtime.CompilerServices;
using Microsoft.EntityFrameworkCore;
using Soracom.Api;
using Soracom.Portal.Data;
using Soracom.Portal.Features.RemoteAccess.Doors;
using Soracom.Portal.Security;
using Soracom.Portal.Shared.Errors;

namespace Soracom.Portal.Features.RemoteAccess.Board;

/// <summary>
/// The doors of all tenants that somebody may see that were opened elsewhere. The portal keeps none of them: each account is asked, a few at
/// a time.
/// </summary>
/// <param name="database">The portal's database.</param>
/// <param name="doors">The doors of one tenant.</param>
internal sealed class PortfolioForeignDoors(PortalDatabase database, RemoteDoors doors)
{
    /// <summary>How many accounts are asked at a time.</summary>
    private const int AtOnce = 4;

    /// <summary>The accounts that are to be asked: one query, however many tenants they are.</summary>
    /// <param name="portfolio">The tenants; those whose right has ended are left out.</param>
    /// <param name="cancellationToken">Cancels.</param>
    /// <returns>Each coverage of each tenant that there is a credential for, by the tenant's name.</returns>
    public async Task<IReadOnlyList<DoorAccount>> AccountsAsync(Portfolio portfolio, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(portfolio);
        var tenants = await portfolio.PermittingAsync(Permission.RemoteAccessRead, cancellationToken);
        var ids = tenants.Select(tenant => tenant.TenantId).ToList();
        await using var db = database.ForInstallation();
        var credentials = await db.VendorCredentials.AsNoTracking()
            .IgnoreQueryFilters([PortalDbContext.TenantFilter])
            .Where(credential => ids.Contains(credential.TenantId))
            .Select(credential => new { credential.TenantId, credential.Coverage })
            .ToListAsync(cancellationToken);
        return
        [
            .. from tenant in tenants
               from coverage in Enum.GetValues<SoracomCoverage>()
               where credentials.Exists(credential => credential.TenantId == tenant.TenantId && credential.Coverage == coverage.ToWireName())
               select new DoorAccount(tenant, coverage),
        ];
    }

    /// <summary>Asks accounts for their doors that were opened elsewhere (operation listPortMappings).</summary>
    /// <param name="portfolio">The tenants; those whose right has ended are left out.</param>
    /// <param name="accounts">The accounts.</param>
    /// <param name="age">How old the vendor's lists may be; zero has them asked anew.</param>
    /// <param name="cancellationToken">Cancels.</param>
    /// <returns>The answers, as they come; accounts whose right ended meanwhile give none.</returns>
    public async IAsyncEnumerable<ForeignDoorsAnswer> AskAsync(Portfolio portfolio, IReadOnlyList<DoorAccount> accounts, TimeSpan age, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(portfolio);
        ArgumentNullException.ThrowIfNull(accounts);
        var permitting = await portfolio.PermittingAsync(Permission.RemoteAccessRead, cancellationToken);
        using var places = new SemaphoreSlim(AtOnce);
        await foreach (var answered in Task.WhenEach(accounts.Where(account => permitting.Contains(account.Tenant)).Select(account => AskAsync(account, places, age, cancellationToken))))
        {
            if (await answered is { } answer)
            {
                yield return answer;
            }
        }
    }

    private async Task<ForeignDoorsAnswer?> AskAsync(DoorAccount account, SemaphoreSlim places, TimeSpan age, CancellationToken cancellationToken)
    {
        await places.WaitAsync(cancellationToken);
        try
        {
            return new ForeignDoorsAnswer(account, await doors.ElsewhereAsync(account.Tenant, account.Coverage, age, cancellationToken));
        }
        catch (PermissionDeniedException)
        {
            return null;
        }
        catch (OperationCanceledException) when (account.Tenant.Ended.IsCancellationRequested && !cancellationToken.IsCancellationRequested)
        {
            return null;
        }
        finally
        {
            places.Release();
        }
    }
}

/// <summary>An account that is asked.</summary>
/// <param name="Tenant">The tenant.</param>
/// <param name="Coverage">The coverage.</param>
public sealed record DoorAccount(TenantContext Tenant, SoracomCoverage Coverage);

/// <summary>What an account answered.</summary>
/// <param name="Account">The account.</param>
/// <param name="Doors">Its doors that were opened elsewhere, those that end first before the others; or why it gave no answer.</param>
public sealed record ForeignDoorsAnswer(DoorAccount Account, Result<IReadOnlyList<ForeignDoor>> Doors);
