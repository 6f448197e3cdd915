using System.Text.Json;
using System.Text.Json.Serialization;
using Soracom.Api.Http;

namespace Soracom.Api.Credentials;

// Classes, not records: a record's text form would show what these hold.

/// <summary>A credential set (wire: CredentialsModel).</summary>
public sealed class CredentialSet
{
    public required string CredentialsId { get; init; }

    /// <summary>One of <see cref="CredentialType"/>.</summary>
    [WireValues(typeof(CredentialType))]
    public required string Type { get; init; }

    public string? Description { get; init; }

    /// <summary>The values by name, different for each type. Whether secrets are shown or masked is not documented: not for logs or pages.</summary>
    public required IReadOnlyDictionary<string, JsonElement> Credentials { get; init; }

    [JsonConverter(typeof(UnixMillisecondsConverter))]
    public required DateTimeOffset CreateDateTime { get; init; }

    [JsonConverter(typeof(UnixMillisecondsConverter))]
    public required DateTimeOffset UpdateDateTime { get; init; }

    /// <summary>1970 when it was never used.</summary>
    [JsonConverter(typeof(UnixMillisecondsConverter))]
    public required DateTimeOffset LastUsedDateTime { get; init; }
}

/// <summary>The body of createCredential and updateCredential.</summary>
public sealed class CredentialSetRequest : IHoldsSecrets
{
    /// <summary>One of <see cref="CredentialType"/>.</summary>
    [WireValues(typeof(CredentialType), AreMore = true)]
    public string? Type { get; init; }

    public string? Description { get; init; }

    /// <summary>The values by name, different for each type.</summary>
    public IReadOnlyDictionary<string, JsonElement>? Credentials { get; init; }

    IEnumerable<string?> IHoldsSecrets.Secrets => Credentials is null
        ? []
        : Credentials.Values.Where(value => value.ValueKind == JsonValueKind.String).Select(value => value.GetString());
}

/// <summary>Values of a credential set's type. The definition lists only four of them for the request; its examples use them all.</summary>
public static class CredentialType
{
    public const string ApiToken = "api-token-credentials";

    /// <summary>accessKeyId, secretAccessKey</summary>
    public const string Aws = "aws-credentials";

    /// <summary>roleArn, externalId</summary>
    public const string AwsIamRole = "aws-iam-role-credentials";

    /// <summary>policyName, key</summary>
    public const string Azure = "azure-credentials";

    /// <summary>sharedAccessKeyName, sharedAccessKey</summary>
    public const string AzureIot = "azureIoT-credentials";

    /// <summary>refererUrl</summary>
    public const string EsriJapan = "esrij-credentials";

    /// <summary>credentials: the service account's file</summary>
    public const string GoogleServiceAccount = "google-service-account-json";

    public const string GoogleIot = "googleIoT-credentials";

    public const string Platio = "infoteria-platio-credentials";

    public const string KiiThingInterface = "kii-thingif-credentials";

    public const string Landlog = "landlog-credentials";

    public const string MmCloud = "mmcloud-credentials";

    public const string MotionBoard = "motionboard-credentials";

    public const string OptimCloudIotOs = "optim-cloud-IoT-OS-credentials";

    public const string PrivateKey = "private-key-pem";

    /// <summary>key</summary>
    public const string PreSharedKey = "psk";

    public const string PubNub = "pubnub-credentials";

    public const string SensorCorpus = "sensorcorpus-credentials";

    /// <summary>username, password</summary>
    public const string UserNameAndPassword = "username-password-credentials";

    /// <summary>ca, cert, key</summary>
    public const string X509 = "x509";
}

[JsonSourceGenerationOptions(GenerationMode = JsonSourceGenerationMode.Metadata)]
[JsonSerializable(typeof(IReadOnlyList<CredentialSet>))]
[JsonSerializable(typeof(CredentialSetRequest))]
internal sealed partial class CredentialsJson : JsonSerializerContext;
