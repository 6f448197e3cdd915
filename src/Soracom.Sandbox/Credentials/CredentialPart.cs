using System.Text.Json.Serialization;
using Soracom.Sandbox.State;

namespace Soracom.Sandbox.Credentials;

/// <summary>
/// The credential sets of a coverage, as the groups that use them belong to one; whether the service keeps them for both together is
/// not public.
/// </summary>
internal sealed class CredentialPart() : Part<List<CredentialSet>>(CredentialJson.Default.ListCredentialSet)
{
    private static readonly (string Id, string Type, string Description, string[] Members)[] Demo =
    [
        ("kinesis-telemetry", "aws-credentials", "Kinesis への転送", ["accessKeyId", "secretAccessKey"]),
        ("iot-core-certificate", "x509", "AWS IoT Core", ["key", "cert", "ca"]),
        ("backend-basic-auth", "username-password-credentials", "業務システム連携", ["username", "password"]),
        ("device-psk", "psk", "", ["key"]),
    ];

    private readonly SortedDictionary<string, CredentialSet> sets = new(StringComparer.Ordinal);

    public IReadOnlyCollection<CredentialSet> All => sets.Values;

    public CredentialSet? Find(string id) => sets.GetValueOrDefault(id);

    public void Put(CredentialSet set) => sets[set.Id] = set;

    public void Remove(CredentialSet set) => sets.Remove(set.Id);

    public override void Seed()
    {
        var random = Home.Random("credentials");
        foreach (var (id, type, description, members) in Demo)
        {
            var created = Home.Origin.Start.AddMinutes(-random.Next(200 * 24 * 60, 600 * 24 * 60));
            var used = random.Chance(75) ? Home.Origin.Start.AddMinutes(-random.Next(1, 24 * 60)) : default(DateTimeOffset?);
            var values = members.ToDictionary(member => member, _ => $"\"{random.Text(20)}\"", StringComparer.Ordinal);
            Put(new CredentialSet(id, type, description, values, created, created.AddDays(random.Next(0, 100)), used));
        }
    }

    protected override List<CredentialSet> Save() => [.. sets.Values];

    protected override void Load(List<CredentialSet> saved) => saved.ForEach(Put);
}

/// <summary>A credential set. <see cref="object.ToString"/> leaves the secrets out.</summary>
/// <param name="Id">Chosen by the operator.</param>
/// <param name="Type">One of <see cref="CredentialOperations.Types"/>.</param>
/// <param name="Description">For people.</param>
/// <param name="Values">JSON texts by name.</param>
/// <param name="Created">When.</param>
/// <param name="Updated">When last.</param>
/// <param name="LastUsed">When a service last signed in with it; null when none did.</param>
internal sealed record CredentialSet(
    string Id, string Type, string? Description, IReadOnlyDictionary<string, string> Values, DateTimeOffset Created, DateTimeOffset Updated, DateTimeOffset? LastUsed)
{
    public override string ToString() => $"{nameof(CredentialSet)} {Id}";
}

[JsonSourceGenerationOptions(GenerationMode = JsonSourceGenerationMode.Metadata, PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase)]
[JsonSerializable(typeof(List<CredentialSet>))]
internal sealed partial class CredentialJson : JsonSerializerContext;
