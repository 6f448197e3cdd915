using Microsoft.AspNetCore.Components;
using Soracom.Portal.Features.Sims.Capturing;
using Soracom.Portal.Security;
using Soracom.Portal.Shared.Errors;
using Soracom.Portal.Shared.Layout;
using Soracom.Portal.Shared.Text;

namespace Soracom.Portal.Features.Sims;

/// <summary>Recordings of a SIM's traffic: asked for, followed, ended, downloaded, deleted.</summary>
public sealed partial class SimCapturesCard
{
    private static readonly int[] Lengths = [60, 300, 900, 3600, 6 * 3600, 24 * 3600];

    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(3);

    private List<CaptureInfo> shown = [];
    private string? next;
    private PortalError? problem;
    private bool isBusy;
    private bool isFollowing;
    private int length = Lengths[1];

    [Inject]
    private SimCaptures Captures { get; set; } = null!;

    [Inject]
    private Confirm Confirm { get; set; } = null!;

    private bool MayCapture => Tenant.May(Permission.SimsCapture);

    private bool IsUnderWay => shown.Exists(capture => capture.IsUnderWay);

    /// <inheritdoc />
    protected override SimView Parse(string uri) => new(SimTab.Network);

    /// <inheritdoc />
    protected override void OnMoved() => (problem, next, shown) = (null, null, []);

    /// <inheritdoc />
    protected override async Task<Result<CapturePage>> ReadAsync(CancellationToken cancellationToken)
    {
        var page = await Captures.ListAsync(Tenant, Place.Coverage, Place.SimId, after: null, cancellationToken);
        if (page.Error is null)
        {
            (shown, next) = ([.. page.Value.Captures], page.Value.Next);
            _ = InvokeAsync(FollowAsync);
        }

        return page;
    }

    private static (string Kind, string Icon) Look(CaptureStage stage) => stage switch
    {
        CaptureStage.Requested or CaptureStage.Processing => ("info", "hourglass"),
        CaptureStage.Capturing => ("info", "circle-dot"),
        CaptureStage.Done => ("good", "circle-check"),
        CaptureStage.Failed => ("bad", "circle-x"),
        _ => (string.Empty, "circle-dashed"),
    };

    private async Task StartAsync()
    {
        var asked = TimeSpan.FromSeconds(length);
        if (await Confirm.AskAsync(L["Captures.Start"], L["Captures.Start.Ask", Times.Span(L, asked), Place.SimId, Names.InText(Tenant.Tenant.Name)], L["Captures.Start"]))
        {
            await DoAsync(() => Captures.StartAsync(Tenant, Place.Coverage, Place.SimId, asked, Left), started => shown.Insert(0, started));
        }
    }

    private async Task StopAsync(CaptureInfo capture)
    {
        if (await Confirm.AskAsync(L["Captures.Stop.Title"], L["Captures.Stop.Ask", Place.SimId, Names.InText(Tenant.Tenant.Name)], L["Captures.Stop"]))
        {
            await DoAsync(() => Captures.StopAsync(Tenant, Place.Coverage, Place.SimId, capture.SessionId, Left), Replace);
        }
    }

    private async Task DeleteAsync(CaptureInfo capture)
    {
        var when = capture.RequestedAt is { } at ? Times.Full(at, Tenant.Tenant.TimeZone) : capture.SessionId;
        if (await Confirm.AskAsync(L["Captures.Delete"], L["Captures.Delete.Ask", when, Place.SimId, Names.InText(Tenant.Tenant.Name)], L["Captures.Delete.Yes"], danger: true))
        {
            await DoAsync(() => Captures.DeleteAsync(Tenant, Place.Coverage, Place.SimId, capture.SessionId, Left), _ => shown.RemoveAll(one => one.SessionId == capture.SessionId));
        }
    }

    private async Task MoreAsync()
    {
        isBusy = true;
        var page = await Captures.ListAsync(Tenant, Place.Coverage, Place.SimId, next, Left);
        (isBusy, problem) = (false, page.Error);
        if (page.Error is null)
        {
            shown.AddRange(page.Value.Captures.Where(older => shown.TrueForAll(one => one.SessionId != older.SessionId)));
            next = page.Value.Next;
        }
    }

    private async Task DoAsync(Func<Task<Result<CaptureInfo>>> act, Action<CaptureInfo> take)
    {
        if (isBusy)
        {
            return;
        }

        var asked = Place;
        (isBusy, problem) = (true, null);
        var done = await act();
        isBusy = false;
        if (asked != Place)
        {
            return;
        }

        problem = done.Error;
        if (done.Error is null)
        {
            take(done.Value);
            _ = InvokeAsync(FollowAsync);
        }
    }

    private void Replace(CaptureInfo capture)
    {
        var at = shown.FindIndex(one => one.SessionId == capture.SessionId);
        if (at >= 0)
        {
            shown[at] = capture;
        }
    }

    /// <summary>Looks again and again while something is under way.</summary>
    private async Task FollowAsync()
    {
        if (isFollowing)
        {
            return;
        }

        isFollowing = true;
        try
        {
            while (IsUnderWay && problem is null)
            {
                await Task.Delay(Pause, Clock, Left);
                var asked = Place;
                var page = await Captures.ListAsync(Tenant, asked.Coverage, asked.SimId, after: null, Left);
                if (asked == Place)
                {
                    problem = page.Error;
                    foreach (var capture in page.Error is null ? page.Value.Captures : [])
                    {
                        Replace(capture);
                    }

                    StateHasChanged();
                }
            }
        }
        catch (OperationCanceledException) when (Left.IsCancellationRequested)
        {
            // Somebody went to another section; the next who looks sees how far it is.
        }
        finally
        {
            isFollowing = false;
        }
    }
}
