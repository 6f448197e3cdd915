using System.Text.Json;
using Soracom.Sandbox.Errors;
using Soracom.Sandbox.Http;
using Soracom.Sandbox.Operators;

namespace Soracom.Sandbox.Orders;

/// <summary>The tag ShippingAddress.</summary>
internal static class AddressOperations
{
    private const string Many = "/operators/{operator_id}/shipping_addresses";
    private const string One = $"{Many}/{{shipping_address_id}}";
    private const int Longest = 255;

    public static IReadOnlyList<Operation> All { get; } =
    [
        new("GET", Many, "listShippingAddresses", "ShippingAddress:listShippingAddresses", List),
        new("POST", Many, "createShippingAddress", "ShippingAddress:createShippingAddress", Create),
        new("GET", One, "getShippingAddress", "ShippingAddress:getShippingAddress", Get),
        new("PUT", One, "updateShippingAddress", "ShippingAddress:updateShippingAddress", Update),
        new("DELETE", One, "deleteShippingAddress", "ShippingAddress:deleteShippingAddress", Delete),
    ];

    /// <summary>As orders show it.</summary>
    public static void WriteLines(Utf8JsonWriter json, ShippingAddress address, params ReadOnlySpan<string> without)
    {
        foreach (var name in ShippingAddress.Names)
        {
            if (!without.Contains(name) && address.Lines.TryGetValue(name, out var line))
            {
                json.WriteString(name, line);
            }
        }
    }

    private static Answer List(Call call)
    {
        OperatorOperations.EnsureOwnOperator(call);
        List<ShippingAddress> addresses = [.. call.Account.Part<AddressesPart>().All];
        return Answer.Ok(json =>
        {
            json.WriteStartObject();
            json.WriteStartArray("shippingAddresses");
            addresses.ForEach(address => Write(json, address));
            json.WriteEndArray();
            json.WriteEndObject();
        });
    }

    private static Answer Create(Call call)
    {
        OperatorOperations.EnsureOwnOperator(call);
        var address = new ShippingAddress(Guid.NewGuid().ToString(), Read(call.Body.Object()));
        call.Account.Part<AddressesPart>().Put(address);
        return Answer.Created(json => Write(json, address));
    }

    private static Answer Get(Call call)
    {
        var address = Find(call);
        return Answer.Ok(json => Write(json, address));
    }

    private static Answer Update(Call call)
    {
        var address = Find(call);
        call.Account.Part<AddressesPart>().Put(address with { Lines = Read(call.Body.Object()) });
        return Answer.EmptyOk;
    }

    private static Answer Delete(Call call)
    {
        call.Account.Part<AddressesPart>().Remove(Find(call));
        return Answer.EmptyOk;
    }

    private static ShippingAddress Find(Call call)
    {
        OperatorOperations.EnsureOwnOperator(call);
        return call.Account.Part<AddressesPart>().Find(call.Path["shipping_address_id"]) ?? throw new VendorException(OrderErrors.NoAddress);
    }

    private static Dictionary<string, string> Read(JsonFields body)
    {
        var lines = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var name in ShippingAddress.Names)
        {
            var line = ShippingAddress.Required.Contains(name, StringComparer.Ordinal) ? body.RequiredText(name) : body.Text(name);
            if (line is null)
            {
                continue;
            }

            if (line.Length > Longest || (line.Length == 0 && ShippingAddress.Required.Contains(name, StringComparer.Ordinal)))
            {
                throw new VendorException(OrderErrors.TooLong, name, $"{Longest}");
            }

            lines.Add(name, line);
        }

        return lines;
    }

    /// <summary>An address of the list says where it lies, but not the mail address and country that it was made with. The telephone number is always there.</summary>
    private static void Write(Utf8JsonWriter json, ShippingAddress address)
    {
        json.WriteStartObject();
        json.WriteString("shippingAddressId", address.Id);
        WriteLines(json, address, "email", ShippingAddress.Country, ShippingAddress.Phone);
        json.WriteString(ShippingAddress.Phone, address.Lines.GetValueOrDefault(ShippingAddress.Phone, ""));
        json.WriteString("shippingArea", address.Area);
        json.WriteEndObject();
    }
}
