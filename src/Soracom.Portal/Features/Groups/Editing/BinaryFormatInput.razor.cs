using Microsoft.AspNetCore.Components;

namespace Soracom.Portal.Features.Groups.Editing;

/// <summary>A format of the binary parser, checked while it is typed, with what it makes of a sample. The sample stays in the browser's page alone.</summary>
public sealed partial class BinaryFormatInput
{
    private const int MostShownBytes = 8;

    private string text = "";
    private string sample = "";
    private string? seen;
    private SampleEncoding encoding;
    private BinaryParserFormat? format;
    private IReadOnlyList<BinaryProblem> problems = [];

    /// <summary>Id of the input, unique on the page.</summary>
    [Parameter]
    [EditorRequired]
    public required string Id { get; set; }

    /// <summary>The format that is set, or what was typed and is none; empty for none.</summary>
    [Parameter]
    [EditorRequired]
    public required string Value { get; set; }

    /// <summary>The formats that the vendor knows by name.</summary>
    [Parameter]
    public IReadOnlyList<string> Known { get; set; } = [];

    /// <summary>What a format may look like.</summary>
    [Parameter]
    public string? Example { get; set; }

    /// <summary>Id of what explains it.</summary>
    [Parameter]
    public string? DescribedBy { get; set; }

    /// <summary>Whether nothing can be changed.</summary>
    [Parameter]
    public bool ReadOnly { get; set; }

    /// <summary>Called with what was typed, once it is typed.</summary>
    [Parameter]
    public EventCallback<string> Typed { get; set; }

    /// <inheritdoc />
    protected override void OnParametersSet()
    {
        if (seen != Value)
        {
            seen = Value;
            Take(Value);
        }
    }

    private static string BytesOf(BinaryReading reading, byte[] payload)
    {
        if (reading.At >= payload.Length)
        {
            return "–";
        }

        var bytes = payload.AsSpan(reading.At, Math.Min(reading.Field.Bytes, payload.Length - reading.At));
        return string.Join(' ', Convert.ToHexStringLower(bytes[..Math.Min(bytes.Length, MostShownBytes)]).Chunk(2).Select(pair => new string(pair))) + (bytes.Length > MostShownBytes ? " …" : null);
    }

    private void Take(string? typed)
    {
        text = typed ?? string.Empty;
        (format, problems) = text.Trim().Length == 0 ? (null, []) : BinaryParserFormat.Parse(text);
    }

    private Task TypedAsync(ChangeEventArgs change) => ChooseAsync(change.Value as string ?? string.Empty);

    private Task ChooseAsync(string typed)
    {
        Take(typed);
        return Typed.InvokeAsync(typed);
    }
}
