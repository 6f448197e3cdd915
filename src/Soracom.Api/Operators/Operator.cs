using System.Text.Json.Serialization;

namespace Soracom.Api.Operators;

/// <summary>An operator account (wire: GetOperatorResponse).</summary>
public sealed record Operator
{
    public required string OperatorId { get; init; }

    /// <summary>The operator at the root of a hierarchy of accounts; the account itself where there is none.</summary>
    public string? RootOperatorId { get; init; }

    /// <summary>The root user's e-mail address.</summary>
    public string? Email { get; init; }

    public string? Description { get; init; }

    /// <summary>An RFC 3339 string on the wire, unlike most times of this API.</summary>
    public DateTimeOffset? CreateDate { get; init; }

    /// <summary>An RFC 3339 string on the wire, unlike most times of this API.</summary>
    public DateTimeOffset? UpdateDate { get; init; }
}

[JsonSourceGenerationOptions(GenerationMode = JsonSourceGenerationMode.Metadata)]
[JsonSerializable(typeof(Operator))]
[JsonSerializable(typeof(CompanyInformation))]
[JsonSerializable(typeof(IndividualInformation))]
[JsonSerializable(typeof(OperatorConfiguration))]
[JsonSerializable(typeof(SetOperatorConfigurationRequest))]
[JsonSerializable(typeof(OperatorContract))]
[JsonSerializable(typeof(AddContractRequest))]
[JsonSerializable(typeof(RevokeMfaRequest))]
[JsonSerializable(typeof(MfaBackupCodes))]
[JsonSerializable(typeof(SupportToken))]
internal sealed partial class OperatorsJson : JsonSerializerContext;
