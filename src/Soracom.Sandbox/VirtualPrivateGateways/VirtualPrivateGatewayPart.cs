using System.Text.Json.Serialization;
using Soracom.Sandbox.Http;
using Soracom.Sandbox.State;

namespace Soracom.Sandbox.VirtualPrivateGateways;

/// <summary>The virtual private gateways of a coverage. Nothing that is served changes them.</summary>
internal sealed class VirtualPrivateGatewayPart() : Part<List<VirtualPrivateGateway>>(VirtualPrivateGatewayJson.Default.ListVirtualPrivateGateway)
{
    private static readonly (string Name, int Type)[] Demo = [("工場ネットワーク", 15), ("検証用", 14)];

    private readonly SortedDictionary<string, VirtualPrivateGateway> gateways = new(StringComparer.Ordinal);

    public IReadOnlyCollection<VirtualPrivateGateway> All => gateways.Values;

    public override void Seed()
    {
        var random = Home.Random("virtual private gateways");
        foreach (var (name, type) in Demo)
        {
            var created = Home.Origin.Start.AddMinutes(-random.Next(200 * 24 * 60, 600 * 24 * 60));
            Put(new VirtualPrivateGateway(random.Uuid(), name, type, Home.Coverage is Coverage.Japan ? "ap-northeast-1" : "eu-central-1", $"10.{random.Next(128, 200)}.0.0/16", created));
        }
    }

    protected override List<VirtualPrivateGateway> Save() => [.. gateways.Values];

    protected override void Load(List<VirtualPrivateGateway> saved) => saved.ForEach(Put);

    private void Put(VirtualPrivateGateway gateway) => gateways[gateway.Id] = gateway;
}

/// <summary>A virtual private gateway.</summary>
/// <param name="Id">Its id.</param>
/// <param name="Name">Its tag of that name.</param>
/// <param name="Type">14 for Type-E, 15 for Type-F.</param>
/// <param name="Region">Where it is.</param>
/// <param name="DeviceRange">The range of the devices' addresses.</param>
/// <param name="Created">When.</param>
internal sealed record VirtualPrivateGateway(string Id, string Name, int Type, string Region, string DeviceRange, DateTimeOffset Created);

[JsonSourceGenerationOptions(GenerationMode = JsonSourceGenerationMode.Metadata, PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase)]
[JsonSerializable(typeof(List<VirtualPrivateGateway>))]
internal sealed partial class VirtualPrivateGatewayJson : JsonSerializerContext;
