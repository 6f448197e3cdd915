using System.Text.Json;
using Soracom.Api.Http;

namespace Soracom.Api.Operators;

/// <summary>The company behind an account (wire: CompanyInformationModel).</summary>
public sealed record CompanyInformation
{
    public required string CompanyName { get; init; }

    public required string Department { get; init; }

    public required string ContactPersonName { get; init; }

    /// <summary>ISO 3166, two letters.</summary>
    public required string CountryCode { get; init; }

    public required string ZipCode { get; init; }

    public string? State { get; init; }

    public string? City { get; init; }

    public string? AddressLine1 { get; init; }

    public string? AddressLine2 { get; init; }

    public string? Building { get; init; }

    public required string PhoneNumber { get; init; }

    public string? VatIdentificationNumber { get; init; }
}

/// <summary>The person behind an account (wire: IndividualInformationModel).</summary>
public sealed record IndividualInformation
{
    public required string FullName { get; init; }

    /// <summary>ISO 3166, two letters.</summary>
    public required string CountryCode { get; init; }

    public required string ZipCode { get; init; }

    public string? State { get; init; }

    public string? City { get; init; }

    public string? AddressLine1 { get; init; }

    public string? AddressLine2 { get; init; }

    public string? Building { get; init; }

    public required string PhoneNumber { get; init; }
}

/// <summary>Account-level settings of a namespace (wire: OperatorConfigurationModel).</summary>
public sealed record OperatorConfiguration
{
    /// <summary>One of <see cref="OperatorConfigurationNamespace"/>.</summary>
    [WireValues(typeof(OperatorConfigurationNamespace))]
    public string? Namespace { get; init; }

    /// <summary>An object, different for each namespace.</summary>
    public JsonElement Configuration { get; init; }

    /// <summary>Whether the API can change it; some settings are for the vendor's staff.</summary>
    public bool? IsModifiable { get; init; }

    /// <summary>Another one after each change.</summary>
    public decimal? Version { get; init; }
}

/// <summary>The body of setOperatorConfigurationNamespace.</summary>
public sealed record SetOperatorConfigurationRequest
{
    /// <summary>An object, different for each namespace.</summary>
    public required JsonElement Configuration { get; init; }

    /// <summary>The version that was read; the change is refused when somebody else has made another since. Null changes it anyway.</summary>
    public decimal? ExpectedVersion { get; init; }
}

/// <summary>Known namespaces of account-level settings.</summary>
public static class OperatorConfigurationNamespace
{
    /// <summary>tier, upcomingTier, paymentCoverage</summary>
    public const string Support = "Support";

    /// <summary>billing.attachInvoicePdfEnabled, notification.exceedBundleDisabled</summary>
    public const string Email = "Email";
}

/// <summary>An option of an account (wire: ContractUpdatedResponse).</summary>
public sealed record OperatorContract
{
    /// <summary>One of <see cref="Operators.ContractName"/>.</summary>
    [WireValues(typeof(ContractName))]
    public string? ContractName { get; init; }

    /// <summary>An object: plan and ttl in days for harvest, tier for support.</summary>
    public JsonElement ContractDetail { get; init; }
}

/// <summary>The body of addOperatorContract.</summary>
public sealed record AddContractRequest
{
    /// <summary>One of <see cref="Operators.ContractName"/>.</summary>
    [WireValues(typeof(ContractName))]
    public required string ContractName { get; init; }

    /// <summary>An object: plan and ttl in days for harvest, tier for support; null for the others.</summary>
    public JsonElement? ContractDetail { get; init; }
}

/// <summary>Known options of an account.</summary>
public static class ContractName
{
    public const string ApiAuditLog = "api_audit_log";

    /// <summary>Harvest data kept for 731 days instead of 40.</summary>
    public const string Harvest = "harvest";

    public const string Napter = "napter";
    public const string Support = "support";
}

// Classes, not records, from here on: a record's text form would show what these hold.

/// <summary>The body of revokeMFA.</summary>
public sealed class RevokeMfaRequest : IHoldsSecrets
{
    public required string Password { get; init; }

    IEnumerable<string?> IHoldsSecrets.Secrets => [Password];
}

/// <summary>Codes that each stand in once for a lost second factor (wire: OperatorMFAVerifyingResponse).</summary>
public sealed class MfaBackupCodes
{
    public required IReadOnlyList<string> BackupCodes { get; init; }
}

/// <summary>A token for the support site (wire: SupportTokenResponse).</summary>
public sealed class SupportToken
{
    public required string Token { get; init; }
}
