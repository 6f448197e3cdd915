namespace Soracom.Sandbox.Orders;

/// <summary>Where orders are sent to.</summary>
/// <param name="Id">A UUID.</param>
/// <param name="Lines">What is known of it, by the names of <see cref="Names"/>.</param>
internal sealed record ShippingAddress(string Id, Dictionary<string, string> Lines)
{
    public const string State = "state";
    public const string Country = "countryCode";
    public const string Phone = "phoneNumber";

    public static IReadOnlyList<string> Names { get; } =
        ["companyName", "department", "fullName", Phone, "email", "zipCode", Country, State, "city", "addressLine1", "addressLine2", "building"];

    public static IReadOnlyList<string> Required { get; } = ["addressLine1", "city", State, "zipCode"];

    /// <summary>The part of Japan that it lies in; abroad there is only one.</summary>
    public string Area => Lines.GetValueOrDefault(Country, "JP") is "JP" or "" ? ShippingAreas.Of(Lines[State]) : ShippingAreas.Abroad;
}
