using Soracom.Api.Http;

namespace Soracom.Api.SoraCam;

/// <summary>Wire: SoraCamDeviceLicenseUpdate.</summary>
public sealed record LicenceAssignment
{
    /// <summary>One of <see cref="LicenceType"/>.</summary>
    [WireValues(typeof(LicenceType))]
    public string? Type { get; init; }
}

/// <summary>The licences of one kind that an account has bought (wire: SoraCamLicensePackResponse).</summary>
public sealed record LicencePack
{
    /// <summary>One of <see cref="LicenceType"/>.</summary>
    public string? Id { get; init; }

    public string? Name { get; init; }

    public int? Quantity { get; init; }

    public int? QuantityInUse { get; init; }

    public string? SalesChannel { get; init; }
}

/// <summary>Wire: SoraCamLicensePackQuantityUpdatingRequest.</summary>
public sealed record LicencePackQuantity
{
    /// <summary>What the caller believes the quantity to be.</summary>
    public int? CurrentQuantity { get; init; }

    public int? DesiredQuantity { get; init; }
}

/// <summary>Ids of licences: CR records all the time, MR when something moves; the number is the days that recordings are kept.</summary>
public static class LicenceType
{
    public const string Continuous7 = "CR7-SC";
    public const string Continuous14 = "CR14-SC";
    public const string Continuous30 = "CR30-SC";
    public const string Continuous60 = "CR60-SC";
    public const string Continuous90 = "CR90-SC";
    public const string Motion7 = "MR7-SC";
    public const string Motion14 = "MR14-SC";
    public const string Motion30 = "MR30-SC";
    public const string Motion60 = "MR60-SC";
    public const string Motion90 = "MR90-SC";
}
