using System.Globalization;
using Soracom.Api;
using Soracom.Api.Errors;
using Soracom.Api.SoraCam;
using Soracom.Portal.Features.Exports.Planning;

namespace Soracom.Portal.Tests.Features.Exports;

/// <summary>How much of the vendor's list of recordings is read for a plan.</summary>
public sealed class RecordingListTests
{
    private static readonly DateTimeOffset Start = new(2026, 11, 1, 0, 0, 0, TimeSpan.Zero);

    private int asked;

    [Fact]
    public async Task Read_AFewPages_HasAll()
    {
        var list = await ReadAsync(pages: 3);

        Assert.Equal((3, null, 3), (list.Recordings.Count, list.CutAt, asked));
    }

    [Fact]
    public async Task Read_TooManyPages_StopsAndTellsUpToWhen_AndAPeriodThatEndsThenIsReadToItsEnd()
    {
        var list = await ReadAsync(pages: 1_000_000);

        Assert.Equal(RecordingList.MostPages + 1, asked);
        Assert.Equal(Start.AddHours(RecordingList.MostPages - 1), list.CutAt);

        // The last page of what is asked for then may come with a key, behind which there is nothing.
        var shorter = await ReadAsync(pages: RecordingList.MostPages + 1);
        Assert.Null(shorter.CutAt);
    }

    [Fact]
    public async Task Read_NothingFound_IsNothingRecorded()
    {
        var list = await RecordingList.ReadAsync(_ => throw new SoracomNotFoundException(new SoracomFailure { OperationId = "listSoraCamDeviceRecordingsAndEvents" }));

        Assert.Equal((0, null), (list.Recordings.Count, list.CutAt));
    }

    /// <summary>A page an hour, with a recording that begins with it.</summary>
    private Task<RecordingList> ReadAsync(int pages)
    {
        asked = 0;
        return RecordingList.ReadAsync(key =>
        {
            asked++;
            var page = key is null ? 0 : int.Parse(key, CultureInfo.InvariantCulture);
            var content = new RecordingsAndEvents { Records = [new RecordingPeriod { StartTime = Start.AddHours(page), EndTime = Start.AddHours(page).AddMinutes(30) }] };
            return Task.FromResult(new SoracomPaged<RecordingsAndEvents>(content, page + 1 < pages ? (page + 1).ToString(CultureInfo.InvariantCulture) : null));
        });
    }
}
