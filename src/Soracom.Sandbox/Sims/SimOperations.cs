using Soracom.Sandbox.Errors;
using Soracom.Sandbox.Http;
using Soracom.Sandbox.State;

namespace Soracom.Sandbox.Sims;

/// <summary>The tag Sim.</summary>
internal static class SimOperations
{
    public static IReadOnlyList<Operation> All { get; } =
    [
        new("GET", "/sims", "listSims", "Sim:listSims", List),
        new("GET", "/sims/{sim_id}", "getSim", "Sim:getSim", Get),
        new("PUT", "/sims/{sim_id}/tags", "putSimTags", "Sim:putTags", PutTags),
        new("DELETE", "/sims/{sim_id}/tags/{tag_name}", "deleteSimTag", "Sim:deleteTag", DeleteTag),
    ];

    private static Answer List(Call call)
    {
        var operatorId = call.Account.OperatorId;
        var page = call.Data.Sims(call.LastEvaluatedKey(), call.PageSize());
        return Answer.Page(call, page, (json, sim) => SimJson.Write(json, sim, operatorId));
    }

    private static Answer Get(Call call) => One(call, Find(call));

    private static Answer PutTags(Call call)
    {
        var sim = Find(call);
        var tags = call.Body.ObjectArray().Aggregate(sim.Tags, (tags, tag) => tags.With(tag.RequiredText("tagName"), tag.RequiredText("tagValue")));
        return One(call, Save(call, sim with { Tags = tags }));
    }

    private static Answer DeleteTag(Call call)
    {
        var sim = Find(call);
        var tagName = call.Path["tag_name"];
        if (sim.Tags.Find(tagName) is null)
        {
            throw new VendorException(VendorErrors.NoSuchTag);
        }

        Save(call, sim with { Tags = sim.Tags.Without(tagName) });
        return Answer.NoContent;
    }

    private static Sim Find(Call call) => call.Data.FindSim(call.Path["sim_id"]) ?? throw new VendorException(VendorErrors.NoSuchSim);

    private static Sim Save(Call call, Sim changed)
    {
        changed = changed with { LastModifiedTime = call.Now.ToUnixTimeMilliseconds() };
        call.Data.Put(changed, call.Now + call.Options.IndexLag);
        return changed;
    }

    private static Answer One(Call call, Sim sim)
    {
        var operatorId = call.Account.OperatorId;
        return Answer.Ok(json => SimJson.Write(json, sim, operatorId));
    }
}
