using System.Text.Json;
using Soracom.Api;
using Soracom.Api.Errors;
using Soracom.Api.Groups;
using Soracom.Portal.Data.Audit;
using Soracom.Portal.Features.Groups.Archive;
using Soracom.Portal.Features.Groups.Settings;
using Soracom.Portal.Security;
using Soracom.Portal.Shared.Errors;
using Soracom.Portal.Shared.Vendor;

namespace Soracom.Portal.Features.Groups;

/// <summary>Writes drafts to the vendor (operations putConfigurationParameters and deleteConfigurationParameter).</summary>
/// <param name="reader">Reads groups.</param>
/// <param name="drafts">Keeps the drafts.</param>
/// <param name="acts">Makes the changes.</param>
internal sealed class GroupWriter(GroupReader reader, GroupDrafts drafts, VendorActs acts)
{
    /// <summary>Writes one's draft of a group, unless the group was changed since the draft was begun.</summary>
    /// <param name="tenant">The tenant.</param>
    /// <param name="coverage">The coverage.</param>
    /// <param name="groupId">The group id.</param>
    /// <param name="version">The version of the draft that the person has seen and confirmed.</param>
    /// <param name="cancellationToken">Cancels, until the first change is sent.</param>
    /// <returns>
    /// What came of it; a <see cref="GroupChangedError"/>; a <see cref="ConflictError"/> when the draft was edited, or is being written, in
    /// another window; a <see cref="GoneError"/> when there is none; an <see cref="InputError"/>; or a <see cref="VendorError"/>, and then
    /// nothing was written as far as is known.
    /// </returns>
    public async Task<Result<GroupWritten>> WriteAsync(TenantContext tenant, SoracomCoverage coverage, string groupId, int version, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(tenant);
        await tenant.RequireAsync(Permission.GroupsEdit, cancellationToken);
        var found = await drafts.FindAsync(tenant, coverage, groupId, cancellationToken);
        if (found.Error is { } unreadable)
        {
            return unreadable;
        }

        if (found.Value is not { } draft)
        {
            return new GoneError();
        }

        if (draft.Content.Settings.Size is var size && size > GroupSettings.LargestSize)
        {
            return new InputError("GroupSize", size, GroupSettings.LargestSize);
        }

        var before = await reader.ReadAsync(tenant, coverage, groupId, by: null, cancellationToken);
        if (before.Error is { } unread)
        {
            return unread;
        }

        if (!before.Value.Settings.Equals(draft.Base))
        {
            return new GroupChangedError(before.Value.Number);
        }

        // What a second click, or another window, at the same time does not survive; and what tells others that it is being written.
        var claimed = await drafts.ClaimAsync(tenant, coverage, groupId, version, draft.Content, cancellationToken);
        if (claimed.Error is { } taken)
        {
            return taken;
        }

        try
        {
            return await SendAsync(new Order(tenant, coverage, before.Value.Group), before.Value.Settings, claimed.Value, cancellationToken);
        }
        finally
        {
            await drafts.WrittenAsync(tenant, coverage, groupId, CancellationToken.None);
        }
    }

    private async Task<Result<GroupWritten>> SendAsync(Order order, GroupSettings before, Draft draft, CancellationToken cancellationToken)
    {
        var (tenant, coverage, group) = (order.Tenant, order.Coverage, order.Group);
        var done = 0;
        PortalError? failure = null;
        foreach (var step in SettingsWrite.Between(before, draft.Content.Settings).SelectMany(write => Steps(write, before)))
        {
            // Once something was sent, leaving the page does not stop half-way.
            failure = (await StepAsync(order, step, done == 0 ? cancellationToken : CancellationToken.None)).Error;
            if (failure is not null)
            {
                break;
            }

            done++;
        }

        if (failure is not null && done == 0 && failure is not VendorError { OutcomeUnknown: true })
        {
            return failure;
        }

        var by = new GroupAuthorship(draft.Content.Origin, tenant.Actor.PersonId, tenant.Actor.Name, draft.Content.Source);
        var after = await reader.ReadAsync(tenant, coverage, group.GroupId, by, CancellationToken.None);
        if (after.Error is { } unread)
        {
            return new GroupWritten(null, [], failure ?? unread);
        }

        if (failure is null)
        {
            await drafts.DiscardAsync(tenant, coverage, group.GroupId, draft.Version, CancellationToken.None);
            return new GroupWritten(after.Value, SettingsDifference.Between(draft.Content.Settings, after.Value.Settings), null);
        }

        // The draft goes on with what is still to be done, beside what others have done meanwhile.
        var rest = SettingsMerge.Of(before, draft.Content.Settings, after.Value.Settings, new Dictionary<MergePlace, MergeSide>()).Settings;
        await drafts.SaveAsync(tenant, coverage, group.GroupId, draft.Version, draft.Content with { BaseNumber = after.Value.Number, Settings = rest }, CancellationToken.None);
        return new GroupWritten(after.Value, SettingsDifference.Between(after.Value.Settings, rest), failure);
    }

    private Task<Result<bool>> StepAsync(Order order, Step step, CancellationToken cancellationToken) => acts.DoAsync(
        order.Tenant,
        order.Coverage,
        new AuditAct(AuditActions.GroupConfigured, AuditOutcome.Begun)
        {
            ObjectId = order.Group.GroupId,
            ObjectName = order.Group.Name.Length == 0 ? null : order.Group.Name,
            Detail = step.InWords.What,
            Before = step.InWords.Before,
            After = step.InWords.After,
        },
        async (client, token) =>
        {
            await step.SendAsync(client, order.Group.GroupId, token);
            return true;
        },
        async (client, token) => new Looked<bool>(step.IsIn(GroupSettings.Of((await client.Groups.GetGroupAsync(order.Group.GroupId, token)).Configuration)), true),
        cancellationToken);

    /// <summary>The calls of a write, in their order.</summary>
    private static IEnumerable<Step> Steps(SettingsWrite write, GroupSettings before)
    {
        var puts = write.Put.Count == 0 ? Enumerable.Empty<Step>() : [new Step(write.Namespace, write.Put, null, [.. write.Put.SelectMany(put => Changed(before, write.Namespace, put.Key, put.Value))])];
        var removes = write.Remove.Select(key => new Step(write.Namespace, [], key, [.. Changed(before, write.Namespace, key, null)]));
        return write.RemoveFirst ? removes.Concat(puts) : puts.Concat(removes);
    }

    private static IEnumerable<SettingChange> Changed(GroupSettings before, string space, string key, JsonElement? after)
    {
        var setting = new SettingKey(space, key);
        var was = before[setting];
        return was is { } a && after is { } b && JsonElement.DeepEquals(a, b) ? [] : [new SettingChange(setting, was, after)];
    }

    private sealed record Order(TenantContext Tenant, SoracomCoverage Coverage, Group Group);

    /// <summary>One call: either puts keys of a namespace or removes one.</summary>
    private sealed record Step(string Namespace, IReadOnlyList<GroupSetting> Put, string? Remove, IReadOnlyList<SettingChange> Changes)
    {
        public (string What, string Before, string After) InWords { get; } = SettingsInWords.Of(Changes);

        public async Task SendAsync(ISoracomClient client, string groupId, CancellationToken cancellationToken)
        {
            if (Remove is null)
            {
                await client.Groups.PutConfigurationParametersAsync(groupId, Namespace, Put, cancellationToken);
                return;
            }

            try
            {
                await client.Groups.DeleteConfigurationParameterAsync(groupId, Namespace, Remove, cancellationToken);
            }
            catch (SoracomNotFoundException)
            {
                // A service that resets what was not put has removed it by itself; without the group this throws again.
                if (!IsIn(GroupSettings.Of((await client.Groups.GetGroupAsync(groupId, cancellationToken)).Configuration)))
                {
                    throw;
                }
            }
        }

        public bool IsIn(GroupSettings settings) => Changes.All(change => (settings[change.Setting], change.After) switch
        {
            ({ } there, { } wanted) => JsonElement.DeepEquals(there, wanted),
            (null, null) => true,
            _ => false,
        });
    }
}

/// <summary>What came of writing a draft.</summary>
/// <param name="Now">The group as it is now; null when the vendor could not be asked, and then nobody knows.</param>
/// <param name="Left">
/// After a failure, what is still to be written: the draft goes on with it. Otherwise what somebody else changed at the same moment.
/// </param>
/// <param name="Failure">Why it did not go on; null when every call went well.</param>
public sealed record GroupWritten(SeenGroup? Now, IReadOnlyList<SettingChange> Left, PortalError? Failure);
