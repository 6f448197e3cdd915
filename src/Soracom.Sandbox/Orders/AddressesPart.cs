using System.Text.Json.Serialization;
using Soracom.Sandbox.State;

namespace Soracom.Sandbox.Orders;

/// <summary>The shipping addresses of an account, in the order that they were made.</summary>
internal sealed class AddressesPart() : Part<AddressesState>(AddressesJson.Default.AddressesState)
{
    private readonly List<ShippingAddress> addresses = [];

    public IReadOnlyList<ShippingAddress> All => addresses;

    public ShippingAddress? Find(string id) => addresses.Find(address => address.Id == id);

    /// <summary>Adds or replaces one.</summary>
    public void Put(ShippingAddress address)
    {
        var index = addresses.FindIndex(one => one.Id == address.Id);
        if (index < 0)
        {
            addresses.Add(address);
        }
        else
        {
            addresses[index] = address;
        }
    }

    public void Remove(ShippingAddress address) => addresses.Remove(address);

    /// <inheritdoc/>
    public override void Seed()
    {
        var random = Home.Random("addresses");
        (string Department, string FullName, string ZipCode, string State, string City, string Line)[] seeds = Home.Origin.Fleet is DemoFleets.Metro or DemoFleets.Hansa
            ? [("Field Service", "Jo Example", "50667", "Nordrhein-Westfalen", "Köln", "Domkloster 1")]
            :
            [
                ("情報システム部", "青葉 はるか", "1000001", "東京都", "千代田区千代田", "1-1"),
                ("札幌倉庫", "北川 ゆき", "0600001", "北海道", "札幌市中央区北一条西", "2-3"),
            ];
        foreach (var (department, fullName, zipCode, state, city, line) in seeds)
        {
            Put(new ShippingAddress(random.Uuid(), new Dictionary<string, string>(StringComparer.Ordinal)
            {
                ["companyName"] = Home.Account.Name,
                ["department"] = department,
                ["fullName"] = fullName,
                [ShippingAddress.Phone] = "0300000000",
                ["email"] = Home.Account.Email,
                ["zipCode"] = zipCode,
                [ShippingAddress.Country] = Home.Origin.Fleet is DemoFleets.Metro or DemoFleets.Hansa ? "DE" : "JP",
                [ShippingAddress.State] = state,
                ["city"] = city,
                ["addressLine1"] = line,
            }));
        }
    }

    protected override AddressesState Save() => new([.. addresses]);

    protected override void Load(AddressesState saved) => addresses.AddRange(saved.Addresses);
}

internal sealed record AddressesState(List<ShippingAddress> Addresses);

[JsonSourceGenerationOptions(GenerationMode = JsonSourceGenerationMode.Metadata)]
[JsonSerializable(typeof(AddressesState))]
internal sealed partial class AddressesJson : JsonSerializerContext;
