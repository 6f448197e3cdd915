using System.Text.Json.Serialization;

namespace Soracom.Api.Groups;

[JsonSourceGenerationOptions(GenerationMode = JsonSourceGenerationMode.Metadata)]
[JsonSerializable(typeof(List<Group>))]
[JsonSerializable(typeof(NewGroup))]
[JsonSerializable(typeof(List<GroupSetting>))]
[JsonSerializable(typeof(IReadOnlyList<GroupSetting>))]
[JsonSerializable(typeof(List<Tag>))]
[JsonSerializable(typeof(IReadOnlyList<Tag>))]
internal sealed partial class GroupsJson : JsonSerializerContext;
