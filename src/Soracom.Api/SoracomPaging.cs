using System.Runtime.CompilerServices;
using Soracom.Api.Errors;
using Soracom.Api.Groups;
using Soracom.Api.Sims;

namespace Soracom.Api;

/// <summary>Walks the pages of a list, one page in memory at a time.</summary>
public static class SoracomPaging
{
    /// <summary>Fetches pages until there is no next key, and yields their items.</summary>
    /// <param name="operationId">The vendor's operation, named in the exception.</param>
    /// <param name="fetch">Fetches the page of a key; null asks for the first page.</param>
    /// <param name="cancellationToken">Ends the walk.</param>
    /// <exception cref="SoracomProtocolException">A key came a second time: the pages go round in circles.</exception>
    public static async IAsyncEnumerable<T> WalkAsync<T>(
        string operationId,
        Func<string?, CancellationToken, Task<SoracomPage<T>>> fetch,
        [EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(fetch);
        var seen = new HashSet<string>(StringComparer.Ordinal);
        string? key = null;
        do
        {
            var page = await fetch(key, cancellationToken);
            foreach (var item in page.Items)
            {
                yield return item;
            }

            key = page.NextKey;
            if (key is not null && !seen.Add(key))
            {
                throw new SoracomProtocolException(new SoracomFailure
                {
                    OperationId = operationId,
                    Detail = "the pages of the list lead back to an earlier one",
                });
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
}
