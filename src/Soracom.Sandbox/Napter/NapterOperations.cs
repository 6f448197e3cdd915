using System.Globalization;
using Soracom.Sandbox.Errors;
using Soracom.Sandbox.Http;
using Soracom.Sandbox.Sims;

namespace Soracom.Sandbox.Napter;

/// <summary>The tag PortMapping.</summary>
internal static class NapterOperations
{
    public static IReadOnlyList<Operation> All { get; } =
    [
        new("GET", "/port_mappings", "listPortMappings", "PortMapping:listPortMappings", List),
        new("POST", "/port_mappings", "createPortMapping", "PortMapping:createPortMapping", call => Create(call, simId: null)),
        new("GET", "/port_mappings/sims/{sim_id}", "listPortMappingsForSim", "PortMapping:listPortMappingsForSim",
            call => ListSome(call, target => !target.IsByImsi && target.SimId == call.Path["sim_id"])),
        new("POST", "/port_mappings/sims/{sim_id}", "createPortMappingForSim", "PortMapping:createPortMappingForSim", call => Create(call, call.Path["sim_id"])),
        new("GET", "/port_mappings/subscribers/{imsi}", "listPortMappingsForSubscriber", "PortMapping:listPortMappingsForSubscriber",
            call => ListSome(call, target => target.IsByImsi && target.Imsi == call.Path["imsi"])),
        new("DELETE", "/port_mappings/{ip_address}/{port}", "deletePortMapping", "PortMapping:deletePortMapping", Delete),
    ];

    private static Answer List(Call call)
    {
        var operatorId = call.Account.OperatorId;
        var page = call.Data.Part<NapterPart>().List(call.LastEvaluatedKey(), call.PageSize());
        return Answer.Page(call, page, (json, mapping) => NapterJson.Write(json, mapping, operatorId));
    }

    /// <summary>These two lists know no pages, and no emptiness either.</summary>
    private static Answer ListSome(Call call, Func<PortMappingTarget, bool> matches)
    {
        var operatorId = call.Account.OperatorId;
        var found = call.Data.Part<NapterPart>().FindAll(mapping => matches(mapping.Target));
        return found.Count > 0
            ? Answer.List(found, (json, mapping) => NapterJson.Write(json, mapping, operatorId))
            : throw new VendorException(NapterErrors.NoMappings);
    }

    private static Answer Create(Call call, string? simId)
    {
        var operatorId = call.Account.OperatorId;
        var (wanted, sim) = PortMappingRequest.Read(call, simId);
        var made = call.Data.Part<NapterPart>().Open(wanted);
        SimTurn.Of(call, sim).Save(sim with { LastPortMappingCreatedTime = made.CreatedTime }, modifies: false);
        return Answer.Created(json => NapterJson.Write(json, made, operatorId));
    }

    private static Answer Delete(Call call)
    {
        var part = call.Data.Part<NapterPart>();
        var mapping = int.TryParse(call.Path["port"], NumberStyles.None, CultureInfo.InvariantCulture, out var port)
            ? part.Find(PortMapping.EndpointOf(call.Path["ip_address"], port))
            : null;
        part.Delete(mapping ?? throw new VendorException(NapterErrors.NoSuchMapping), call.Now);
        return Answer.NoContent;
    }
}
