using System.Globalization;
using Microsoft.AspNetCore.Components;
using Microsoft.JSInterop;
using Soracom.Portal.Features.Cameras.List;
using Soracom.Portal.Features.Cameras.Page;
using Soracom.Portal.Features.Cameras.Stills;
using Soracom.Portal.Security;
using Soracom.Portal.Shared.Cameras;
using Soracom.Portal.Shared.Text;

namespace Soracom.Portal.Features.Cameras.Recordings;

/// <summary>A still of a moment: says what it costs, has it made, shows it and offers it as a file.</summary>
public sealed partial class MomentStill
{
    private readonly CancellationTokenSource leaving = new();
    private ShownStill shown = ShownStill.None;
    private DateTimeOffset? written;
    private string typed = "";
    private string? problem;

    /// <summary>Which camera.</summary>
    [Parameter]
    [EditorRequired]
    public required CameraPlace Place { get; set; }

    /// <summary>The moment that was pointed at, or that the chosen period begins with; null where there is none.</summary>
    [Parameter]
    public DateTimeOffset? Moment { get; set; }

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

    /// <summary>The camera's quota; null while it is not known.</summary>
    [Parameter]
    public CameraQuota? Quota { get; set; }

    /// <summary>Whether something was recorded at a moment; null where that is not known.</summary>
    [Parameter]
    public Func<DateTimeOffset, bool?>? IsRecorded { get; set; }

    /// <summary>Called when quota may have been used.</summary>
    [Parameter]
    public EventCallback OnUsed { get; set; }

    /// <summary>The tenant.</summary>
    [CascadingParameter]
    public required TenantContext Tenant { get; set; }

    [Inject]
    private CameraStills Stills { get; set; } = null!;

    [Inject]
    private IJSRuntime Script { get; set; } = null!;

    [Inject]
    private TimeProvider Clock { get; set; } = null!;

    private string Example => TypedMoment.Written(Times.StartOf(Day, Zone).AddHours(9), Zone);

    /// <inheritdoc />
    public void Dispose()
    {
        leaving.Cancel();
        leaving.Dispose();
        if (shown.Address is { } address)
        {
            _ = DropAsync(address);
        }
    }

    /// <inheritdoc />
    protected override void OnParametersSet()
    {
        if (written != Moment)
        {
            written = Moment;
            typed = Moment is { } moment ? TypedMoment.Written(moment, Zone) : typed;
            problem = null;
        }
    }

    private async Task TakeAsync(CameraAgreed agreed)
    {
        if (shown.Taking)
        {
            // A second click that was on its way before the button could be switched off.
            return;
        }

        var read = TypedMoment.Read(typed, Day, Zone);
        problem = read.Fault is { } fault ? L[$"TypedFault.{fault}"].Value
            : read.At >= Clock.GetUtcNow() ? L["Chosen.Future"].Value
            : IsRecorded?.Invoke(read.At!.Value) == false ? L["Still.NothingThere"].Value
            : null;
        if (problem is not null)
        {
            return;
        }

        var (before, left) = (shown, leaving.Token);
        shown = before with { Taking = true, Error = null };
        try
        {
            var taken = await Stills.TakeAtAsync(Tenant, Place.Coverage, Place.DeviceId, read.At!.Value, agreed, left);
            if (taken.Error is { } error)
            {
                shown = before with { Taking = false, Error = error };
            }
            else
            {
                using var content = new DotNetStreamReference(new MemoryStream(taken.Value.Content.ToArray(), writable: false));
                shown = new ShownStill(Taking: false, await Script.InvokeAsync<string>("portal.pictures.keep", left, content), taken.Value.At);
                if (before.Address is { } earlier)
                {
                    await DropAsync(earlier);
                }
            }

            await OnUsed.InvokeAsync();
        }
        catch (OperationCanceledException) when (left.IsCancellationRequested || Tenant.Ended.IsCancellationRequested)
        {
            // Nobody looks any more.
        }
        catch (JSDisconnectedException)
        {
            // The browser went away meanwhile.
        }
        finally
        {
            shown = shown with { Taking = false };
        }
    }

    private async Task DropAsync(string address)
    {
        try
        {
            await Script.InvokeVoidAsync("portal.pictures.drop", [new[] { address }]);
        }
        catch (Exception gone) when (gone is JSDisconnectedException or OperationCanceledException)
        {
            // The browser went away, and its pictures with it.
        }
    }

    private string FileName(DateTimeOffset at) => string.Create(CultureInfo.InvariantCulture, $"{Place.DeviceId}-{Times.Local(at, Zone):yyyyMMdd-HHmmss}.jpg");
}
