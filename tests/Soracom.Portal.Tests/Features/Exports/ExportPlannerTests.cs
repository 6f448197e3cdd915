using Soracom.Portal.Features.Exports.Planning;
using Soracom.Portal.Shared.Cameras;

namespace Soracom.Portal.Tests.Features.Exports;

public sealed class ExportPlannerTests
{
    private static readonly DateTimeOffset Nine = new(2026, 3, 2, 0, 0, 0, TimeSpan.Zero);

    [Fact]
    public void Video_EightHoursWithoutAGap_Are32PiecesOf15Minutes()
    {
        var pieces = ExportPlanner.Video([Part(0, 8 * 3600)], archive: false, costFactor: 1);

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
        Assert.Equal(lengths, string.Join(' ', ExportPlanner.Video([Part(0, seconds)], archive: false, costFactor: 1).Select(piece => piece.Period.Length.TotalSeconds)));

    [Fact]
    public void Video_Mp3_CostsTwice() => Assert.Equal(120, Assert.Single(ExportPlanner.Video([Part(0, 59.2)], archive: false, costFactor: 2)).Cost);

    [Fact]
    public void Video_RecordingsNearEachOther_ComeInOneArchiveButAreVideosOfTheirOwn()
    {
        Period[] clips = [Part(0, 12), Part(20, 32), Part(60, 72)];

        Assert.Equal([Part(0, 32), Part(60, 72)], ExportPlanner.Video(clips, archive: true, costFactor: 1).Select(piece => piece.Period));
        Assert.Equal(clips, ExportPlanner.Video(clips, archive: false, costFactor: 1).Select(piece => piece.Period));
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
                var pieces = ExportPlanner.Video(recorded, archive, costFactor: 1);

                Assert.All(pieces, piece => Assert.InRange(piece.Period.Length, ExportPlanner.ShortestPiece, ExportPlanner.LongestPiece));
                Assert.All(pieces.Zip(pieces.Skip(1)), two => Assert.True(two.First.Period.To <= two.Second.Period.From));
                var left = Footage.Without(recorded, pieces.Select(piece => piece.Period));
                Assert.All(left, part => Assert.True(part.Length < ExportPlanner.ShortestPiece));
                var beside = pieces.SelectMany(piece => Footage.Without([piece.Period], recorded)).ToList();
                Assert.All(beside, gap => Assert.True(archive && gap.Length <= TimeSpan.FromSeconds(10)));
            }
        }
    }

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
