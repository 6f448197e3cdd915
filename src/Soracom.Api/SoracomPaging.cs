using System.Runtime.CompilerServices;
using Soracom.Api.Errors;
using Soracom.Api.Groups;
using Soracom.Api.Sims;
using Soracom.Api.VirtualPrivateGateways;

namespace Soracom.Api;

/// <summary>Walks the pages of a list, one page in memory at a time.</summary>
public static class SoracomPaging
{
    /// <summary>The most pages of one walk, where nobody says otherwise: a million items of the shortest usual pages.</summary>
    public const int MostPages = 100_000;

    /// <summary>The most pages without an item, one after the other. Filtered lists have some.</summary>
    public const int MostEmptyPages = 1_000;

    /// <summary>Fetches pages until there is no next key, and yields their items; at most <see cref="MostPages"/>.</summary>
    /// <param name="operationId">The vendor's operation, named in the exception.</param>
    /// <param name="fetch">Fetches the page of a key; null asks for the first page.</param>
    /// <param name="cancellationToken">Ends the walk.</param>
    /// <exception cref="SoracomProtocolException">The list has no end, see the other overload.</exception>
    public static IAsyncEnumerable<T> WalkAsync<T>(
        string operationId,
        Func<string?, CancellationToken, Task<SoracomPage<T>>> fetch,
        CancellationToken cancellationToken = default) => WalkAsync(operationId, fetch, MostPages, cancellationToken);

    /// <summary>Fetches pages until there is no next key, and yields their items.</summary>
    /// <param name="operationId">The vendor's operation, named in the exception.</param>
    /// <param name="fetch">Fetches the page of a key; null asks for the first page.</param>
    /// <param name="mostPages">The most pages that are fetched.</param>
    /// <param name="cancellationToken">Ends the walk.</param>
    /// <exception cref="SoracomProtocolException">
    /// A key came a second time, so that the pages go round in circles; there are more pages than <paramref name="mostPages"/>, or
    /// <see cref="MostEmptyPages"/> without an item came one after the other. The items until then have been yielded.
    /// </exception>
    public static async IAsyncEnumerable<T> WalkAsync<T>(
        string operationId,
        Func<string?, CancellationToken, Task<SoracomPage<T>>> fetch,
        int mostPages,
        [EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(fetch);
        ArgumentOutOfRangeException.ThrowIfLessThan(mostPages, 1);
        var seen = new HashSet<string>(StringComparer.Ordinal);
        var empty = 0;
        string? key = null;
        do
        {
            var page = await fetch(key, cancellationToken);
            foreach (var item in page.Items)
            {
                yield return item;
            }

            key = page.NextKey;
            empty = page.Items.Count == 0 ? empty + 1 : 0;
            var trouble = key is null ? null
                : !seen.Add(key) ? "the pages of the list lead back to an earlier one"
                : seen.Count >= mostPages ? $"the list has more than {mostPages} pages"
                : empty >= MostEmptyPages ? $"{MostEmptyPages} pages of the list without an item came one after the other"
                : null;
            if (trouble is not null)
            {
                throw new SoracomProtocolException(new SoracomFailure { OperationId = operationId, Detail = trouble });
            }
        }
        while (key is not null);
    }

    /// <summary>All SIMs, page by page (vendor operation listSims).</summary>
    public static IAsyncEnumerable<Sim> ListAllSimsAsync(this ISimsApi sims, CancellationToken cancellationToken = default) =>
        WalkAsync("listSims", (key, token) => sims.ListSimsAsync(lastEvaluatedKey: key, cancellationToken: token), cancellationToken);

    /// <summary>All groups, page by page (vendor operation listGroups).</summary>
    public static IAsyncEnumerable<Group> ListAllGroupsAsync(this IGroupsApi groups, CancellationToken cancellationToken = default) =>
        WalkAsync("listGroups", (key, token) => groups.ListGroupsAsync(lastEvaluatedKey: key, cancellationToken: token), cancellationToken);

    /// <summary>All virtual private gateways, page by page (vendor operation listVirtualPrivateGateways).</summary>
    public static IAsyncEnumerable<VirtualPrivateGateway> ListAllVirtualPrivateGatewaysAsync(this IVirtualPrivateGatewaysApi gateways, CancellationToken cancellationToken = default) =>
        WalkAsync("listVirtualPrivateGateways", (key, token) => gateways.ListVirtualPrivateGatewaysAsync(lastEvaluatedKey: key, cancellationToken: token), cancellationToken);
}
