using Soracom.Sandbox.Http;
using Soracom.Sandbox.PacketCaptures;
using Soracom.Sandbox.State;

namespace Soracom.Sandbox.Sims;

/// <summary>The tag Sim: what is about SIMs as a whole. Other files have what is about their history, devices, profiles and packets.</summary>
internal static class SimOperations
{
    public static IReadOnlyList<Operation> All { get; } =
    [
        new("GET", "/sims", "listSims", "Sim:listSims", List),
        new("GET", "/sims/{sim_id}", "getSim", "Sim:getSim", call => One(call, SimTurn.BySimId(call).Sim)),
        new("PUT", "/sims/{sim_id}/tags", "putSimTags", "Sim:putTags", call => One(call, SimActions.PutTags(SimTurn.BySimId(call)))),
        new("DELETE", "/sims/{sim_id}/tags/{tag_name}", "deleteSimTag", "Sim:deleteTag", DeleteTag),
        .. SimActions.All.Select(action => new Operation(
            "POST", $"/sims/{{sim_id}}/{action.Verb}", action.BySimId, $"Sim:{action.BySimId}", call => One(call, action.Act(SimTurn.BySimId(call))))),
        .. SimHistoryOperations.All,
        .. SimMessageOperations.All,
        .. SimProfileOperations.All,
        .. ArcSessions.All,
        .. PacketCaptureOperations.All,
    ];

    private static Answer List(Call call)
    {
        var operatorId = call.Account.OperatorId;
        var page = call.Data.Sims(call.LastEvaluatedKey(), call.PageSize());
        return Answer.Page(call, page, (json, sim) => SimJson.Write(json, sim, operatorId));
    }

    private static Answer DeleteTag(Call call)
    {
        SimActions.DeleteTag(SimTurn.BySimId(call));
        return Answer.NoContent;
    }

    private static Answer One(Call call, Sim sim)
    {
        var operatorId = call.Account.OperatorId;
        return Answer.Ok(json => SimJson.Write(json, sim, operatorId));
    }
}
