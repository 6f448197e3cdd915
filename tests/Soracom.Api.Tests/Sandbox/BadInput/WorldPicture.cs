using System.Globalization;
using System.Text.Json;
using Soracom.Sandbox.AuditLogs;
using Soracom.Sandbox.Http;
using Soracom.Sandbox.Saving;
using Soracom.Sandbox.State;
using Soracom.Sandbox.Users;

namespace Soracom.Api.Tests.Sandbox.BadInput;

/// <summary>
/// All that a sandbox would save, mails and sessions besides, to be compared with what it is later. The record of calls is left out:
/// refused ones belong there too.
/// </summary>
internal sealed class WorldPicture
{
    private readonly World world;
    private readonly SortedDictionary<string, Piece> pieces = new(StringComparer.Ordinal);

    private WorldPicture(World world)
    {
        this.world = world;
        Add("accounts", string.Join(' ', world.Accounts.Select(account => account.OperatorId)));
        Add("mails", world.Mail.All.Count.ToString(CultureInfo.InvariantCulture));
        Add("sessions", world.Sessions.Count.ToString(CultureInfo.InvariantCulture));
        foreach (var account in world.Accounts)
        {
            // What is due by now belongs to what was before.
            account.Run(world.Clock.GetUtcNow(), changing: false, () => (account.Data(Coverage.Japan), account.Data(Coverage.Global)));

            // The last use of a key is kept there without counting as a change.
            account.Run(world.Clock.GetUtcNow(), changing: true, account.Part<PeoplePart>);
            Add(account);
        }
    }

    public static WorldPicture Of(World world) => new(world);

    /// <summary>What is not any more as it was.</summary>
    public IReadOnlyList<string> Changes()
    {
        var now = Of(world);
        return [.. now.pieces.Where(piece => piece.Value.Json != Before(piece)).Select(piece => Difference(piece.Key, Before(piece), piece.Value.Json))];
    }

    private static string Difference(string name, string before, string after)
    {
        var start = Math.Max(0, before.AsSpan().CommonPrefixLength(after) - 100);
        return $"{name} has changed from\n  ...{before[start..]}\nto\n  ...{after[start..]}";
    }

    /// <summary>What is looked at for the first time has been as it is made.</summary>
    private string Before(KeyValuePair<string, Piece> piece) =>
        pieces.TryGetValue(piece.Key, out var before) ? before.Json
        : piece.Value.Owner is { } owner ? Pristine(owner.Account, owner.Coverage, piece.Value.Name)
        : "[]";

    private void Add(OperatorAccount account)
    {
        if (account.ToSaved() is not { } saved)
        {
            return;
        }

        Add(account, coverage: null, saved.Parts);
        foreach (var coverage in new[] { Coverage.Japan, Coverage.Global })
        {
            if (saved.Coverages.GetValueOrDefault(coverage.ShortName()) is not { } content)
            {
                continue;
            }

            var json = JsonSerializer.SerializeToElement(content, SavedJson.Default.SavedCoverage);
            foreach (var things in json.EnumerateObject().Where(things => things.Value.ValueKind == JsonValueKind.Array))
            {
                Add($"{account.OperatorId} {coverage.ShortName()} {things.Name}", things.Value.GetRawText());
            }

            Add(account, coverage, content.Parts);
        }
    }

    private void Add(OperatorAccount account, Coverage? coverage, Dictionary<string, JsonElement> parts)
    {
        foreach (var (name, state) in parts.Where(part => part.Key != nameof(ApiAuditPart)))
        {
            pieces.Add($"{account.OperatorId} {coverage?.ShortName()} {name}", new Piece(name, state.GetRawText(), (account, coverage)));
        }
    }

    private void Add(string name, string json) => pieces.Add(name, new Piece(name, json, Owner: null));

    private string Pristine(OperatorAccount account, Coverage? coverage, string name)
    {
        var type = typeof(Part).Assembly.GetTypes().Single(type => type.IsSubclassOf(typeof(Part)) && type.Name == name);
        lock (account.Gate)
        {
            object home = coverage is { } one ? account.Data(one) : account;
            var known = (Part)home.GetType().GetMethod(nameof(account.Part))!.MakeGenericMethod(type).Invoke(home, null)!;
            var fresh = (Part)Activator.CreateInstance(type)!;
            fresh.Begin(known.Home, saved: null);
            while (fresh.NextDue is { } due && due <= world.Clock.GetUtcNow())
            {
                fresh.Happen(due);
            }

            return fresh.ToSaved().GetRawText();
        }
    }

    private sealed record Piece(string Name, string Json, (OperatorAccount Account, Coverage? Coverage)? Owner);
}
