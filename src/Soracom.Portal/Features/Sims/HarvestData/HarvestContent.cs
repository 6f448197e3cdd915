using System.Buffers.Text;
using System.Globalization;
using System.Text;
using System.Text.Json;
using Soracom.Api.DataEntries;
using Soracom.Portal.Shared.Text;

namespace Soracom.Portal.Features.Sims.HarvestData;

/// <summary>What a device sent, for people to read: JSON, text or bytes. Whatever it is, it is shown as text and nothing else.</summary>
/// <param name="Kind">What it is.</param>
/// <param name="Brief">Its beginning, in one line.</param>
/// <param name="Full">All of it, or what of it is shown: JSON with a line a member, bytes as a hex dump.</param>
/// <param name="Length">How long it is: characters, or bytes of binary content.</param>
internal sealed record HarvestContent(HarvestKind Kind, string Brief, string Full, int Length)
{
    private const int MostCharacters = 20_000;
    private const int MostBytes = 1024;
    private const int BytesOfALine = 16;
    private const int BriefCharacters = 120;
    private const string Payload = "payload";

    /// <summary>Whether there is more than <see cref="Brief"/> shows.</summary>
    public bool IsLonger => Full != Brief;

    /// <summary>The content of an entry.</summary>
    public static HarvestContent Of(DataEntry entry)
    {
        var content = entry.Content ?? string.Empty;
        if (Read(content) is not { } json)
        {
            return OfText(content);
        }

        // Other things than JSON are Base64 in a member of this name, where the type does not say that they are JSON.
        return json.ValueKind == JsonValueKind.Object
            && json.EnumerateObject().Count() == 1
            && json.TryGetProperty(Payload, out var payload)
            && payload.ValueKind == JsonValueKind.String
            && entry.ContentType?.Contains("json", StringComparison.OrdinalIgnoreCase) != true
            && Decode(payload.GetString()!) is { } bytes
            ? OfBytes(bytes)
            : new HarvestContent(HarvestKind.Json, Cut(OneLine(content), BriefCharacters), Cut(JsonWords.Pretty(json), MostCharacters), content.Length);
    }

    private static HarvestContent OfText(string text) => new(HarvestKind.Text, Cut(OneLine(text), BriefCharacters), Cut(text, MostCharacters), text.Length);

    private static HarvestContent OfBytes(byte[] bytes)
    {
        var hex = Convert.ToHexStringLower(bytes.AsSpan(0, Math.Min(bytes.Length, BytesOfALine)));
        return new HarvestContent(HarvestKind.Binary, bytes.Length > BytesOfALine ? hex + "…" : hex, Dump(bytes), bytes.Length);
    }

    private static JsonElement? Read(string content)
    {
        try
        {
            using var document = JsonDocument.Parse(content);
            return document.RootElement.Clone();
        }
        catch (JsonException)
        {
            // Text, then.
            return null;
        }
    }

    private static byte[]? Decode(string text)
    {
        var buffer = new byte[Base64.GetMaxDecodedFromUtf8Length(text.Length)];
        return Convert.TryFromBase64String(text, buffer, out var count) ? buffer[..count] : null;
    }

    /// <summary>Bytes as people who know their device read them: where, in hex, and as letters where they are some.</summary>
    private static string Dump(byte[] bytes)
    {
        var dump = new StringBuilder();
        foreach (var (at, line) in bytes.Take(MostBytes).Chunk(BytesOfALine).Index())
        {
            var hex = string.Join(' ', line.Select(value => value.ToString("x2", CultureInfo.InvariantCulture))).PadRight((BytesOfALine * 3) - 1);
            var letters = string.Concat(line.Select(value => value is >= 0x20 and < 0x7F ? (char)value : '.'));
            dump.Append(CultureInfo.InvariantCulture, $"{at * BytesOfALine:x4}  {hex}  {letters}\n");
        }

        return bytes.Length > MostBytes ? dump.Append('…').ToString() : dump.ToString().TrimEnd('\n');
    }

    private static string OneLine(string text) => Names.Plain(text).Trim();

    private static string Cut(string text, int most) => text.Length <= most ? text : string.Concat(text.AsSpan(0, char.IsHighSurrogate(text[most - 1]) ? most - 1 : most), "…");
}

/// <summary>What a device may send.</summary>
public enum HarvestKind
{
    /// <summary>JSON.</summary>
    Json,

    /// <summary>Text.</summary>
    Text,

    /// <summary>Bytes.</summary>
    Binary,
}
