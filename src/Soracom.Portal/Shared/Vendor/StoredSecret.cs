using System.Text.Json;
using System.Text.Json.Serialization;
using Soracom.Api;
using Soracom.Portal.Data.Credentials;

namespace Soracom.Portal.Shared.Vendor;

/// <summary>The form in which a credential is sealed: JSON with one property a field.</summary>
internal static partial class StoredSecret
{
    public static byte[] Write(SoracomCredential credential) => JsonSerializer.SerializeToUtf8Bytes(
        credential switch
        {
            AuthKeyCredential key => new Fields { Name = key.AuthKeyId, Secret = key.AuthKey },
            SamUserCredential user => new Fields { Operator = user.OperatorId, Name = user.UserName, Secret = user.Password },
            RootCredential root => new Fields { Name = root.Email, Secret = root.Password },
            _ => throw new ArgumentException($"A {credential.GetType().Name} can't be stored.", nameof(credential)),
        },
        FieldsJson.Default.Fields);

    public static SoracomCredential Read(CredentialKind kind, ReadOnlySpan<byte> json)
    {
        var fields = JsonSerializer.Deserialize(json, FieldsJson.Default.Fields) ?? throw new VaultException(VaultFailure.Damaged.ToString());
        return kind switch
        {
            CredentialKind.AuthKey => new AuthKeyCredential(fields.Name, fields.Secret),
            CredentialKind.SamUser => new SamUserCredential(fields.Operator ?? string.Empty, fields.Name, fields.Secret),
            CredentialKind.Root => new RootCredential(fields.Name, fields.Secret),
            _ => throw new ArgumentOutOfRangeException(nameof(kind), kind, "No such kind."),
        };
    }

    public static CredentialKind KindOf(SoracomCredential credential) => credential switch
    {
        AuthKeyCredential => CredentialKind.AuthKey,
        SamUserCredential => CredentialKind.SamUser,
        RootCredential => CredentialKind.Root,
        _ => throw new ArgumentException($"A {credential.GetType().Name} can't be stored.", nameof(credential)),
    };

    // A class, not a record: a record's text form would show the secret.
    private sealed class Fields
    {
        public string? Operator { get; init; }

        public required string Name { get; init; }

        public required string Secret { get; init; }
    }

    [JsonSerializable(typeof(Fields))]
    private sealed partial class FieldsJson : JsonSerializerContext;
}
