using Soracom.Api;
using Soracom.Api.Groups;

namespace Soracom.Portal.Shared.Vendor;

/// <summary>Takes in which groups an account has, whenever somebody has read them all.</summary>
internal interface IGroupSightings
{
    /// <summary>Takes them in. Groups that are not among them are gone.</summary>
    /// <param name="tenantId">The tenant.</param>
    /// <param name="coverage">The coverage.</param>
    /// <param name="operatorId">The account; nothing is taken in when the tenant's credential is another one's by now.</param>
    /// <param name="groups">All groups of the account.</param>
    /// <param name="readAt">When the vendor was asked for the first of them.</param>
    /// <param name="cancellationToken">Cancels.</param>
    /// <returns>A task that ends when they are stored.</returns>
    Task SeenAsync(Guid tenantId, SoracomCoverage coverage, string operatorId, IReadOnlyList<Group> groups, DateTimeOffset readAt, CancellationToken cancellationToken);
}
