using Microsoft.AspNetCore.Components;
using Soracom.Portal.Features.Groups.Settings;

namespace Soracom.Portal.Features.Groups.Editing;

/// <summary>
/// A group's settings, one namespace at a time: a form and its JSON, two views of one draft that somebody else holds. What is typed into
/// either takes effect when it is right, and is not lost while it is wrong.
/// </summary>
public sealed partial class SettingsEditor
{
    private readonly Dictionary<string, Typing> texts = new(StringComparer.Ordinal);
    private readonly HashSet<string> seen = new(StringComparer.Ordinal);
    private bool asJson;

    /// <summary>The draft, with its secrets masked.</summary>
    [Parameter]
    [EditorRequired]
    public required GroupSettings Settings { get; set; }

    /// <summary>Called with what somebody wants. A mask in it stands for the secret that was masked there.</summary>
    [Parameter]
    public EventCallback<IReadOnlyList<SettingEdit>> Edited { get; set; }

    /// <summary>Whether nothing can be changed.</summary>
    [Parameter]
    public bool ReadOnly { get; set; }

    /// <summary>What the account offers to choose from; null while that is being read.</summary>
    [Parameter]
    public EditingChoices? Choices { get; set; }

    /// <summary>The settings that differ from the vendor's.</summary>
    [Parameter]
    public IReadOnlySet<SettingKey>? Changed { get; set; }

    /// <summary>The namespace that is shown; the first that is in use when null.</summary>
    [Parameter]
    public string? Space { get; set; }

    /// <summary>Called with the namespace that is to be shown.</summary>
    [Parameter]
    public EventCallback<string> SpaceChanged { get; set; }

    /// <summary>Called with whether some text is being mended, so that what is on the screen is not yet the draft.</summary>
    [Parameter]
    public EventCallback<bool> UnfinishedChanged { get; set; }

    private IReadOnlyList<SettingSpace> Spaces =>
        [.. SettingCatalogue.Spaces, .. Settings.Namespaces.Union(WrongSpaces, StringComparer.Ordinal).Where(name => SettingCatalogue.Spaces.All(space => space.Name != name)).Select(SettingCatalogue.Of)];

    private SettingSpace Shown => Spaces.FirstOrDefault(space => space.Name == Space) ?? Spaces.FirstOrDefault(space => Settings.Namespaces.Contains(space.Name, StringComparer.Ordinal)) ?? Spaces[0];

    private HashSet<string> WrongSpaces => [.. texts.Where(typing => typing.Value.Problem is not null).Select(typing => typing.Key)];

    private string Text => texts.TryGetValue(Shown.Name, out var typing) ? typing.Text : SpaceText.Of(Settings, Shown.Name);

    private JsonProblem? Problem => texts.TryGetValue(Shown.Name, out var typing) ? typing.Problem : null;

    private string What => SettingCatalogue.Spaces.Any(space => space.Name == Shown.Name) ? L[$"SettingSpace.{Shown.Name}"] : L["Settings.UnknownSpace"];

    /// <inheritdoc />
    protected override Task OnInitializedAsync() => UnfinishedChanged.InvokeAsync(false);

    /// <inheritdoc />
    protected override void OnParametersSet()
    {
        seen.Add(Shown.Name);
        // A text stays as it was typed as long as it says what the draft says.
        foreach (var (space, typing) in texts.Where(typing => typing.Value.Problem is null && !SpaceText.Masked(typing.Value.Part).Equals(SpaceText.Part(Settings, typing.Key))).ToList())
        {
            texts.Remove(space);
        }
    }

    private Task ChooseAsync(string space)
    {
        Leave(Shown.Name);
        Space = space;
        seen.Add(space);
        return SpaceChanged.InvokeAsync(space);
    }

    private Task EditAsync(SettingEdit edit) => Edited.InvokeAsync([edit]);

    private async Task TypeAsync(string text)
    {
        var space = Shown.Name;
        var wasUnfinished = WrongSpaces.Count > 0;
        var before = texts.TryGetValue(space, out var typing) ? typing.Part : SpaceText.Part(Settings, space);
        var (part, problem) = SpaceText.Read(text, space, Settings);
        texts[space] = new Typing(text, part ?? before, problem);
        if (part is not null && SpaceText.Between(before, part) is { Count: > 0 } edits)
        {
            await Edited.InvokeAsync(edits);
        }

        await TellAsync(wasUnfinished);
    }

    /// <summary>A text that is right is written out anew, with what was typed as a secret masked.</summary>
    private void Leave() => Leave(Shown.Name);

    private void Leave(string space)
    {
        if (texts.TryGetValue(space, out var typing) && typing.Problem is null)
        {
            texts.Remove(space);
        }
    }

    private Task Discard()
    {
        texts.Remove(Shown.Name);
        return TellAsync(wasUnfinished: true);
    }

    private Task TellAsync(bool wasUnfinished) => WrongSpaces.Count > 0 != wasUnfinished ? UnfinishedChanged.InvokeAsync(!wasUnfinished) : Task.CompletedTask;

    /// <summary>A text that somebody types.</summary>
    /// <param name="Text">The text.</param>
    /// <param name="Part">What it said when it was right last.</param>
    /// <param name="Problem">What is wrong with it now.</param>
    private sealed record Typing(string Text, GroupSettings Part, JsonProblem? Problem);
}
