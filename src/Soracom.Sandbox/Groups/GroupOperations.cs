using Soracom.Sandbox.Errors;
using Soracom.Sandbox.Http;
using Soracom.Sandbox.State;

namespace Soracom.Sandbox.Groups;

/// <summary>The tag Group.</summary>
internal static class GroupOperations
{
    public static IReadOnlyList<Operation> All { get; } =
    [
        new("GET", "/groups", "listGroups", "Group:listGroups", List),
        new("GET", "/groups/{group_id}", "getGroup", "Group:getGroup", Get),
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

    private static Answer Get(Call call)
    {
        var operatorId = call.Account.OperatorId;
        var group = call.Data.FindGroup(call.Path["group_id"]) ?? throw new VendorException(VendorErrors.NoSuchGroup);
        return Answer.Ok(json => GroupJson.Write(json, group, operatorId));
    }
}
