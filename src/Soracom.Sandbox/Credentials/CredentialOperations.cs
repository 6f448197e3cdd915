using System.Text.Json;
using Soracom.Sandbox.Errors;
using Soracom.Sandbox.Http;

namespace Soracom.Sandbox.Credentials;

/// <summary>The tag Credential: what the service signs in with at other services.</summary>
internal static class CredentialOperations
{
    private const string One = "/credentials/{credentials_id}";
    private const string Masked = "********";
    private const int LongestId = 100;

    /// <summary>All of the definition's; it lists only four of them for the request, and uses the others in its examples.</summary>
    public static readonly string[] Types =
    [
        "api-token-credentials", "aws-credentials", "aws-iam-role-credentials", "azure-credentials", "azureIoT-credentials", "esrij-credentials",
        "google-service-account-json", "googleIoT-credentials", "infoteria-platio-credentials", "kii-thingif-credentials", "landlog-credentials",
        "mmcloud-credentials", "motionboard-credentials", "optim-cloud-IoT-OS-credentials", "private-key-pem", "psk", "pubnub-credentials",
        "sensorcorpus-credentials", "username-password-credentials", "x509",
    ];

    /// <summary>Values that are no secrets; all others are masked when they are read.</summary>
    private static readonly string[] Open =
        ["accessKeyId", "roleArn", "externalId", "policyName", "sharedAccessKeyName", "refererUrl", "username", "ca", "cert"];

    public static IReadOnlyList<Operation> All { get; } =
    [
        new("GET", "/credentials", "listCredentials", "Credential:listCredentials", List),
        new("POST", One, "createCredential", "Credential:createCredential", Create),
        new("PUT", One, "updateCredential", "Credential:updateCredential", Update) { ExpiredTokenStatus = StatusCodes.Status400BadRequest },
        new("DELETE", One, "deleteCredential", "Credential:deleteCredential", Delete),
    ];

    private static Answer List(Call call)
    {
        var shown = call.Options.Undocumented.CredentialSecretsAreShown;
        return Answer.List([.. call.Data.Part<CredentialPart>().All], (json, set) => Write(json, set, shown));
    }

    private static Answer Create(Call call)
    {
        var sets = call.Data.Part<CredentialPart>();
        var id = call.Path["credentials_id"];
        if (id.Length is 0 or > LongestId || !id.All(character => char.IsAsciiLetterOrDigit(character) || character is '-' or '_' or '.'))
        {
            throw new VendorException(CredentialErrors.BadId, $"{LongestId}");
        }

        var set = Read(call, new CredentialSet(id, "", null, new Dictionary<string, string>(StringComparer.Ordinal), call.Now, call.Now, LastUsed: null));
        if (sets.Find(id) is not null)
        {
            throw new VendorException(CredentialErrors.SetExists);
        }

        sets.Put(set);
        var shown = call.Options.Undocumented.CredentialSecretsAreShown;
        return Answer.Created(json => Write(json, set, shown));
    }

    private static Answer Update(Call call)
    {
        var set = Read(call, Known(call)) with { Updated = call.Now };
        call.Data.Part<CredentialPart>().Put(set);
        var shown = call.Options.Undocumented.CredentialSecretsAreShown;
        return Answer.Ok(json => Write(json, set, shown));
    }

    private static Answer Delete(Call call)
    {
        call.Data.Part<CredentialPart>().Remove(Known(call));
        return Answer.NoContent;
    }

    private static CredentialSet Known(Call call) =>
        call.Data.Part<CredentialPart>().Find(call.Path["credentials_id"]) ?? throw new VendorException(CredentialErrors.NoSuchSet);

    /// <summary>The set with what the body says, all of it anew.</summary>
    private static CredentialSet Read(Call call, CredentialSet set)
    {
        var body = call.Body.Object();
        return set with
        {
            Type = body.Choice("type", Types) ?? throw new VendorException(VendorErrors.Required, "type"),
            Description = body.Text("description"),
            Values = (body.Object("credentials") ?? throw new VendorException(VendorErrors.Required, "credentials"))
                .Members.GroupBy(member => member.Name, StringComparer.Ordinal)
                .ToDictionary(same => same.Key, same => same.Last().Value.GetRawText(), StringComparer.Ordinal),
        };
    }

    /// <summary>The definition requires the time of last use, also of a set that was never used.</summary>
    private static void Write(Utf8JsonWriter json, CredentialSet set, bool shown)
    {
        json.WriteStartObject();
        json.WriteString("credentialsId", set.Id);
        json.WriteString("type", set.Type);
        json.WriteString("description", set.Description ?? "");
        json.WriteStartObject("credentials");
        foreach (var (name, value) in set.Values.OrderBy(pair => pair.Key, StringComparer.Ordinal))
        {
            json.WritePropertyName(name);
            json.WriteRawValue(shown || Open.Contains(name, StringComparer.Ordinal) ? value : $"\"{Masked}\"");
        }

        json.WriteEndObject();
        json.WriteNumber("createDateTime", set.Created.ToUnixTimeMilliseconds());
        json.WriteNumber("updateDateTime", set.Updated.ToUnixTimeMilliseconds());
        json.WriteNumber("lastUsedDateTime", set.LastUsed?.ToUnixTimeMilliseconds() ?? 0);
        json.WriteEndObject();
    }
}
