using Soracom.Api;
using Soracom.Api.Sims;
using Soracom.Portal.Data.Audit;
using Soracom.Portal.Data.Sims;
using Soracom.Portal.Features.Sims.Inventory;
using Soracom.Portal.Security;
using Soracom.Portal.Shared.Errors;

namespace Soracom.Portal.Features.Sims.Changes;

/// <summary>Another name (operation putSimTags, tag <c>name</c>).</summary>
/// <param name="Name">The name; empty for none.</param>
public sealed record SimNameChange(string Name) : SimChange
{
    /// <inheritdoc />
    internal override string Action => AuditActions.SimNamed;

    /// <inheritdoc />
    internal override Permission Needs => Permission.SimsEdit;

    /// <inheritdoc />
    internal override SimField Field => SimField.Name;

    /// <inheritdoc />
    public override InputError? Wrong(DateTimeOffset now) => Name.Length > MostCharacters ? new InputError("SimName", MostCharacters) : null;

    /// <inheritdoc />
    public override Obstacle? ObstacleFor(InventorySim sim) => null;

    /// <inheritdoc />
    public override string Before(InventorySim sim) => sim.Name;

    /// <inheritdoc />
    public override string After(InventorySim sim) => Name;

    /// <inheritdoc />
    public override SimChange Undoing(InventorySim sim) => new SimNameChange(sim.Name);

    internal override async Task<Sim?> SendAsync(ISoracomClient client, string simId, CancellationToken cancellationToken) =>
        await client.Sims.PutSimTagsAsync(simId, [new Tag { TagName = SimTagChange.NameKey, TagValue = Name }], cancellationToken);
}

/// <summary>A tag set to a value (operation putSimTags); others stay.</summary>
/// <param name="Key">The tag's key.</param>
/// <param name="Value">Its value; may be empty.</param>
public sealed record SimTagChange(string Key, string Value) : SimChange
{
    /// <summary>The tag that holds the name.</summary>
    public const string NameKey = "name";

    /// <inheritdoc />
    internal override string Action => AuditActions.SimTagged;

    /// <inheritdoc />
    internal override Permission Needs => Permission.SimsEdit;

    /// <inheritdoc />
    internal override SimField Field => SimField.Tag;

    /// <inheritdoc />
    public override InputError? Wrong(DateTimeOffset now) =>
        WrongKey(Key) ?? (Value.Length > MostCharacters ? new InputError("SimTagValue", MostCharacters) : null);

    /// <inheritdoc />
    public override Obstacle? ObstacleFor(InventorySim sim) => null;

    /// <inheritdoc />
    public override string Before(InventorySim sim) => InventoryRow.TagsOf(sim).GetValueOrDefault(Key, "");

    /// <inheritdoc />
    public override string After(InventorySim sim) => Value;

    /// <inheritdoc />
    public override bool IsIn(InventorySim sim) => InventoryRow.TagsOf(sim).TryGetValue(Key, out var value) && string.Equals(value, Value, StringComparison.Ordinal);

    /// <inheritdoc />
    public override SimChange Undoing(InventorySim sim) => InventoryRow.TagsOf(sim).TryGetValue(Key, out var value) ? new SimTagChange(Key, value) : new SimTagRemoval(Key);

    internal static InputError? WrongKey(string key) =>
        string.IsNullOrWhiteSpace(key) || key.Length > MostCharacters || string.Equals(key, NameKey, StringComparison.Ordinal) ? new InputError("SimTagKey", MostCharacters) : null;

    internal override async Task<Sim?> SendAsync(ISoracomClient client, string simId, CancellationToken cancellationToken) =>
        await client.Sims.PutSimTagsAsync(simId, [new Tag { TagName = Key, TagValue = Value }], cancellationToken);
}

/// <summary>A tag taken away (operation deleteSimTag).</summary>
/// <param name="Key">The tag's key.</param>
public sealed record SimTagRemoval(string Key) : SimChange
{
    /// <inheritdoc />
    internal override string Action => AuditActions.SimTagged;

    /// <inheritdoc />
    internal override Permission Needs => Permission.SimsEdit;

    /// <inheritdoc />
    internal override SimField Field => SimField.Tag;

    /// <inheritdoc />
    public override InputError? Wrong(DateTimeOffset now) => SimTagChange.WrongKey(Key);

    /// <inheritdoc />
    public override Obstacle? ObstacleFor(InventorySim sim) => null;

    /// <inheritdoc />
    public override string Before(InventorySim sim) => InventoryRow.TagsOf(sim).GetValueOrDefault(Key, "");

    /// <inheritdoc />
    public override string After(InventorySim sim) => "";

    /// <inheritdoc />
    public override bool IsIn(InventorySim sim) => !InventoryRow.TagsOf(sim).ContainsKey(Key);

    /// <inheritdoc />
    public override SimChange? Undoing(InventorySim sim) => InventoryRow.TagsOf(sim).TryGetValue(Key, out var value) ? new SimTagChange(Key, value) : null;

    internal override async Task<Sim?> SendAsync(ISoracomClient client, string simId, CancellationToken cancellationToken)
    {
        await client.Sims.DeleteSimTagAsync(simId, Key, cancellationToken);
        return null;
    }
}

/// <summary>Another group, or none (operations setSimGroup, unsetSimGroup).</summary>
/// <param name="GroupId">The group; null for none.</param>
/// <param name="GroupName">What to call it.</param>
public sealed record SimGroupChange(string? GroupId, string? GroupName = null) : SimChange
{
    /// <inheritdoc />
    internal override string Action => AuditActions.SimGrouped;

    /// <inheritdoc />
    internal override Permission Needs => Permission.SimsEdit;

    /// <inheritdoc />
    internal override SimField Field => SimField.Group;

    /// <inheritdoc />
    public override InputError? Wrong(DateTimeOffset now) => GroupId is { } id && (string.IsNullOrWhiteSpace(id) || id.Length > MostCharacters) ? new InputError("SimGroup") : null;

    /// <inheritdoc />
    public override Obstacle? ObstacleFor(InventorySim sim) => AtItsEnd(sim);

    /// <inheritdoc />
    public override string Before(InventorySim sim) => sim.GroupId;

    /// <inheritdoc />
    public override string After(InventorySim sim) => GroupId ?? "";

    /// <inheritdoc />
    public override SimChange Undoing(InventorySim sim) => sim.GroupId.Length == 0 ? new SimGroupChange(GroupId: null) : new SimGroupChange(sim.GroupId, sim.GroupName);

    internal override async Task<Sim?> SendAsync(ISoracomClient client, string simId, CancellationToken cancellationToken) => GroupId is { } id
        ? await client.Sims.SetSimGroupAsync(simId, new GroupChoice { GroupId = id }, cancellationToken)
        : await client.Sims.UnsetSimGroupAsync(simId, cancellationToken);
}
