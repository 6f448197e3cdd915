using System.Text.Json.Serialization;
using Soracom.Sandbox.State;

namespace Soracom.Sandbox.SystemNotifications;

/// <summary>Who gets notices of a type.</summary>
/// <param name="Type">As on the wire.</param>
/// <param name="AddressIds">Ids of the account's mail addresses.</param>
/// <param name="UpdateTime">In Unix milliseconds.</param>
internal sealed record Notified(string Type, IReadOnlyList<string> AddressIds, long UpdateTime);

/// <summary>Which of an account's mail addresses get which notices.</summary>
internal sealed class SystemNotificationPart() : Part<SystemNotificationState>(SystemNotificationStateJson.Default.SystemNotificationState)
{
    public const string Primary = "primary";

    public static readonly IReadOnlyList<string> Types = [Primary, "recovery", "billing", "support"];

    private const int MoreAddresses = 2;

    private readonly Dictionary<string, Notified> byType = new(StringComparer.Ordinal);

    /// <summary>The account's addresses: the root user's, and those of two colleagues in a demo.</summary>
    public IReadOnlyList<string> AddressIds
    {
        get
        {
            var random = Home.Random("mail addresses");
            return [.. Enumerable.Range(0, Home.Origin.Fleet is null ? 1 : 1 + MoreAddresses).Select(_ => random.Uuid())];
        }
    }

    /// <summary>Nobody, but for the primary notices: the root user gets those from the beginning.</summary>
    public Notified Find(string type) => byType.GetValueOrDefault(type)
        ?? new Notified(type, type == Primary ? [AddressIds[0]] : [], Home.Account.Created.ToUnixTimeMilliseconds());

    public void Put(Notified notified) => byType[notified.Type] = notified;

    public void Remove(string type) => byType.Remove(type);

    public override void Seed() => Put(new Notified("billing", [.. AddressIds.Skip(1)], Home.Account.Created.AddDays(30).ToUnixTimeMilliseconds()));

    protected override SystemNotificationState Save() => new([.. Types.Select(byType.GetValueOrDefault).OfType<Notified>()]);

    protected override void Load(SystemNotificationState saved) => saved.Notified.ForEach(Put);
}

/// <param name="Notified">The types for which somebody said who.</param>
internal sealed record SystemNotificationState(List<Notified> Notified);

[JsonSourceGenerationOptions(GenerationMode = JsonSourceGenerationMode.Metadata)]
[JsonSerializable(typeof(SystemNotificationState))]
internal sealed partial class SystemNotificationStateJson : JsonSerializerContext;
