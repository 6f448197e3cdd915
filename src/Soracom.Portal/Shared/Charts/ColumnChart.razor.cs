using System.Globalization;
using System.Text;
using System.Text.Json;
using Microsoft.AspNetCore.Components;

namespace Soracom.Portal.Shared.Charts;

/// <summary>
/// Values over time as columns, several series on top of each other. The pointer, a finger or the arrow keys tell the values of a
/// column. Needs at least one column; a table beside it says the same to those who would rather read.
/// </summary>
public sealed partial class ColumnChart
{
    /// <summary>Colours that there are for series; after that they begin anew.</summary>
    private const int Colours = 6;

    /// <summary>The share of a column's room that is left free beside it.</summary>
    private const double Gap = 0.24;

    private ChartScale scale = ChartScale.Of(0, 1000);
    private string tips = string.Empty;
    private string[] paths = [];

    /// <summary>What the chart shows, for those who hear it.</summary>
    [Parameter]
    [EditorRequired]
    public required string Label { get; set; }

    /// <summary>Names of the series, from below.</summary>
    [Parameter]
    [EditorRequired]
    public required IReadOnlyList<string> Series { get; set; }

    /// <summary>The columns, in the order of time; at least one.</summary>
    [Parameter]
    [EditorRequired]
    public required IReadOnlyList<ChartColumn> Columns { get; set; }

    /// <summary>Writes a value with its unit.</summary>
    [Parameter]
    [EditorRequired]
    public required Func<double, string> Format { get; set; }

    /// <summary>How many of a unit make the next: 1,000, or 1,024 for bytes.</summary>
    [Parameter]
    public int UnitStep { get; set; } = 1000;

    /// <summary>What the sum of several series is called.</summary>
    [Parameter]
    public string? Total { get; set; }

    /// <summary>What a column is called that has a value that is not known; needed where there may be one.</summary>
    [Parameter]
    public string? Missing { get; set; }

    private bool HasGaps => Missing is not null && Columns.Any(column => column.Values.Any(double.IsNaN));

    /// <inheritdoc />
    protected override void OnParametersSet()
    {
        scale = ChartScale.Of(Columns.Max(column => column.Values.Sum(Drawn)), UnitStep);
        tips = JsonSerializer.Serialize(Columns.Select(column => Tip(column, "\n")));
        paths = [.. Enumerable.Range(0, Series.Count).Select(Path)];
    }

    private static string Percent(double share) => string.Create(CultureInfo.InvariantCulture, $"{share * 100:0.###}%");

    private static string Colour(int series) => string.Create(CultureInfo.InvariantCulture, $"s{(series % Colours) + 1}");

    private static double Drawn(double value) => double.IsNaN(value) ? 0 : value;

    /// <summary>All gaps in one path: the whole height, as what is missing may be any of it.</summary>
    private string Gaps() => string.Concat(Columns.Index().Where(column => column.Item.Values.Any(double.IsNaN))
        .Select(column => string.Create(CultureInfo.InvariantCulture, $"M{column.Index + (Gap / 2):0.##} 100v-100h{1 - Gap:0.##}v100z")));

    private string Tip(ChartColumn column, string separator)
    {
        var lines = Series.Zip(column.Values, (name, value) => $"{name}: {Format(value)}").Prepend(column.Name);
        return string.Join(separator, Series.Count > 1 && Total is not null ? lines.Append($"{Total}: {Format(column.Values.Sum(Drawn))}") : lines);
    }

    /// <summary>All columns of a series in one path: hundreds of elements would be slow to send and to draw.</summary>
    private string Path(int series)
    {
        var path = new StringBuilder();
        for (var column = 0; column < Columns.Count; column++)
        {
            var values = Columns[column].Values;
            var height = values.Skip(series).Take(1).Sum(Drawn) / scale.Top * 100;
            if (height > 0)
            {
                var foot = 100 - (values.Take(series).Sum(Drawn) / scale.Top * 100);
                path.Append(CultureInfo.InvariantCulture, $"M{column + (Gap / 2):0.##} {foot:0.###}v{-height:0.###}h{1 - Gap:0.##}v{height:0.###}z");
            }
        }

        return path.ToString();
    }
}
