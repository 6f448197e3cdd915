using System.Text.Json;
using Soracom.Sandbox.DataEntries;
using Soracom.Sandbox.Errors;
using Soracom.Sandbox.Http;
using Soracom.Sandbox.Sims;
using Soracom.Sandbox.State;
using Configuration = System.Collections.Immutable.ImmutableSortedDictionary<string, System.Collections.Immutable.ImmutableSortedDictionary<string, string>>;

namespace Soracom.Sandbox.Groups;

/// <summary>The tag Group.</summary>
internal static class GroupOperations
{
    public static IReadOnlyList<Operation> All { get; } =
    [
        new("GET", "/groups", "listGroups", "Group:listGroups", List),
        new("POST", "/groups", "createGroup", "Group:createGroup", Create),
        new("GET", "/groups/{group_id}", "getGroup", "Group:getGroup", call => Answer.Ok(Writer(call, Find(call)))),
        new("DELETE", "/groups/{group_id}", "deleteGroup", "Group:deleteGroup", Delete),
        new("GET", "/groups/{group_id}/subscribers", "listSubscribersInGroup", "Group:listSubscribers", ListMembers),
        new("PUT", "/groups/{group_id}/configuration/{namespace}", "putConfigurationParameters", "Group:putConfigurationParameters", PutConfiguration),
        new("DELETE", "/groups/{group_id}/configuration/{namespace}", "deleteConfigurationNamespace", "Group:deleteConfigurationNamespace",
            call => DeleteFromConfiguration(call, GroupConfiguration.WithoutNamespace)),
        new("DELETE", "/groups/{group_id}/configuration/{namespace}/{name}", "deleteConfigurationParameter", "Group:deleteConfigurationParameter",
            call => DeleteFromConfiguration(call, (configuration, name) => GroupConfiguration.WithoutKey(configuration, name, call.Path["name"]))),
        new("PUT", "/groups/{group_id}/tags", "putGroupTags", "Group:putTags", PutTags),
        new("DELETE", "/groups/{group_id}/tags/{tag_name}", "deleteGroupTag", "Group:deleteTag", DeleteTag),
    ];

    private static Answer List(Call call)
    {
        var operatorId = call.Account.OperatorId;
        var page = call.Data.Groups(call.LastEvaluatedKey(), call.PageSize(), TagFilter(call.Query));
        return Answer.Page(call, page, (json, group) => GroupJson.Write(json, group, operatorId));
    }

    /// <summary>A tag's name is matched exactly, its value exactly or by its beginning; the value is required with the name.</summary>
    private static Func<Group, bool>? TagFilter(QueryValues query)
    {
        var prefix = query.Choice("tag_value_match_mode", "exact", "exact", "prefix") == "prefix";
        if (query.Text("tag_name") is not { } tagName)
        {
            return null;
        }

        var wanted = query.Text("tag_value") ?? throw new VendorException(VendorErrors.Required, "tag_value");
        return group => group.Tags.Find(tagName) is { } value
            && (prefix ? value.StartsWith(wanted, StringComparison.Ordinal) : value == wanted);
    }

    private static Answer Create(Call call)
    {
        var body = call.Body.Object();
        var group = new Group
        {
            GroupId = Guid.NewGuid().ToString(),
            Tags = body.Object("tags") is { } tags ? tags.Members.Select(tag => tag.Name).Aggregate(Tags.None, (all, name) => all.With(name, tags.RequiredText(name))) : Tags.None,
            Configuration = body.Object("configuration") is { } configuration ? GroupConfiguration.Read(configuration) : GroupConfiguration.Empty,
            CreatedTime = call.Now.ToUnixTimeMilliseconds(),
            LastModifiedTime = call.Now.ToUnixTimeMilliseconds(),
        };
        SwitchHarvest(call, group.GroupId, SimDataPart.HarvestIsOn(group));
        call.Data.Put(group);
        return Answer.Created(Writer(call, group));
    }

    /// <summary>What becomes of a group's SIMs is not documented: they leave it, or it can't be deleted.</summary>
    private static Answer Delete(Call call)
    {
        var group = Find(call);
        var members = call.Data.Sims(sim => sim.GroupId == group.GroupId);
        if (members.Count > 0 && call.Options.Undocumented.RefusesDeletionOfGroupsInUse)
        {
            throw new VendorException(GroupErrors.InUse);
        }

        foreach (var sim in members)
        {
            SimTurn.Of(call, sim).Save(sim with { GroupId = null });
        }

        SwitchHarvest(call, group.GroupId, on: false);
        call.Data.RemoveGroup(group.GroupId);
        return Answer.NoContent;
    }

    private static Answer ListMembers(Call call)
    {
        var operatorId = call.Account.OperatorId;
        var groupId = Find(call).GroupId;
        var (after, limit) = (call.LastEvaluatedKey(), call.PageSize());
        var members = call.Data.Sims(sim => sim.GroupId == groupId && string.CompareOrdinal(Imsi(sim), after) > 0);
        members.Sort((one, other) => string.CompareOrdinal(Imsi(one), Imsi(other)));
        var page = Page<Sim>.Of(members.Count <= limit ? members : members.GetRange(0, limit + 1), limit, Imsi);
        return Answer.Page(call, page, (json, sim) => SimJson.Write(json, sim, operatorId));

        static string Imsi(Sim sim) => sim.Profiles[0].Subscribers[0].Imsi;
    }

    private static Answer PutConfiguration(Call call)
    {
        var name = GroupConfiguration.KnownNamespace(call.Path["namespace"]);
        var group = Find(call);
        var resetOthers = call.Options.Undocumented.ResetsOmittedGroupSettings;
        return Answer.Ok(Writer(call, Save(call, group with
        {
            Configuration = GroupConfiguration.Set(group.Configuration, name, call.Body.ObjectArray(), resetOthers),
        })));
    }

    private static Answer DeleteFromConfiguration(Call call, Func<Configuration, string, Configuration> without)
    {
        var name = GroupConfiguration.KnownNamespace(call.Path["namespace"]);
        var group = Find(call);
        Save(call, group with { Configuration = without(group.Configuration, name) });
        return Answer.NoContent;
    }

    private static Answer PutTags(Call call)
    {
        var group = Find(call);
        var tags = call.Body.ObjectArray().Aggregate(group.Tags, (tags, tag) => tags.With(tag.RequiredText("tagName"), tag.RequiredText("tagValue")));
        return Answer.Ok(Writer(call, Save(call, group with { Tags = tags })));
    }

    private static Answer DeleteTag(Call call)
    {
        var group = Find(call);
        var tagName = call.Path["tag_name"];
        if (group.Tags.Find(tagName) is null)
        {
            throw new VendorException(VendorErrors.NoSuchTag);
        }

        Save(call, group with { Tags = group.Tags.Without(tagName) });
        return Answer.NoContent;
    }

    private static Group Find(Call call) => call.Data.FindGroup(call.Path["group_id"]) ?? throw new VendorException(VendorErrors.NoSuchGroup);

    private static Group Save(Call call, Group changed)
    {
        changed = changed with { LastModifiedTime = call.Now.ToUnixTimeMilliseconds() };
        SwitchHarvest(call, changed.GroupId, SimDataPart.HarvestIsOn(changed));
        call.Data.Put(changed);
        return changed;
    }

    /// <summary>From now on, or no longer, the group's SIMs leave data behind. To be called before the change.</summary>
    private static void SwitchHarvest(Call call, string groupId, bool on)
    {
        if (on != SimDataPart.HarvestIsOn(call.Data.FindGroup(groupId)))
        {
            call.Data.Part<SimDataPart>().Switch(groupId, on, call.Now);
        }
    }

    private static Action<Utf8JsonWriter> Writer(Call call, Group group)
    {
        var operatorId = call.Account.OperatorId;
        return json => GroupJson.Write(json, group, operatorId);
    }
}
