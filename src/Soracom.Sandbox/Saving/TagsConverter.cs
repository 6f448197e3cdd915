using System.Text.Json;
using System.Text.Json.Serialization;
using Soracom.Sandbox.State;

namespace Soracom.Sandbox.Saving;

/// <summary>Tags as an object, in their order.</summary>
internal sealed class TagsConverter : JsonConverter<Tags>
{
    public override Tags Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options)
    {
        var pairs = new List<KeyValuePair<string, string>>();
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            var name = reader.GetString()!;
            reader.Read();
            pairs.Add(new(name, reader.GetString() ?? throw new JsonException("A tag without a value.")));
        }

        return new Tags([.. pairs]);
    }

    public override void Write(Utf8JsonWriter writer, Tags value, JsonSerializerOptions options)
    {
        writer.WriteStartObject();
        foreach (var (name, text) in value.Pairs)
        {
            writer.WriteString(name, text);
        }

        writer.WriteEndObject();
    }
}
