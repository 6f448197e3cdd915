namespace Soracom.Api.Orders;

/// <summary>Where an order is sent to (wire: ShippingAddressModel).</summary>
public sealed record ShippingAddress
{
    public string? CompanyName { get; init; }

    public string? Department { get; init; }

    public string? FullName { get; init; }

    public string? PhoneNumber { get; init; }

    public string? Email { get; init; }

    public required string ZipCode { get; init; }

    /// <summary>Two letters.</summary>
    public string? CountryCode { get; init; }

    /// <summary>A prefecture in Japan.</summary>
    public required string State { get; init; }

    public required string City { get; init; }

    public required string AddressLine1 { get; init; }

    public string? AddressLine2 { get; init; }

    public string? Building { get; init; }
}

/// <summary>The same as the vendor keeps it (wire: GetShippingAddressResponse).</summary>
public sealed record RegisteredShippingAddress
{
    public string? ShippingAddressId { get; init; }

    public string? CompanyName { get; init; }

    public string? Department { get; init; }

    public string? FullName { get; init; }

    public string? PhoneNumber { get; init; }

    public string? ZipCode { get; init; }

    public string? State { get; init; }

    public string? City { get; init; }

    public string? AddressLine1 { get; init; }

    public string? AddressLine2 { get; init; }

    public string? Building { get; init; }

    /// <summary>Decides the shipping cost; see <see cref="ShippingCost.ShippingArea"/>.</summary>
    public string? ShippingArea { get; init; }
}

/// <summary>All of an account's (wire: ListShippingAddressResponse).</summary>
public sealed record ShippingAddressList
{
    public IReadOnlyList<RegisteredShippingAddress>? ShippingAddresses { get; init; }
}
