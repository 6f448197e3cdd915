using System.Text.Json.Serialization;
using Soracom.Sandbox.State;

namespace Soracom.Sandbox.Operators;

/// <summary>What an account knows of itself besides its users: who is behind it, account-level settings, options, coverages.</summary>
internal sealed class AccountPart() : Part<AccountState>(AccountJson.Default.AccountState)
{
    /// <summary>Who is behind the account, by kind of form: names of fields and what is in them.</summary>
    public SortedDictionary<string, Dictionary<string, string>> Profiles { get; private set; } = new(StringComparer.Ordinal);

    /// <summary>Settings by namespace.</summary>
    public SortedDictionary<string, Setting> Settings { get; private set; } = new(StringComparer.Ordinal);

    /// <summary>The options that the account has, with the JSON text of their details, or an empty text.</summary>
    public SortedDictionary<string, string> Contracts { get; private set; } = new(StringComparer.Ordinal);

    /// <summary>How long Harvest Data is kept.</summary>
    public TimeSpan HarvestKept => TimeSpan.FromDays(Contracts.ContainsKey("harvest") ? 731 : 40);

    /// <summary>jp and g, as far as the account is open to them.</summary>
    public SortedSet<string> Coverages { get; private set; } = new(StringComparer.Ordinal);

    public override void Seed()
    {
        var seed = AccountSeeds.Of(Home.Origin.Fleet);
        Profiles[ProfileForm.Company.Name] = new(seed.Company, StringComparer.Ordinal) { ["companyName"] = Home.Account.Name };
        Settings["Email"] = new Setting(1, """{"billing":{"attachInvoicePdfEnabled":true},"notification":{"exceedBundleDisabled":false}}""");
        Settings["Support"] = new Setting(1, $$"""{"tier":"basic","paymentCoverage":"{{seed.Coverages[0]}}"}""");
        foreach (var (name, detail) in seed.Contracts)
        {
            Contracts.Add(name, detail);
        }

        Coverages.UnionWith(seed.Coverages);
    }

    protected override AccountState Save() => new(
        new(Profiles, StringComparer.Ordinal), new(Settings, StringComparer.Ordinal), new(Contracts, StringComparer.Ordinal), [.. Coverages]);

    protected override void Load(AccountState saved)
    {
        Profiles = new(saved.Profiles, StringComparer.Ordinal);
        Settings = new(saved.Settings, StringComparer.Ordinal);
        Contracts = new(saved.Contracts, StringComparer.Ordinal);
        Coverages = new(saved.Coverages, StringComparer.Ordinal);
    }
}

/// <param name="Version">One more after each change.</param>
/// <param name="Json">An object, as text.</param>
internal sealed record Setting(int Version, string Json);

internal sealed record AccountState(
    Dictionary<string, Dictionary<string, string>> Profiles, Dictionary<string, Setting> Settings, Dictionary<string, string> Contracts, List<string> Coverages);

[JsonSourceGenerationOptions(GenerationMode = JsonSourceGenerationMode.Metadata, PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase)]
[JsonSerializable(typeof(AccountState))]
internal sealed partial class AccountJson : JsonSerializerContext;
