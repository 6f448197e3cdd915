using Soracom.Api;
using Soracom.Portal.Data.Exports;
using Soracom.Portal.Features.Exports;

namespace Soracom.Portal.Tests.Features.Exports;

/// <summary>The addresses of exports' pages.</summary>
public sealed class ExportDraftTests
{
    private static readonly DateTimeOffset From = new(2026, 11, 21, 1, 2, 3, TimeSpan.Zero);

    public static TheoryData<ExportDraft> Drafts =>
    [
        new ExportDraft(),
        new ExportDraft { Coverage = SoracomCoverage.Global, Camera = "02CA00000001", From = From, To = From.AddHours(8), Archive = true, Mp3 = true, Again = true },
        new ExportDraft { Camera = "02CA00000001", From = From, To = From.AddHours(8), Kind = FootageKind.Stills, Every = 5, WideAngle = true, Harvest = "/a b/{date}" },
    ];

    [Theory]
    [MemberData(nameof(Drafts))]
    public void Draft_InAnAddress_ComesBackAsItWas(ExportDraft draft) => Assert.Equal(draft, ExportDraft.Parse(PortalUrls.NewExport("aoba", draft)));

    [Theory]
    [InlineData("?from=nonsense&to=2026-13-01T00:00:00Z&every=-3&kind=films&coverage=xx")]
    [InlineData("?from=1&archive=yes&again=2")]
    public void Draft_OfNonsense_LeavesItOut(string query) => Assert.Equal(new ExportDraft(), ExportDraft.Parse(query));

    [Fact]
    public void Draft_WithoutCameraOrPeriod_IsNoRequestYet()
    {
        Assert.Null(new ExportDraft { From = From, To = From.AddHours(1) }.Request(""));
        Assert.Null(new ExportDraft { Camera = "02CA00000001", From = From }.Request(""));
        var request = new ExportDraft { Camera = "02CA00000001", From = From, To = From.AddHours(1) }.Request("why");
        Assert.Equal(("why", true), (request!.Reason, request.LeaveOut));
    }

    [Fact]
    public void Lists_InAnAddress_ComeBackAsTheyWere()
    {
        var exports = new ExportQuery { Camera = "02CA00000001", State = FootageExportState.Paused, Before = 7 };
        var pieces = new PieceQuery { State = FootagePieceState.Failed, After = 100 };

        Assert.Equal(exports, ExportQuery.Parse(PortalUrls.Exports("aoba", exports)));
        Assert.Equal(pieces, PieceQuery.Parse(PortalUrls.Export("aoba", Guid.NewGuid(), pieces)));
        Assert.Equal(PieceQuery.All with { Marked = true }, PieceQuery.Parse(PortalUrls.Export("aoba", Guid.NewGuid(), PieceQuery.All with { Marked = true })));
        Assert.Equal(ExportQuery.All, ExportQuery.Parse("?state=nonsense&before=x"));
    }
}
