using Bunit;
using Soracom.Portal.Features.Exports;
using Soracom.Portal.Features.Exports.Pages;

namespace Soracom.Portal.Tests.Features.Exports;

/// <summary>The period of a new export, where clocks are put forward and back.</summary>
public sealed class ExportPeriodFieldsTests : IAsyncDisposable
{
    private const string NewYork = "America/New_York";

    private static readonly DateTimeOffset First = new(2026, 11, 1, 5, 30, 0, TimeSpan.Zero);
    private static readonly DateTimeOffset Second = First.AddHours(1);

    private readonly ComponentScene circuit = new();
    private (DateTimeOffset? From, DateTimeOffset? To) chosen;

    public ValueTask DisposeAsync() => circuit.DisposeAsync();

    [Fact]
    public async Task Typed_ATimeThatClocksShowTwice_IsTheFirst_UntilTheSecondIsChosen_AndTheLinkHoldsWhich()
    {
        var fields = Open(NewYork);

        await TypeAsync(fields, "from", "2026-11-01T01:30:00");
        Assert.Equal(First, chosen.From);
        Assert.Equal([true, false], Radios(fields).Select(radio => radio.HasAttribute("checked")));

        await fields.InvokeAsync(() => Radios(fields)[1].Change("on"));
        Show(fields);

        Assert.Equal((Second, TimeSpan.Zero), (chosen.From, chosen.From!.Value.Offset));
        Assert.Equal([false, true], Radios(fields).Select(radio => radio.HasAttribute("checked")));
        Assert.Equal("2026-11-01T01:30:00", fields.Find("#from").GetAttribute("value"));
        Assert.Equal(Second, ExportDraft.Parse(PortalUrls.NewExport("aoba", new ExportDraft { From = chosen.From })).From);
    }

    [Fact]
    public async Task Typed_AnotherMinuteOfTheSecondHour_IsOfTheSecondStill()
    {
        var fields = Open(NewYork, Second);

        await TypeAsync(fields, "from", "2026-11-01T01:45:00");
        Assert.Equal(Second.AddMinutes(15), chosen.From);

        await TypeAsync(fields, "from", "2026-11-01T02:00:00");
        Assert.Equal(Second.AddMinutes(30), chosen.From);
        Assert.Empty(Radios(fields));
    }

    [Theory]
    [InlineData("from")]
    [InlineData("to")]
    public async Task Typed_ATimeThatClocksLeaveOut_SaysSo_AndStaysToBeRead(string end)
    {
        var fields = Open(NewYork);

        await TypeAsync(fields, end, "2026-03-08T02:30:00");

        Assert.Equal(("There is no such time on that day: clocks are put forward over it.", "true", "2026-03-08T02:30:00"),
            (fields.Find(".problem").TextContent, fields.Find($"#{end}").GetAttribute("aria-invalid"), fields.Find($"#{end}").GetAttribute("value")));
        Assert.Equal((null, null), chosen);

        await TypeAsync(fields, end, "2026-03-08T03:00:00");
        Assert.Empty(fields.FindAll(".problem"));
        Assert.Equal(new DateTimeOffset(2026, 3, 8, 7, 0, 0, TimeSpan.Zero), end == "from" ? chosen.From : chosen.To);
    }

    [Fact]
    public async Task Typed_WhereClocksAreNeverPutBack_OffersNothing()
    {
        var fields = Open("Asia/Tokyo");

        await TypeAsync(fields, "from", "2026-11-01T01:30:00");

        Assert.Equal(new DateTimeOffset(2026, 10, 31, 16, 30, 0, TimeSpan.Zero), chosen.From);
        Assert.Empty(Radios(fields));
    }

    private static IReadOnlyList<AngleSharp.Dom.IElement> Radios(IRenderedComponent<ExportPeriodFields> fields) => [.. fields.FindAll("input[type=radio]")];

    private IRenderedComponent<ExportPeriodFields> Open(string zone, DateTimeOffset? from = null)
    {
        chosen = (from, null);
        return circuit.Render<ExportPeriodFields>(parameters => parameters.Add(field => field.Zone, zone).Add(field => field.From, from).Add(field => field.OnChange, period => chosen = period));
    }

    private async Task TypeAsync(IRenderedComponent<ExportPeriodFields> fields, string end, string time)
    {
        await fields.InvokeAsync(() => fields.Find($"#{end}").Change(time));
        Show(fields);
    }

    /// <summary>What was chosen comes back by the page's address.</summary>
    private void Show(IRenderedComponent<ExportPeriodFields> fields) =>
        fields.Render(parameters => parameters.Add(field => field.From, chosen.From).Add(field => field.To, chosen.To));
}
