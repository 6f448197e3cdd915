using System.Text.Json.Serialization;
using Soracom.Sandbox.State;

namespace Soracom.Sandbox.Users;

/// <summary>Who can sign in to an account, as it is saved. <see cref="object.ToString"/> leaves the secrets out.</summary>
internal sealed record PeopleState(User Root, List<User> Users, List<Role> Roles, string? DefaultPermissions, List<MailedToken> Tokens)
{
    public override string ToString() => nameof(PeopleState);
}

/// <summary>A role of the operator's own.</summary>
/// <param name="Id">Chosen by the operator; also its name.</param>
/// <param name="Permission">A permission document.</param>
internal sealed record Role(string Id, string Permission)
{
    public string? Description { get; init; }

    public DateTimeOffset Created { get; init; }

    public DateTimeOffset Updated { get; init; }
}

/// <summary>A token that was mailed to the root user.</summary>
/// <param name="Purpose">What it is good for; a new one takes the place of the last one for the same.</param>
/// <param name="Token">The token.</param>
/// <param name="Expires">Until when.</param>
internal sealed record MailedToken(string Purpose, string Token, DateTimeOffset Expires)
{
    public const string PasswordReset = "password reset";
    public const string MfaRevocation = "MFA revocation";

    public override string ToString() => $"{nameof(MailedToken)} {Purpose}";
}

[JsonSourceGenerationOptions(
    GenerationMode = JsonSourceGenerationMode.Metadata,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase)]
[JsonSerializable(typeof(PeopleState))]
internal sealed partial class PeopleJson : JsonSerializerContext;
