using System.Globalization;
using Microsoft.AspNetCore.Components;
using Soracom.Portal.Shared.Text;

namespace Soracom.Portal.Features.Exports.Pages;

/// <summary>The period of a new export, by the clocks of the tenant. What is meant is told in UTC: of a time that clocks show twice, which.</summary>
public sealed partial class ExportPeriodFields
{
    private End begin;
    private End end;

    /// <summary>The beginning, UTC; null before it is chosen.</summary>
    [Parameter]
    public DateTimeOffset? From { get; set; }

    /// <summary>The end, UTC; null before it is chosen.</summary>
    [Parameter]
    public DateTimeOffset? To { get; set; }

    /// <summary>The time zone that the fields are in.</summary>
    [Parameter]
    [EditorRequired]
    public required string Zone { get; set; }

    /// <summary>Called with what was chosen.</summary>
    [Parameter]
    public EventCallback<(DateTimeOffset? From, DateTimeOffset? To)> OnChange { get; set; }

    [Inject]
    private TimeProvider Clock { get; set; } = null!;

    /// <inheritdoc />
    protected override void OnParametersSet() => (begin, end) = (Told(begin, From), Told(end, To));

    /// <summary>What is typed and is no time stays there to be read, for as long as nothing else is chosen.</summary>
    private End Told(End before, DateTimeOffset? at) => at is null && before.IsLeftOut ? before
        : new End(at, at is { } time ? Written(Times.Local(time, Zone).DateTime) : null, IsLeftOut: false);

    private Task Set(ChangeEventArgs change, bool isBegin)
    {
        if (!DateTime.TryParse(change.Value as string, CultureInfo.InvariantCulture, DateTimeStyles.None, out var typed))
        {
            return Tell(at: null, isBegin);
        }

        if (!Times.IsShown(typed, Zone))
        {
            var wrong = new End(At: null, Written(typed), IsLeftOut: true);
            (begin, end) = isBegin ? (wrong, end) : (begin, wrong);
            return Tell(at: null, isBegin);
        }

        var at = Times.InZone(typed, Zone).ToUniversalTime();
        // Who has chosen the second of two hours, and types another minute of it, means that one still.
        var isSecond = (isBegin ? From : To) is { } before && Times.Both(before, Zone)?.Second == before;
        return Tell(isSecond ? Times.Both(at, Zone)?.Second.ToUniversalTime() ?? at : at, isBegin);
    }

    private Task Tell(DateTimeOffset? at, bool isBegin) => OnChange.InvokeAsync(isBegin ? (at, To) : (From, at));

    private Task Last(TimeSpan length)
    {
        var now = Clock.GetUtcNow();
        var last = now.AddTicks(-(now.Ticks % TimeSpan.TicksPerSecond));
        return OnChange.InvokeAsync((last - length, last));
    }

    private Task Day(int days)
    {
        var day = Times.DayOf(Clock.GetUtcNow(), Zone).AddDays(days);
        var last = Times.StartOf(day.AddDays(1), Zone).ToUniversalTime();
        var now = Clock.GetUtcNow();
        return OnChange.InvokeAsync((Times.StartOf(day, Zone).ToUniversalTime(), last > now ? now.AddTicks(-(now.Ticks % TimeSpan.TicksPerSecond)) : last));
    }

    private static string Written(DateTime shown) => shown.ToString("yyyy-MM-dd'T'HH:mm:ss", CultureInfo.InvariantCulture);

    /// <summary>One end of the period.</summary>
    /// <param name="At">The instant; null where there is none.</param>
    /// <param name="Shown">What the field shows.</param>
    /// <param name="IsLeftOut">Whether it shows a time that clocks leave out.</param>
    private readonly record struct End(DateTimeOffset? At, string? Shown, bool IsLeftOut);
}
