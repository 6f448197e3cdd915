namespace Soracom.Portal.Shared.Charts;

/// <summary>A column of a chart.</summary>
/// <param name="Name">What it is for, such as a day.</param>
/// <param name="Values">A value for each series, none below nothing, or for the first ones where the others say nothing of this column; <see cref="double.NaN"/> for one that is not known, which is drawn as a gap.</param>
/// <param name="Mark">What stands below it; null where nothing does.</param>
public sealed record ChartColumn(string Name, IReadOnlyList<double> Values, string? Mark = null);
