using System.Collections.Immutable;
using System.Text.Json;
using System.Text.Json.Serialization;
using Soracom.Sandbox.State;

namespace Soracom.Sandbox.Saving;

/// <summary>What a state file holds: everything that is not as the seeds make it.</summary>
/// <param name="Format">The version of this layout.</param>
/// <param name="Seed">The sandbox's seed; the state of another one fits nothing.</param>
/// <param name="Start">The moment from which the past of the demo is counted back: it stays what it was.</param>
/// <param name="ClockOffset">How far the clock was moved.</param>
/// <param name="Accounts">The accounts that have changed, and those that were made.</param>
/// <param name="LinkKey">What addresses of files are signed with; files of before it was chance lack it.</param>
internal sealed record SavedWorld(int Format, int Seed, DateTimeOffset Start, TimeSpan ClockOffset, List<SavedAccount> Accounts, byte[]? LinkKey = null)
{
    public const int PresentFormat = 1;

    public override string ToString() => nameof(SavedWorld);
}

/// <param name="OperatorId">Whose state it is.</param>
/// <param name="Owner">Who made the account; null for those of the demo.</param>
/// <param name="Parts">The states of the account's own parts, by name.</param>
/// <param name="Coverages">jp and g, where something has changed.</param>
internal sealed record SavedAccount(string OperatorId, SavedOwner? Owner, Dictionary<string, JsonElement> Parts, Dictionary<string, SavedCoverage> Coverages);

/// <summary>What an account was made with.</summary>
internal sealed record SavedOwner(string Name, string Email, DateTimeOffset Created, string Password, List<AuthKey> AuthKeys)
{
    public static SavedOwner Of(OperatorAccount account) =>
        new(account.Name, account.Email, account.Created, account.Root.Password!, [.. account.Root.AuthKeys]);

    public override string ToString() => nameof(SavedOwner);
}

/// <param name="Sims">Those that were changed or added.</param>
/// <param name="Groups">Those that were changed or added.</param>
/// <param name="RemovedGroups">Ids of groups that were deleted.</param>
/// <param name="Parts">The states of the coverage's parts, by name.</param>
/// <param name="RemovedSims">Ids of SIMs that are another account's now; files of before there were any lack it.</param>
internal sealed record SavedCoverage(
    List<Sim> Sims, List<Group> Groups, List<string> RemovedGroups, Dictionary<string, JsonElement> Parts, List<string>? RemovedSims = null)
{
    /// <summary>Dictionaries come back in the order of a culture; the sandbox's are ordinal.</summary>
    public static Group InOrder(Group group) => group with
    {
        Configuration = group.Configuration.ToImmutableSortedDictionary(
            values => values.Key, values => values.Value.ToImmutableSortedDictionary(StringComparer.Ordinal), StringComparer.Ordinal),
    };
}

[JsonSourceGenerationOptions(
    GenerationMode = JsonSourceGenerationMode.Metadata,
    IgnoreReadOnlyProperties = true,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase)]
[JsonSerializable(typeof(SavedWorld))]
internal sealed partial class SavedJson : JsonSerializerContext;
