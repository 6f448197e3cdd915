using Soracom.Api;
using Soracom.Portal.Security;
using Soracom.Portal.Shared.Vendor;

namespace Soracom.Portal.Features.Groups.Editing;

/// <summary>
/// What the fields of a group's settings offer to choose from (operations listCredentials and listVirtualPrivateGateways). A list that the
/// credential may not read leaves the other: its field then takes what is typed.
/// </summary>
/// <param name="soracom">The way to the vendor.</param>
public sealed class GroupEditingChoices(TenantSoracom soracom)
{
    /// <summary>How old the lists may be.</summary>
    private static readonly TimeSpan Age = TimeSpan.FromSeconds(30);

    /// <summary>The credential sets, without their values, and the virtual private gateways of the account.</summary>
    /// <param name="tenant">The tenant.</param>
    /// <param name="coverage">The coverage.</param>
    /// <param name="cancellationToken">Cancels.</param>
    /// <returns>The lists, at most half a minute old; null in place of each that could not be read.</returns>
    public async Task<EditingChoices> ReadAsync(TenantContext tenant, SoracomCoverage coverage, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(tenant);
        await tenant.RequireAsync(Permission.GroupsRead, cancellationToken);
        var credentials = soracom.ReadRecentAsync(tenant, coverage, Age, CredentialsAsync, cancellationToken);
        var gateways = soracom.ReadRecentAsync(tenant, coverage, Age, GatewaysAsync, cancellationToken);
        await Task.WhenAll(credentials, gateways);
        return new EditingChoices((await credentials) is { Error: null } read ? read.Value : null, (await gateways) is { Error: null } found ? found.Value : null);
    }

    /// <summary>Nothing is taken over but what people choose by: values are secrets, whether the vendor masks them or not.</summary>
    private static async Task<IReadOnlyList<CredentialChoice>> CredentialsAsync(ISoracomClient client, CancellationToken cancellationToken) =>
    [
        .. (await client.Credentials.ListCredentialsAsync(cancellationToken))
            .Select(set => new CredentialChoice(set.CredentialsId, set.Type, set.Description ?? string.Empty))
            .OrderBy(choice => choice.Id, StringComparer.OrdinalIgnoreCase),
    ];

    private static async Task<IReadOnlyList<GatewayChoice>> GatewaysAsync(ISoracomClient client, CancellationToken cancellationToken)
    {
        var gateways = new List<GatewayChoice>();
        await foreach (var gateway in client.VirtualPrivateGateways.ListAllVirtualPrivateGatewaysAsync(cancellationToken))
        {
            if (gateway.VpgId is { } id)
            {
                gateways.Add(new GatewayChoice(id, gateway.Name));
            }
        }

        gateways.Sort((one, other) => StringComparer.CurrentCultureIgnoreCase.Compare(one.Name, other.Name));
        return gateways;
    }
}
