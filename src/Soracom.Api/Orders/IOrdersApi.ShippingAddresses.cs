using RestEase;
using Soracom.Api.Http;

namespace Soracom.Api.Orders;

/// <content>Where orders are sent to.</content>
public partial interface IOrdersApi
{
    /// <summary>Vendor operation listShippingAddresses: all of the account's, without pages.</summary>
    [SoracomOperation("listShippingAddresses"), Get("/operators/{operator_id}/shipping_addresses")]
    Task<ShippingAddressList> ListShippingAddressesAsync([Path("operator_id")] string operatorId, CancellationToken cancellationToken = default);

    /// <summary>Vendor operation getShippingAddress: one of them.</summary>
    [SoracomOperation("getShippingAddress"), Get("/operators/{operator_id}/shipping_addresses/{shipping_address_id}")]
    Task<RegisteredShippingAddress> GetShippingAddressAsync(
        [Path("operator_id")] string operatorId, [Path("shipping_address_id")] string shippingAddressId, CancellationToken cancellationToken = default);

    /// <summary>Vendor operation createShippingAddress: a further one.</summary>
    [SoracomOperation("createShippingAddress"), Post("/operators/{operator_id}/shipping_addresses")]
    Task<RegisteredShippingAddress> CreateShippingAddressAsync(
        [Path("operator_id")] string operatorId, [Body] ShippingAddress request, CancellationToken cancellationToken = default);

    /// <summary>Vendor operation updateShippingAddress: replaces one as a whole.</summary>
    [SoracomOperation("updateShippingAddress", Effect = CallEffect.Repeatable), Put("/operators/{operator_id}/shipping_addresses/{shipping_address_id}")]
    Task UpdateShippingAddressAsync(
        [Path("operator_id")] string operatorId,
        [Path("shipping_address_id")] string shippingAddressId,
        [Body] ShippingAddress request,
        CancellationToken cancellationToken = default);

    /// <summary>Vendor operation deleteShippingAddress: forgets one; orders keep what they were made with.</summary>
    [SoracomOperation("deleteShippingAddress"), Delete("/operators/{operator_id}/shipping_addresses/{shipping_address_id}")]
    Task DeleteShippingAddressAsync(
        [Path("operator_id")] string operatorId, [Path("shipping_address_id")] string shippingAddressId, CancellationToken cancellationToken = default);
}
