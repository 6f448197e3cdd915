using Soracom.Portal.Data.Exports;
using Soracom.Portal.Features.Exports.Planning;
using Soracom.Portal.Shared.Cameras;

namespace Soracom.Portal.Tests.Features.Exports;

public sealed class ExportPlannerTests
{
    private static readonly DateTimeOffset Nine = new(2026, 3, 2, 0, 0, 0, TimeSpan.Zero);

    [Fact]
    public void Video_EightHoursWithoutAGap_Are32PiecesOf15Minutes()
    {
        var pieces = Video([Part(0, 8 * 3600)], archive: false, costFactor: 1);

        Assert.Equal(32, pieces.Count);
        Assert.All(pieces, piece => Assert.Equal((TimeSpan.FromMinutes(15), 900L), (piece.Period.Length, piece.Cost)));
    }

    [Theory]
    [InlineData(900, "900")]
    [InlineData(901, "451 450")]
    [InlineData(1800.5, "601 600 599.5")]
    [InlineData(1, "1")]
    [InlineData(0.9, "")]
    public void Video_OneRecording_IsSplitEvenly(double seconds, string lengths) =>
        Assert.Equal(lengths, string.Join(' ', Video([Part(0, seconds)], archive: false, costFactor: 1).Select(piece => piece.Period.Length.TotalSeconds)));

    [Fact]
    public void Video_Mp3_CostsTwice() => Assert.Equal(120, Assert.Single(Video([Part(0, 59.2)], archive: false, costFactor: 2)).Cost);

    [Fact]
    public void Video_RecordingsNearEachOther_ComeInOneArchiveButAreVideosOfTheirOwn()
    {
        Period[] clips = [Part(0, 12), Part(20, 32), Part(60, 72)];

        Assert.Equal([Part(0, 32), Part(60, 72)], Video(clips, archive: true, costFactor: 1).Select(piece => piece.Period));
        Assert.Equal(clips, Video(clips, archive: false, costFactor: 1).Select(piece => piece.Period));
    }

    [Theory]
    [InlineData(0, 60, 10, "0 10 20 30 40 50")]
    [InlineData(5, 25, 10, "10 20")]
    [InlineData(10, 10.5, 10, "10")]
    [InlineData(11, 19, 10, "")]
    public void Stills_AreTakenWhereSomethingWasRecorded(double from, double to, int every, string moments) =>
        Assert.Equal(moments, string.Join(' ', ExportPlanner.Stills([Part(from, to)], Part(0, 3600), TimeSpan.FromSeconds(every)).Select(piece => (piece.Period.From - Nine).TotalSeconds)));

    /// <summary>Any recordings at all: nothing longer than the vendor takes, nothing twice, nothing left out but what is too short, nothing that was not recorded.</summary>
    [Fact]
    public void Video_AnyRecordings_AreExportedWholeAndOnce()
    {
        var random = new Random(20260302);
        for (var round = 0; round < 500; round++)
        {
            var recorded = Recordings(random);
            foreach (var archive in (bool[])[false, true])
            {
                var pieces = Video(recorded, archive, costFactor: 1);

                Assert.All(pieces, piece => Assert.InRange(piece.Period.Length, ExportPlanner.ShortestPiece, ExportPlanner.LongestPiece));
                Assert.All(pieces.Zip(pieces.Skip(1)), two => Assert.True(two.First.Period.To <= two.Second.Period.From));
                var left = Footage.Without(recorded, pieces.Select(piece => piece.Period));
                Assert.All(left, part => Assert.True(part.Length < ExportPlanner.ShortestPiece));
                var beside = pieces.SelectMany(piece => Footage.Without([piece.Period], recorded)).ToList();
                Assert.All(beside, gap => Assert.True(archive && gap.Length <= TimeSpan.FromSeconds(10)));
                Assert.All(pieces, piece => Assert.Equal(Period.SecondsOf(recorded.Select(part => part.Within(piece.Period)).Where(part => part.Length >= ExportPlanner.ShortestPiece)), piece.Cost));
                Assert.All(pieces, piece => Assert.InRange(RecordedParts.Text(piece)?.Length ?? 0, 0, FootagePiece.RecordedLength));
            }
        }
    }

    [Fact]
    public void Video_AnArchive_CostsWhatWasRecordedWithin_HeldByOthersOrNot()
    {
        Period[] recorded = [Part(0, 100), Part(104, 130), Part(135, 135.4), Part(136, 200.2)];
        // Others hold the middle; the vendor puts it into the archive all the same.
        var wanted = Footage.Without(recorded, [Part(96, 104)]);

        var piece = Assert.Single(ExportPlanner.Video(wanted, recorded, archive: true, costFactor: 2));

        Assert.Equal((Part(0, 200.2), 2 * 191), (piece.Period, piece.Cost));
        Assert.Equal("0-100000,104000-130000,136000-200200", RecordedParts.Text(piece));
        Assert.Null(RecordedParts.Text(Assert.Single(Video([Part(0, 100)], archive: true, costFactor: 1))));
    }

    /// <summary>A recording of many breaks is no longer than its row can hold.</summary>
    [Fact]
    public void Video_AnArchiveOfManyRecordings_IsSplit()
    {
        Period[] recorded = [.. Enumerable.Range(0, 120).Select(i => Part(i * 3, (i * 3) + 2))];

        var pieces = Video(recorded, archive: true, costFactor: 1);

        Assert.Equal([50, 50, 20], pieces.Select(piece => piece.Recorded!.Count));
        Assert.Equal(240, pieces.Sum(piece => piece.Cost));
    }

    private static IReadOnlyList<PlannedPiece> Video(IReadOnlyList<Period> recorded, bool archive, int costFactor) => ExportPlanner.Video(recorded, recorded, archive, costFactor);

    private static Period[] Recordings(Random random)
    {
        var parts = new List<Period>();
        var at = 0.0;
        while (parts.Count < random.Next(1, 30))
        {
            at += random.NextDouble() * (random.Next(3) == 0 ? 5000 : 15);
            var length = random.NextDouble() * (random.Next(2) == 0 ? 30 : 4000);
            parts.Add(Part(Math.Round(at, 3) + 0.001, Math.Round(at + length, 3) + 0.002));
            at += length + 0.01;
        }

        return [.. parts];
    }

    private static Period Part(double from, double to) => new(Nine.AddMilliseconds(Math.Round(from * 1000)), Nine.AddMilliseconds(Math.Round(to * 1000)));
}
