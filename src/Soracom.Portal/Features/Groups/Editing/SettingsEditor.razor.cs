using Microsoft.AspNetCore.Components;
using Soracom.Portal.Features.Groups.Settings;

namespace Soracom.Portal.Features.Groups.Editing;

/// <summary>
/// A group's settings, one namespace at a time: a form and its JSON, two views of one draft that somebody else holds. What is typed into
/// either takes effect when it is right, and is not lost while it is wrong. Text is told of when the typing pauses, and at once when one
/// goes elsewhere.
/// </summary>
public sealed partial class SettingsEditor : IAsyncDisposable
{
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(600);

    private readonly Dictionary<string, Typing> texts = new(StringComparer.Ordinal);
    private readonly HashSet<string> seen = new(StringComparer.Ordinal);
    private bool asJson;
    private CancellationTokenSource? waiting;

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

    [Inject]
    private TimeProvider Clock { get; set; } = null!;

    private IReadOnlyList<SettingSpace> Spaces =>
        [.. SettingCatalogue.Spaces, .. Settings.Namespaces.Union(WrongSpaces, StringComparer.Ordinal).Where(name => SettingCatalogue.Spaces.All(space => space.Name != name)).Select(SettingCatalogue.Of)];

    private SettingSpace Shown => Spaces.FirstOrDefault(space => space.Name == Space) ?? Spaces.FirstOrDefault(space => Settings.Namespaces.Contains(space.Name, StringComparer.Ordinal)) ?? Spaces[0];

    private HashSet<string> WrongSpaces => [.. texts.Where(typing => typing.Value.Problem is not null).Select(typing => typing.Key)];

    private string Text => texts.TryGetValue(Shown.Name, out var typing) ? typing.Text : SpaceText.Of(Settings, Shown.Name);

    private JsonProblem? Problem => texts.TryGetValue(Shown.Name, out var typing) ? typing.Problem : null;

    private string What => SettingCatalogue.Spaces.Any(space => space.Name == Shown.Name) ? L[$"SettingSpace.{Shown.Name}"] : L["Settings.UnknownSpace"];

    /// <inheritdoc />
    public async ValueTask DisposeAsync()
    {
        StopWaiting();
        await TellAsync();
    }

    /// <inheritdoc />
    protected override Task OnInitializedAsync() => UnfinishedChanged.InvokeAsync(false);

    /// <inheritdoc />
    protected override void OnParametersSet()
    {
        seen.Add(Shown.Name);
        Settle();
    }

    /// <summary>A text stays as it was typed as long as it says what the draft says, or what the draft has not been told yet.</summary>
    private void Settle()
    {
        foreach (var (space, typing) in texts.Where(typing => typing.Value is { Problem: null, IsTold: true } told && !SpaceText.Masked(told.Part).Equals(SpaceText.Part(Settings, typing.Key))).ToList())
        {
            texts.Remove(space);
        }
    }

    private async Task ChooseAsync(string space)
    {
        await LeaveAsync(Shown.Name);
        Space = space;
        seen.Add(space);
        await SpaceChanged.InvokeAsync(space);
    }

    private async Task EditAsync(SettingEdit edit)
    {
        await TellAsync();
        await Edited.InvokeAsync([edit]);
    }

    private async Task TypeAsync(string text)
    {
        var space = Shown.Name;
        var wasUnfinished = WrongSpaces.Count > 0;
        var typing = texts.TryGetValue(space, out var typed) ? typed : new Typing(text, SpaceText.Part(Settings, space), null);
        var (part, problem) = SpaceText.Read(text, space, Settings);
        texts[space] = typing with { Text = text, Part = part ?? typing.Part, Problem = problem };
        await TellUnfinishedAsync(wasUnfinished);
        StopWaiting();
        var mine = waiting = new CancellationTokenSource();
        try
        {
            await Task.Delay(Pause, Clock, mine.Token);
        }
        catch (OperationCanceledException)
        {
            return;
        }

        await TellAsync();
    }

    /// <summary>Tells what was typed and has not been told.</summary>
    private async Task TellAsync()
    {
        foreach (var (space, typing) in texts.Where(typing => SpaceText.Between(typing.Value.Told, typing.Value.Part).Count > 0).ToList())
        {
            texts[space] = typing with { Told = typing.Part, UnderWay = typing.UnderWay + 1 };
            await Edited.InvokeAsync(SpaceText.Between(typing.Told, typing.Part));
            if (texts.TryGetValue(space, out var now))
            {
                texts[space] = now with { UnderWay = now.UnderWay - 1 };
            }
        }

        Settle();
    }

    /// <summary>A text that is right is written out anew, with what was typed as a secret masked.</summary>
    private Task LeaveAsync() => LeaveAsync(Shown.Name);

    private async Task LeaveAsync(string space)
    {
        StopWaiting();
        await TellAsync();
        if (texts.TryGetValue(space, out var typing) && typing is { Problem: null, IsTold: true })
        {
            texts.Remove(space);
        }
    }

    private Task Discard()
    {
        StopWaiting();
        texts.Remove(Shown.Name);
        return TellUnfinishedAsync(wasUnfinished: true);
    }

    private Task TellUnfinishedAsync(bool wasUnfinished) => WrongSpaces.Count > 0 != wasUnfinished ? UnfinishedChanged.InvokeAsync(!wasUnfinished) : Task.CompletedTask;

    private void StopWaiting()
    {
        waiting?.Cancel();
        waiting?.Dispose();
        waiting = null;
    }

    /// <summary>A text that somebody types.</summary>
    /// <param name="Text">The text.</param>
    /// <param name="Part">What it said when it was right last.</param>
    /// <param name="Problem">What is wrong with it now.</param>
    private sealed record Typing(string Text, GroupSettings Part, JsonProblem? Problem)
    {
        /// <summary>What the draft was told that it says.</summary>
        public GroupSettings Told { get; init; } = Part;

        /// <summary>How much of it is being told.</summary>
        public int UnderWay { get; init; }

        /// <summary>Whether the draft knows all of it.</summary>
        public bool IsTold => UnderWay == 0 && Told.Equals(Part);
    }
}
