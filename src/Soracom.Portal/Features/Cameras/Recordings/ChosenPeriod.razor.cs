using Microsoft.AspNetCore.Components;
using Soracom.Portal.Features.Cameras.Page;
using Soracom.Portal.Security;
using Soracom.Portal.Shared.Cameras;
using Soracom.Portal.Shared.Text;

namespace Soracom.Portal.Features.Cameras.Recordings;

/// <summary>The chosen period: typed here, or told what it holds and what it would cost to have it.</summary>
public sealed partial class ChosenPeriod
{
    private string from = "";
    private string to = "";
    private string? fromProblem;
    private string? toProblem;
    private Period? written;

    /// <summary>What is in sight and what is chosen.</summary>
    [Parameter]
    [EditorRequired]
    public required RecordingsView View { get; set; }

    /// <summary>Which camera.</summary>
    [Parameter]
    [EditorRequired]
    public required CameraPlace Place { get; set; }

    /// <summary>IANA time zone of where the camera is.</summary>
    [Parameter]
    [EditorRequired]
    public required string Zone { get; set; }

    /// <summary>IANA time zone of whoever looks; null while it is not known.</summary>
    [Parameter]
    public string? ViewerZone { get; set; }

    /// <summary>The day that is meant where a time alone is typed.</summary>
    [Parameter]
    [EditorRequired]
    public DateOnly Day { get; set; }

    /// <summary>What was recorded of the chosen period.</summary>
    [Parameter]
    [EditorRequired]
    public required IReadOnlyList<Period> Recorded { get; set; }

    /// <summary>Whether all of the chosen period was read; otherwise there may be more.</summary>
    [Parameter]
    public bool IsRead { get; set; }

    /// <summary>The time up to which it was read: of what comes nothing is recorded yet.</summary>
    [Parameter]
    [EditorRequired]
    public DateTimeOffset AsOf { get; set; }

    /// <summary>What is left of the camera's quota; null while it is not known.</summary>
    [Parameter]
    public TimeSpan? Left { get; set; }

    /// <summary>Called with what was chosen; null where the choice was given up.</summary>
    [Parameter]
    public EventCallback<Period?> OnChoose { get; set; }

    /// <summary>Called when all that is in sight is to be chosen.</summary>
    [Parameter]
    public EventCallback OnAll { get; set; }

    /// <summary>The tenant.</summary>
    [CascadingParameter]
    public required TenantContext Tenant { get; set; }

    [Inject]
    private TimeProvider Clock { get; set; } = null!;

    private TimeSpan There => TimeSpan.FromTicks(Recorded.Sum(part => part.Length.Ticks));

    /// <summary>What of the chosen period has come; empty or turned round where nothing has.</summary>
    private Period Come => View.Chosen is { } chosen ? chosen with { To = chosen.To < AsOf ? chosen.To : AsOf } : default;

    private TimeSpan NotYet => View.Chosen is { } chosen ? chosen.Length - (Come.Length > TimeSpan.Zero ? Come.Length : TimeSpan.Zero) : TimeSpan.Zero;

    private int Gaps => Come.Length > TimeSpan.Zero ? Footage.Gaps(Recorded, Come).Count : 0;

    private string Example(int minutes) => TypedMoment.Written(Times.StartOf(Day, Zone).AddHours(9).AddMinutes(minutes), Zone);

    /// <summary>Why it can't be exported; null when it can.</summary>
    private string? WhyNot =>
        !Tenant.May(Permission.CamerasExport) ? L["Chosen.NotPermitted"].Value
        : View.Chosen?.From >= AsOf ? L["Chosen.Future"].Value
        : IsRead && There == TimeSpan.Zero ? L["Chosen.NothingThere"].Value
        : null;

    /// <inheritdoc />
    protected override void OnParametersSet()
    {
        if (written != View.Chosen)
        {
            Write();
        }
    }

    /// <summary>What is chosen, in the fields.</summary>
    private void Write()
    {
        written = View.Chosen;
        (from, to) = View.Chosen is { } chosen ? (TypedMoment.Written(chosen.From, Zone), TypedMoment.Written(chosen.To, Zone)) : ("", "");
        (fromProblem, toProblem) = (null, null);
    }

    private async Task TypedAsync()
    {
        var (first, last) = (TypedMoment.Read(from, Day, Zone), TypedMoment.Read(to, Day, Zone));
        var now = Clock.GetUtcNow();
        fromProblem = first.Fault is { } bad ? L[$"TypedFault.{bad}"].Value : first.At >= now ? L["Chosen.Future"].Value : null;
        toProblem = last.Fault is { } worse ? L[$"TypedFault.{worse}"].Value
            : last.At > now ? L["Chosen.Future"].Value
            : first.At is { } begin && last.At <= begin ? L["Chosen.Order"].Value
            : null;
        if (fromProblem is null && toProblem is null)
        {
            var typed = new Period(first.At!.Value, last.At!.Value);
            if (typed == View.Chosen)
            {
                // What is chosen already is written as it is understood.
                Write();
                return;
            }

            await OnChoose.InvokeAsync(typed);
        }
    }
}
