using System.Text.Json.Serialization;

namespace Soracom.Api.Sims;

[JsonSourceGenerationOptions(GenerationMode = JsonSourceGenerationMode.Metadata)]
[JsonSerializable(typeof(List<Sim>))]
internal sealed partial class SimsJson : JsonSerializerContext;
