using System.Globalization;
using System.Text.Json;
using Microsoft.AspNetCore.Components;
using Soracom.Portal.Features.Groups.Settings;

namespace Soracom.Portal.Features.Groups.Editing;

/// <summary>One field of the form with its help. What is typed wrongly stays in the field, and changes nothing.</summary>
public sealed partial class FieldRow
{
    private FieldReading reading;
    private FieldProblem? problem;
    private string? typed;
    private string? seen;

    /// <summary>The field.</summary>
    [Parameter]
    [EditorRequired]
    public required SettingField Field { get; set; }

    /// <summary>The setting that holds it.</summary>
    [Parameter]
    [EditorRequired]
    public SettingKey Setting { get; set; }

    /// <summary>The setting's value, with its secrets masked; null when it is not set.</summary>
    [Parameter]
    [EditorRequired]
    public JsonElement? Value { get; set; }

    /// <summary>What the account offers to choose from; null while that is being read.</summary>
    [Parameter]
    public EditingChoices? Choices { get; set; }

    /// <summary>Whether the setting differs from the vendor's.</summary>
    [Parameter]
    public bool Changed { get; set; }

    /// <summary>Whether nothing can be changed.</summary>
    [Parameter]
    public bool ReadOnly { get; set; }

    /// <summary>Called with what somebody wants.</summary>
    [Parameter]
    public EventCallback<SettingEdit> Edited { get; set; }

    private string Label => L[$"Setting.{Field.Name}"];

    private string Id => $"setting-{Field.Name}-{(uint)string.GetHashCode(Setting.Key, StringComparison.Ordinal):x}";

    private string HelpId => $"{Id}-help";

    private string ProblemId => $"{Id}-problem";

    private bool IsOn => reading.Value is { ValueKind: JsonValueKind.True };

    /// <summary>Whether the label names several inputs.</summary>
    private bool IsGroup => Field.Kind is FieldKind.TextList or FieldKind.Headers || reading.State == FieldState.Odd;

    /// <summary>A key that is kept in a credential set is picked like one; a text that carries a secret is replaced as a whole, like one.</summary>
    private FieldKind Kind => Field.Kind == FieldKind.Secret && reading.Value is { } value && FieldContent.IsReference(value) ? FieldKind.Credential
        : Field.Kind is FieldKind.Text or FieldKind.LongText && reading.Value is { ValueKind: JsonValueKind.String } text && text.ValueEquals(SettingSecrets.Mask) ? FieldKind.Secret
        : Field.Kind;

    private string Shown => typed ?? FieldContent.Text(Field, reading);

    private IEnumerable<string> Options => Shown.Length == 0 || Field.Choices.Contains(Shown, StringComparer.Ordinal) ? Field.Choices : [.. Field.Choices, Shown];

    private IReadOnlyList<PickOption>? Offered => Kind == FieldKind.Gateway
        ? Choices?.Gateways?.Select(gateway => new PickOption(gateway.Id, gateway.Label)).ToList()
        : Choices?.Credentials?.Select(credential => new PickOption(credential.Id, $"{credential.Label} ({credential.Type})")).ToList();

    /// <inheritdoc />
    protected override void OnParametersSet()
    {
        reading = Field.Read(Value);
        var now = reading.Value?.GetRawText();
        if (now != seen)
        {
            (seen, typed, problem) = (now, null, null);
        }
    }

    private Task TurnAsync(ChangeEventArgs change) => CommitAsync(FieldContent.Of(change.Value is true));

    private Task TypedAsync(ChangeEventArgs change) => TypeAsync(change.Value as string ?? string.Empty);

    private async Task TypeAsync(string? text)
    {
        text ??= string.Empty;
        // What is copied brings its surroundings along, which are no part of an address.
        text = Field.Rule == FieldRule.None ? text : text.Trim();
        // It stays in the field until the draft holds it: meanwhile one may go on typing there.
        typed = text;
        problem = text.Length == 0 ? null : Field.Rule.Wrong(text);
        if (problem is not null)
        {
            return;
        }

        if (text != FieldContent.Text(Field, reading))
        {
            await CommitAsync(text.Length == 0 ? null : Field.Kind == FieldKind.Number ? FieldContent.Of(long.Parse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture)) : FieldContent.Of(text));
        }

        if (problem is null && typed == text)
        {
            typed = null;
        }
    }

    private Task CommitAsync(JsonElement? content) => Edited.InvokeAsync(new SettingEdit(Setting, WithContent(content)));

    /// <summary>A reference that is taken back goes as a whole, with what else its object holds.</summary>
    private JsonElement? WithContent(JsonElement? content) =>
        (Kind == FieldKind.Credential && Field.Kind != FieldKind.Credential ? Field with { Kind = FieldKind.Credential } : Field).Write(Value, content);
}
