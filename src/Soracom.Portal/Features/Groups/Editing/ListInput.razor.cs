using System.Text.Json;
using Microsoft.AspNetCore.Components;

namespace Soracom.Portal.Features.Groups.Editing;

/// <summary>A list of texts, each in a row. It changes as a whole, when all of it is right: rows that are not yet filled stay in the form alone.</summary>
public sealed partial class ListInput
{
    private List<string> rows = [];
    private IReadOnlyList<string>? seen;
    private FieldProblem? problem;

    /// <summary>Id of the list's name.</summary>
    [Parameter]
    [EditorRequired]
    public required string Id { get; set; }

    /// <summary>What is in it.</summary>
    [Parameter]
    [EditorRequired]
    public required string Label { get; set; }

    /// <summary>The items that are set.</summary>
    [Parameter]
    [EditorRequired]
    public required IReadOnlyList<string> Items { get; set; }

    /// <summary>What is asked of them.</summary>
    [Parameter]
    [EditorRequired]
    public required FieldRule Rule { get; set; }

    /// <summary>What one may look like.</summary>
    [Parameter]
    public string? Example { get; set; }

    /// <summary>Whether nothing can be changed.</summary>
    [Parameter]
    public bool ReadOnly { get; set; }

    /// <summary>Called with the whole list; null when nothing is in it.</summary>
    [Parameter]
    public EventCallback<JsonElement?> Edited { get; set; }

    private int Count => (Rule as AddressesRule)?.Count ?? 0;

    /// <summary>Whether there are as many rows as there may be items, and no others.</summary>
    private bool IsFixed => Count > 0 && rows.Count <= Count;

    /// <inheritdoc />
    protected override void OnParametersSet()
    {
        if (seen is null || !seen.SequenceEqual(Items, StringComparer.Ordinal))
        {
            (seen, rows, problem) = (Items, [.. Items], null);
            while (rows.Count < Count)
            {
                rows.Add(string.Empty);
            }
        }
    }

    private Task TypeAsync(int at, string text)
    {
        rows[at] = text.Trim();
        return CommitAsync();
    }

    private Task RemoveAsync(int at)
    {
        rows.RemoveAt(at);
        return CommitAsync();
    }

    private async Task CommitAsync()
    {
        var items = rows.Where(row => row.Length > 0).ToList();
        problem = items.Count == 0 ? null : Rule.Wrong(items);
        if (problem is null && !items.SequenceEqual(Items, StringComparer.Ordinal))
        {
            seen = items;
            await Edited.InvokeAsync(items.Count == 0 ? null : FieldContent.Of(items));
        }
    }
}
