using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization;

namespace Soracom.Api.Http;

/// <summary>An object of a request that has one of several shapes, which its member <c>type</c> tells apart.</summary>
public abstract class WireChoice
{
    private readonly JsonObject content;

    private protected WireChoice(string type, JsonObject members, params string?[] secrets)
    {
        Type = type;
        Secrets = secrets;
        content = new JsonObject { ["type"] = type };
        foreach (var (name, value) in members.Where(member => member.Value is not null))
        {
            content[name] = value!.DeepClone();
        }
    }

    /// <summary>Which of the shapes it has.</summary>
    public string Type { get; }

    internal IReadOnlyList<string?> Secrets { get; }

    internal void WriteTo(Utf8JsonWriter writer) => content.WriteTo(writer);

    /// <summary>Only the type: the rest may be secret.</summary>
    public sealed override string ToString() => $"{GetType().Name} {Type}";
}

/// <summary>Writes a choice; none is ever read.</summary>
internal sealed class WireChoiceConverter<T> : JsonConverter<T>, IWireConverter
    where T : WireChoice
{
    public string JsonType => "object";

    public override T Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) => throw new JsonException("A request's part is not read.");

    public override void Write(Utf8JsonWriter writer, T value, JsonSerializerOptions options) => value.WriteTo(writer);
}
