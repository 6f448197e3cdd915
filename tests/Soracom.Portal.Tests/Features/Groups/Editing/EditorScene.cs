using Bunit;
using Microsoft.AspNetCore.Components;
using Soracom.Portal.Features.Groups.Editing;
using Soracom.Portal.Features.Groups.Settings;

namespace Soracom.Portal.Tests.Features.Groups.Editing;

/// <summary>The editor over a draft that is held as a page does: unmasked, with a mask standing for what it stood for.</summary>
internal sealed class EditorScene : IAsyncDisposable
{
    private readonly ComponentScene circuit = new();

    public EditorScene(string settings, string? space = null, bool readOnly = false, EditingChoices? choices = null)
    {
        Draft = GroupSettings.Parse(settings);
        Editor = circuit.Render<SettingsEditor>(parameters => parameters
            .Add(editor => editor.Settings, SpaceText.Masked(Draft))
            .Add(editor => editor.Space, space)
            .Add(editor => editor.ReadOnly, readOnly)
            .Add(editor => editor.Choices, choices ?? new EditingChoices([], []))
            .Add(editor => editor.Edited, EventCallback.Factory.Create<IReadOnlyList<SettingEdit>>(this, Take))
            .Add(editor => editor.SpaceChanged, EventCallback.Factory.Create<string>(this, chosen => Chosen = chosen))
            .Add(editor => editor.UnfinishedChanged, EventCallback.Factory.Create<bool>(this, unfinished => Unfinished = unfinished)));
    }

    public GroupSettings Draft { get; private set; }

    public IRenderedComponent<SettingsEditor> Editor { get; }

    public string? Chosen { get; private set; }

    public bool Unfinished { get; private set; }

    public int Edits { get; private set; }

    /// <summary>Lets the typing pause.</summary>
    public void Pause() => circuit.Clock.Advance(TimeSpan.FromMilliseconds(600));

    public void Type(string json) => Editor.Find("#space-json").Input(json);

    /// <summary>Takes the editor away, as a page does that is left.</summary>
    public Task LeaveAsync() => circuit.DisposeComponentsAsync();

    public string Json => Editor.Find("#space-json").GetAttribute("value")!;

    public AngleSharp.Dom.IElement Row(string field) => Editor.Find($"[data-field=\"{field}\"]");

    public AngleSharp.Dom.IElement Input(string field) => Editor.Find($"[data-field=\"{field}\"] :is(input, select, textarea)");

    public string? ProblemOf(string field) => Editor.FindAll($"[data-field=\"{field}\"] [role=alert]").Select(problem => problem.TextContent.Trim()).FirstOrDefault();

    public void Put(GroupSettings draft)
    {
        Draft = draft;
        Editor.Render(parameters => parameters.Add(editor => editor.Settings, SpaceText.Masked(draft)));
    }

    public ValueTask DisposeAsync() => circuit.DisposeAsync();

    private void Take(IReadOnlyList<SettingEdit> edits)
    {
        Edits++;
        Put(edits.Aggregate(Draft, (draft, edit) => edit.Value is { } value
            ? draft.With(edit.Setting, SettingSecrets.Unmasked(edit.Setting, value, Draft[edit.Setting]) ?? throw new InvalidOperationException($"{edit.Setting} has a mask that stands for nothing."))
            : draft.Without(edit.Setting)));
    }
}
