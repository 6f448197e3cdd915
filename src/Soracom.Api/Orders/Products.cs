using System.Text.Json;
using System.Text.Json.Serialization;
using Soracom.Api.Http;

namespace Soracom.Api.Orders;

/// <summary>What can be bought (wire: ListProductResponse).</summary>
public sealed record ProductList
{
    [JsonPropertyName("productList")]
    public IReadOnlyList<Product>? Products { get; init; }

    [JsonPropertyName("shippingCostList")]
    public IReadOnlyList<ShippingCost>? ShippingCosts { get; init; }
}

/// <summary>Something that can be bought (wire: ProductModel). Prices are in <see cref="Currency"/>, without tax unless they say so.</summary>
public sealed record Product
{
    public string? ProductCode { get; init; }

    public string? ProductName { get; init; }

    [WireValues(typeof(ProductType), AreMore = true)]
    public string? ProductType { get; init; }

    public string? Description { get; init; }

    /// <summary>How many pieces one is made of.</summary>
    public decimal? Count { get; init; }

    public int? MaxQuantity { get; init; }

    [WireValues(typeof(Currency))]
    public string? Currency { get; init; }

    public decimal? Price { get; init; }

    public decimal? TaxIncludedPrice { get; init; }

    public decimal? RegularPrice { get; init; }

    public decimal? TaxIncludedRegularPrice { get; init; }

    public IReadOnlyList<QuantityPrice>? PriceByQuantityList { get; init; }

    public string? CampaignCode { get; init; }

    /// <summary>Who sells it, where that is not the vendor.</summary>
    public string? ConsignorId { get; init; }

    public string? ConsignorName { get; init; }

    [JsonPropertyName("productInfoURL")]
    public string? ProductInfoUrl { get; init; }

    [JsonPropertyName("termsOfConsignorURL")]
    public string? TermsOfConsignorUrl { get; init; }

    public string? TermsOfSolutionName { get; init; }

    [JsonPropertyName("termsOfSolutionURL")]
    public string? TermsOfSolutionUrl { get; init; }

    /// <summary>More about it, by name.</summary>
    public IReadOnlyDictionary<string, string>? Properties { get; init; }
}

/// <summary>A price for at least so many (wire: PriceByQuantity).</summary>
public sealed record QuantityPrice
{
    public int? MinQuantity { get; init; }

    public decimal? Price { get; init; }

    public decimal? TaxIncludedPrice { get; init; }
}

/// <summary>What shipping costs (wire: ShippingCostModel).</summary>
public sealed record ShippingCost
{
    [JsonPropertyName("shippingCost")]
    public decimal? Cost { get; init; }

    [WireValues(typeof(Currency))]
    public string? Currency { get; init; }

    /// <summary>One of <see cref="Orders.ShippingArea"/>; Japan coverage only.</summary>
    [WireValues(typeof(ShippingArea))]
    public string? ShippingArea { get; init; }

    public string? ShippingAreaName { get; init; }

    /// <summary>Of the parcel, in the carrier's classes.</summary>
    public int? Size { get; init; }

    /// <summary>Options that it holds for, of two layouts.</summary>
    public IReadOnlyList<JsonElement>? AppliedShippingOptions { get; init; }
}

/// <summary>Values of <see cref="Product.ProductType"/>.</summary>
public static class ProductType
{
    public const string Sim = "sim";
    public const string Lora = "lora";
    public const string Sigfox = "sigfox";

    /// <summary>A modem, a gateway.</summary>
    public const string NetworkModule = "network_module";
    public const string Other = "misc";
}

/// <summary>Values of <c>currency</c>.</summary>
public static class Currency
{
    public const string Yen = "JPY";
    public const string Dollar = "USD";
    public const string Euro = "EUR";
}

/// <summary>Values of <see cref="ShippingCost.ShippingArea"/>: the parts of Japan.</summary>
public static class ShippingArea
{
    public const string Hokkaido = "hokkaido";
    public const string NorthernTohoku = "kita_tohoku";
    public const string SouthernTohoku = "minami_tohoku";
    public const string Kanto = "kanto";
    public const string Shinetsu = "shinetsu";
    public const string Chubu = "chubu";
    public const string Hokuriku = "hokuriku";
    public const string Kansai = "kansai";
    public const string Chugoku = "chugoku";
    public const string Shikoku = "shikoku";
    public const string Kyushu = "kyushu";
    public const string Okinawa = "okinawa";
}
