using System.Text.Json.Serialization;

namespace Soracom.Api.VirtualPrivateGateways;

[JsonSourceGenerationOptions(GenerationMode = JsonSourceGenerationMode.Metadata)]
[JsonSerializable(typeof(List<VirtualPrivateGateway>))]
internal sealed partial class VirtualPrivateGatewaysJson : JsonSerializerContext;
