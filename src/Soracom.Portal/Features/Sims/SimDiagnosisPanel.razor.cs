using System.Globalization;
using Microsoft.AspNetCore.Components;
using Soracom.Api.Diagnostics;
using Soracom.Portal.Data.Sims;
using Soracom.Portal.Features.Sims.Diagnosing;
using Soracom.Portal.Shared.Errors;
using Soracom.Portal.Shared.Text;

namespace Soracom.Portal.Features.Sims;

/// <summary>Runs the vendor's diagnosis, follows it to its end, and shows what this and earlier ones found.</summary>
public sealed partial class SimDiagnosisPanel
{
    private const int MostTimes = 5;

    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(2);

    private List<SimDiagnosis> shown = [];
    private PortalError? problem;
    private bool isBusy;
    private Guid? followed;

    /// <summary>Called when a diagnosis has found something, for those who go by it.</summary>
    [Parameter]
    public EventCallback OnDone { get; set; }

    [Inject]
    private SimDiagnosing Diagnosing { get; set; } = null!;

    private SimDiagnosis? Running => shown.Find(diagnosis => diagnosis.State == SimDiagnosisState.Running);

    /// <inheritdoc />
    protected override SimView Parse(string uri) => new(SimTab.Diagnostics);

    /// <inheritdoc />
    protected override void OnMoved() => (problem, followed, shown) = (null, null, []);

    /// <inheritdoc />
    protected override async Task<Result<IReadOnlyList<SimDiagnosis>>> ReadAsync(CancellationToken cancellationToken)
    {
        var listed = await Diagnosing.ListAsync(Tenant, Place.Coverage, Place.SimId, cancellationToken);
        // One may have been begun meanwhile.
        shown = [.. shown.Where(begun => listed.All(one => one.Id != begun.Id)), .. listed];
        // One that was left running, by whomever, is followed by whoever looks.
        _ = InvokeAsync(FollowAsync);
        return Result.Of(listed);
    }

    private static IEnumerable<Reference> Readable(Insight insight) =>
        (insight.ReferenceUrls ?? []).Where(reference => Uri.TryCreate(reference.Url, UriKind.Absolute, out var address) && address.Scheme == Uri.UriSchemeHttps);

    private async Task RunAsync()
    {
        if (isBusy)
        {
            return;
        }

        (isBusy, problem) = (true, null);
        var asked = Place;
        var started = await Diagnosing.StartAsync(Tenant, asked.Coverage, asked.SimId, Left);
        isBusy = false;
        if (asked != Place)
        {
            return;
        }

        problem = started.Error;
        if (started.Error is null)
        {
            shown.Insert(0, started.Value);
            StateHasChanged();
            await FollowAsync();
        }
    }

    private async Task FollowAsync()
    {
        if (Running is not { } running || followed == running.Id)
        {
            return;
        }

        followed = running.Id;
        var asked = Place;
        try
        {
            while (followed == running.Id && asked == Place)
            {
                await Task.Delay(Pause, Clock, Left);
                var told = await Diagnosing.FollowAsync(Tenant, asked.Coverage, running.Id, Left);
                if (asked != Place)
                {
                    return;
                }

                problem = told.Error;
                if (told.Error is not null || told.Value.State != SimDiagnosisState.Running)
                {
                    Replace(running.Id, told);
                    followed = null;
                    StateHasChanged();
                    await OnDone.InvokeAsync();
                    return;
                }
            }
        }
        catch (OperationCanceledException) when (Left.IsCancellationRequested)
        {
            // Somebody went to another section; the next who looks follows it.
        }
    }

    private void Replace(Guid id, Result<SimDiagnosis> told)
    {
        var at = shown.FindIndex(diagnosis => diagnosis.Id == id);
        if (at >= 0 && told.Error is null)
        {
            shown[at] = told.Value;
        }
    }

    /// <summary>When something was detected: Unix milliseconds as a time, anything else as it came.</summary>
    private string Detected(string text) =>
        long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var milliseconds) && milliseconds <= DateTimeOffset.MaxValue.ToUnixTimeMilliseconds()
            ? Times.Full(DateTimeOffset.FromUnixTimeMilliseconds(milliseconds), Tenant.Tenant.TimeZone)
            : Names.InText(text);
}
