using System.Text.Json;
using Soracom.Sandbox.Errors;
using Soracom.Sandbox.Http;
using Soracom.Sandbox.State;

namespace Soracom.Sandbox.VirtualPrivateGateways;

/// <summary>The tag VirtualPrivateGateway, as far as groups need it.</summary>
internal static class VirtualPrivateGatewayOperations
{
    public static IReadOnlyList<Operation> All { get; } =
    [
        new("GET", "/virtual_private_gateways", "listVirtualPrivateGateways", "VirtualPrivateGateway:listVirtualPrivateGateways", List),
    ];

    private static Answer List(Call call)
    {
        var operatorId = call.Account.OperatorId;
        var (after, limit) = (call.LastEvaluatedKey(), call.PageSize());
        var wanted = Filter(call.Query);
        var rest = call.Data.Part<VirtualPrivateGatewayPart>().All.Where(gateway => wanted(gateway) && string.CompareOrdinal(gateway.Id, after) > 0).ToList();
        return Answer.Page(call, Page<VirtualPrivateGateway>.Of(rest.Count <= limit ? rest : rest.GetRange(0, limit + 1), limit, gateway => gateway.Id), (json, gateway) => Write(json, gateway, operatorId));
    }

    private static Func<VirtualPrivateGateway, bool> Filter(QueryValues query)
    {
        var prefix = query.Choice("tag_value_match_mode", "exact", "exact", "prefix") == "prefix";
        if (query.Text("tag_name") is not { } tagName)
        {
            return _ => true;
        }

        var wanted = query.Text("tag_value") ?? throw new VendorException(VendorErrors.Required, "tag_value");
        return gateway => tagName == Tags.NameTag && (prefix ? gateway.Name.StartsWith(wanted, StringComparison.Ordinal) : gateway.Name == wanted);
    }

    private static void Write(Utf8JsonWriter json, VirtualPrivateGateway gateway, string operatorId)
    {
        json.WriteStartObject();
        json.WriteString("vpgId", gateway.Id);
        json.WriteString("operatorId", operatorId);
        json.WriteTags(Tags.Named(gateway.Name));
        json.WriteNumber("type", gateway.Type);
        json.WriteString("status", "running");
        json.WriteNumber("createdTime", gateway.Created.ToUnixTimeMilliseconds());
        json.WriteNumber("lastModifiedTime", gateway.Created.ToUnixTimeMilliseconds());
        json.WriteString("deviceSubnetCidrRange", gateway.DeviceRange);
        json.WriteBoolean("useInternetGateway", value: true);
        json.WriteStartObject("placement");
        json.WriteString("infrastructureProvider", "aws");
        json.WriteString("region", gateway.Region);
        json.WriteEndObject();
        json.WriteEndObject();
    }
}
