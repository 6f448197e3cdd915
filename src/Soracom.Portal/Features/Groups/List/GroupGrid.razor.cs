using System.Globalization;
using Microsoft.AspNetCore.Components;
using Soracom.Portal.Shared.Text;

namespace Soracom.Portal.Features.Groups.List;

/// <summary>The rows of the list of groups, any number of them.</summary>
public sealed partial class GroupGrid
{
    private IReadOnlyList<string> terms = [];

    /// <summary>The tenant's name in addresses.</summary>
    [Parameter]
    [EditorRequired]
    public required string Slug { get; set; }

    /// <summary>The groups, in their order; null while they are on their way.</summary>
    [Parameter]
    [EditorRequired]
    public required IReadOnlyList<ListedGroup>? Groups { get; set; }

    /// <summary>The view that they answer.</summary>
    [Parameter]
    [EditorRequired]
    public required GroupQuery Query { get; set; }

    /// <summary>Whether others may be on their way.</summary>
    [Parameter]
    public bool Busy { get; set; }

    /// <summary>Whether rows say how many SIMs are in their groups.</summary>
    [Parameter]
    public bool ShowSims { get; set; }

    /// <summary>Whether rows say of which coverage they are.</summary>
    [Parameter]
    public bool ShowCoverage { get; set; }

    /// <summary>What can be done with a group, and whether the keyboard stands on it; null where that is nothing.</summary>
    [Parameter]
    public RenderFragment<(ListedGroup Group, bool Active)>? Acts { get; set; }

    /// <summary>Called with the view to show instead.</summary>
    [Parameter]
    public EventCallback<GroupQuery> OnChange { get; set; }

    [Inject]
    private NavigationManager Navigation { get; set; } = null!;

    private IReadOnlyList<string> Terms => terms;

    private IReadOnlyList<GroupColumn> Columns => [.. Enum.GetValues<GroupColumn>().Where(column => ShowSims || column != GroupColumn.Sims)];

    private string Style
    {
        get
        {
            List<Room> rooms = [.. Columns.Select(Width)];
            if (Acts is not null)
            {
                rooms.Add(new Room(4.75));
            }

            return string.Create(CultureInfo.InvariantCulture, $"--columns:{string.Join(' ', rooms.Select(room => room.Track))};--least:{rooms.Sum(room => room.Rem)}rem");
        }
    }

    /// <inheritdoc />
    protected override void OnParametersSet() => terms = Folding.Words(Query.Text);

    private static Room Width(GroupColumn column) => column switch
    {
        GroupColumn.Name => new(13.5, 4),
        GroupColumn.Sims => new(6.5),
        GroupColumn.Tags => new(8.5, 4),
        GroupColumn.Namespaces => new(8, 3),
        GroupColumn.Modified => new(10.5),
        _ => new(8.5),
    };

    private static string Key(GroupColumn column) => $"of-{column.ToString().ToLowerInvariant()}";

    private string Order(GroupColumn column) => Query.SortBy != column ? "none" : Query.Descending ? "descending" : "ascending";

    private string Link(ListedGroup group) => PortalUrls.Group(Slug, group.Coverage, group.GroupId);

    private void Open(int row)
    {
        if (Groups is { } groups && row < groups.Count)
        {
            Navigation.NavigateTo(Link(groups[row]));
        }
    }

    /// <summary>Its least width, and its share of the room that is left; 0 for a fixed width.</summary>
    private readonly record struct Room(double Rem, int Share = 0)
    {
        public string Track => Share == 0 ? string.Create(CultureInfo.InvariantCulture, $"{Rem}rem") : string.Create(CultureInfo.InvariantCulture, $"minmax({Rem}rem, {Share}fr)");
    }
}
