using Soracom.Api;
using Soracom.Portal.Security;
using Soracom.Portal.Shared.Errors;
using Soracom.Portal.Shared.Vendor;

namespace Soracom.Portal.Features.Billing.Collecting;

/// <summary>The way to the vendor: of a person who waits, or of the portal's own work.</summary>
/// <param name="soracom">The way to the vendor.</param>
/// <param name="tenant">Who waits; null where nobody does.</param>
internal sealed class BillingWay(TenantSoracom soracom, TenantContext? tenant)
{
    /// <summary>Reads from the vendor.</summary>
    public Task<Result<T>> ReadAsync<T>(BillingAccount account, Func<ISoracomClient, CancellationToken, Task<T>> call, CancellationToken cancellationToken) => tenant is null
        ? soracom.ReadForJobAsync(account.TenantId, account.Coverage, call, cancellationToken)
        : soracom.ReadAsync(tenant, account.Coverage, call, cancellationToken);
}
