using System.Text.Json.Serialization;
using Soracom.Api.Http;
using Soracom.Api.Stats;

namespace Soracom.Api.SandboxAccounts;

// Classes, not records, where a record's text form would show what these hold.

/// <summary>The body of sandboxInitializeOperator.</summary>
public sealed class SandboxOperatorRequest : IHoldsSecrets
{
    /// <summary>Of the new account's root user.</summary>
    public required string Email { get; init; }

    /// <summary>Of the new account's root user.</summary>
    public required string Password { get; init; }

    /// <summary>Of a user of a production account.</summary>
    public required string AuthKeyId { get; init; }

    /// <summary>Of a user of a production account.</summary>
    public required string AuthKey { get; init; }

    /// <summary>True unless it says otherwise.</summary>
    public bool? RegisterPaymentMethod { get; init; }

    /// <summary>Values of <see cref="SandboxCoverage"/>.</summary>
    [WireValues(typeof(SandboxCoverage))]
    public IReadOnlyList<string>? CoverageTypes { get; init; }

    IEnumerable<string?> IHoldsSecrets.Secrets => [Password, AuthKey];
}

/// <summary>Values of <see cref="SandboxOperatorRequest.CoverageTypes"/>.</summary>
public static class SandboxCoverage
{
    public const string Japan = "jp";
    public const string Global = "g";
}

/// <summary>An API key and token of a new account (wire: sandboxAuthResponse).</summary>
public sealed class SandboxSignIn
{
    public string? OperatorId { get; init; }

    public string? ApiKey { get; init; }

    public string? Token { get; init; }

    /// <summary>Null for the root user.</summary>
    public string? UserName { get; init; }
}

/// <summary>The body of sandboxGetSignupToken.</summary>
public sealed class SandboxSignupTokenRequest : IHoldsSecrets
{
    /// <summary>Of a user of a production account.</summary>
    public string? AuthKeyId { get; init; }

    /// <summary>Of a user of a production account.</summary>
    public string? AuthKey { get; init; }

    IEnumerable<string?> IHoldsSecrets.Secrets => [AuthKey];
}

/// <summary>What a sign-up is confirmed with (wire: sandboxGetSignupTokenResponse).</summary>
public sealed class SandboxSignupToken
{
    public string? Token { get; init; }
}

/// <summary>The body of sandboxCreateSubscriber. Left out, it is a SIM of the coverage's usual plan.</summary>
public sealed record SandboxSubscriberRequest
{
    /// <summary>One of <see cref="SandboxSubscription"/>.</summary>
    [WireValues(typeof(SandboxSubscription))]
    public string? Subscription { get; init; }

    /// <summary>One of <see cref="SandboxBundle"/>, or none.</summary>
    [WireValues(typeof(SandboxBundle))]
    public IReadOnlyList<string>? Bundles { get; init; }
}

/// <summary>Values of <see cref="SandboxSubscriberRequest.Subscription"/>.</summary>
public static class SandboxSubscription
{
    public const string Plan01S = "plan01s";
    public const string Plan01SLowDataVolume = "plan01s-low_data_volume";
    public const string PlanP1 = "planP1";
    public const string PlanXM1 = "planXM1";
    public const string PlanX3 = "planX3";
    public const string PlanD = "plan-D";
    public const string PlanK = "plan-K";
    public const string PlanKM1 = "plan-KM1";
    public const string PlanDU = "plan-DU";
    public const string PlanK2 = "plan-K2";
}

/// <summary>Values of <see cref="SandboxSubscriberRequest.Bundles"/>.</summary>
public static class SandboxBundle
{
    public const string X3FiveMegabytes = "X3-5MB";
    public const string DHalfGigabyte = "D-500MB";
    public const string DUTenGigabytes = "DU-10GB";
    public const string DUFiftyGigabytes = "DU-50GB";
    public const string DUHundredGigabytes = "DU-100GB";
    public const string K2HalfGigabyte = "K2-500MB";
}

/// <summary>A SIM that nobody has registered yet (wire: sandboxCreateSubscriberResponse).</summary>
public sealed class SandboxSubscriber
{
    public string? Imsi { get; init; }

    public string? Msisdn { get; init; }

    /// <summary>What it is registered with.</summary>
    public string? RegistrationSecret { get; init; }

    public string? SerialNumber { get; init; }

    public string? Subscription { get; init; }

    public string? SpeedClass { get; init; }

    public string? Status { get; init; }

    public string? OperatorId { get; init; }

    public string? Apn { get; init; }

    public string? IpAddress { get; init; }

    public IReadOnlyDictionary<string, string>? Tags { get; init; }

    [JsonConverter(typeof(UnixMillisecondsConverter))]
    public DateTimeOffset? CreatedAt { get; init; }

    [JsonConverter(typeof(UnixMillisecondsConverter))]
    public DateTimeOffset? LastModifiedAt { get; init; }

    [JsonConverter(typeof(UnixMillisecondsConverter))]
    public DateTimeOffset? ExpiryTime { get; init; }
}

/// <summary>The body of sandboxShipOrder.</summary>
public sealed record SandboxShipment
{
    public required string OrderId { get; init; }

    public required string OperatorId { get; init; }
}

/// <summary>The body of sandboxInsertAirStats.</summary>
public sealed record SandboxAirStats
{
    [JsonPropertyName("unixtime"), JsonConverter(typeof(UnixSecondsConverter))]
    public DateTimeOffset? Time { get; init; }

    /// <summary>By speed class.</summary>
    [JsonPropertyName("dataTrafficStatsMap")]
    public IReadOnlyDictionary<string, Traffic>? Traffic { get; init; }
}

/// <summary>The body of sandboxInsertBeamStats.</summary>
public sealed record SandboxBeamStats
{
    [JsonPropertyName("unixtime"), JsonConverter(typeof(UnixSecondsConverter))]
    public DateTimeOffset? Time { get; init; }

    /// <summary>By direction and protocol, such as inHttp and outMqtts.</summary>
    [JsonPropertyName("beamStatsMap")]
    public IReadOnlyDictionary<string, StatsCount>? Counts { get; init; }
}

/// <summary>The body of sandboxCreateCoupon.</summary>
public sealed record SandboxCouponRequest
{
    /// <summary>In the coverage's currency.</summary>
    public int? Amount { get; init; }

    /// <summary>One of <see cref="SandboxCouponItem"/>.</summary>
    [WireValues(typeof(SandboxCouponItem))]
    public string? ApplicableBillItemName { get; init; }

    /// <summary>yyyyMM</summary>
    public string? ExpiryYearMonth { get; init; }
}

/// <summary>Values of <see cref="SandboxCouponRequest.ApplicableBillItemName"/>: what a coupon can be taken off.</summary>
public static class SandboxCouponItem
{
    public const string DataTraffic = "dailyDataTrafficChargeTotal";
    public const string All = "dailyChargeTotal";
    public const string Beam = "dailySoracomBeamRequestChargeTotal";
}

/// <summary>A coupon that nobody has registered yet (wire: sandboxCreateCouponResponse).</summary>
public sealed record SandboxCoupon
{
    public string? CouponCode { get; init; }

    public decimal? Amount { get; init; }

    public decimal? Balance { get; init; }

    public string? BillItemName { get; init; }

    /// <summary>yyyyMM</summary>
    public string? ExpiryYearMonth { get; init; }
}

[JsonSourceGenerationOptions(GenerationMode = JsonSourceGenerationMode.Metadata)]
[JsonSerializable(typeof(SandboxAirStats))]
[JsonSerializable(typeof(SandboxBeamStats))]
[JsonSerializable(typeof(SandboxCoupon))]
[JsonSerializable(typeof(SandboxCouponRequest))]
[JsonSerializable(typeof(SandboxOperatorRequest))]
[JsonSerializable(typeof(SandboxShipment))]
[JsonSerializable(typeof(SandboxSignIn))]
[JsonSerializable(typeof(SandboxSignupToken))]
[JsonSerializable(typeof(SandboxSignupTokenRequest))]
[JsonSerializable(typeof(SandboxSubscriber))]
[JsonSerializable(typeof(SandboxSubscriberRequest))]
internal sealed partial class SandboxAccountsJson : JsonSerializerContext;
