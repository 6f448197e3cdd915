using System.Globalization;
using Microsoft.AspNetCore.Components;
using Soracom.Portal.Shared.Text;

namespace Soracom.Portal.Features.Cameras.List;

/// <summary>The rows of the list of cameras.</summary>
public sealed partial class CameraGrid
{
    private static readonly IReadOnlyList<CameraColumn> Columns = Enum.GetValues<CameraColumn>();

    private static readonly string Style = string.Create(
        CultureInfo.InvariantCulture, $"--columns:{string.Join(' ', Columns.Select(column => Width(column).Track))};--least:{Columns.Sum(column => Width(column).Rem)}rem");

    private IReadOnlyList<string> terms = [];

    /// <summary>The tenant's name in addresses.</summary>
    [Parameter]
    [EditorRequired]
    public required string Slug { get; set; }

    /// <summary>The cameras, in their order; null while they are on their way.</summary>
    [Parameter]
    [EditorRequired]
    public required IReadOnlyList<ListedCamera>? Cameras { get; set; }

    /// <summary>The view that they answer.</summary>
    [Parameter]
    [EditorRequired]
    public required CameraQuery Query { get; set; }

    /// <summary>Whether others may be on their way.</summary>
    [Parameter]
    public bool Busy { get; set; }

    /// <summary>Whether rows say of which coverage they are.</summary>
    [Parameter]
    public bool ShowCoverage { get; set; }

    /// <summary>Called with the view to show instead.</summary>
    [Parameter]
    public EventCallback<CameraQuery> OnChange { get; set; }

    [Inject]
    private NavigationManager Navigation { get; set; } = null!;

    private IReadOnlyList<string> Terms => terms;

    /// <inheritdoc />
    protected override void OnParametersSet() => terms = Folding.Words(Query.Text);

    private static Room Width(CameraColumn column) => column switch
    {
        CameraColumn.Name => new(12.5, 4),
        CameraColumn.Connection => new(8.5, 1),
        CameraColumn.Power => new(5.75),
        CameraColumn.Licence => new(8, 1),
        CameraColumn.Quota => new(7.5, 1),
        CameraColumn.Event => new(6.75, 1),
        _ => new(11, 1),
    };

    private static string Key(CameraColumn column) => $"of-{column.ToString().ToLowerInvariant()}";

    private string Link(ListedCamera camera) => PortalUrls.Camera(Slug, camera.Coverage, camera.DeviceId);

    private void Open(int row)
    {
        if (Cameras is { } cameras && row < cameras.Count)
        {
            Navigation.NavigateTo(Link(cameras[row]));
        }
    }

    private string Order(CameraColumn column) => Query.SortBy != column ? "none" : Query.Descending ? "descending" : "ascending";

    /// <summary>Its least width, and its share of the room that is left; 0 for a fixed width.</summary>
    private readonly record struct Room(double Rem, int Share = 0)
    {
        public string Track => Share == 0 ? string.Create(CultureInfo.InvariantCulture, $"{Rem}rem") : string.Create(CultureInfo.InvariantCulture, $"minmax({Rem}rem, {Share}fr)");
    }
}
