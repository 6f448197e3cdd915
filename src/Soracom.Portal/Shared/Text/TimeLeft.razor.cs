using System.Globalization;
using Microsoft.AspNetCore.Components;
using Soracom.Portal.Security;

namespace Soracom.Portal.Shared.Text;

/// <summary>How long it is until something ends, to the second, counting down.</summary>
public sealed partial class TimeLeft : IDisposable
{
    /// <summary>From when on the end is near.</summary>
    private static readonly TimeSpan Soon = TimeSpan.FromMinutes(2);

    private static readonly TimeSpan Tick = TimeSpan.FromSeconds(1);

    private readonly CancellationTokenSource gone = new();
    private TimeSpan left;

    /// <summary>When it ends.</summary>
    [Parameter]
    [EditorRequired]
    public required DateTimeOffset Until { get; set; }

    /// <summary>Called once when it has ended.</summary>
    [Parameter]
    public EventCallback OnOver { get; set; }

    /// <summary>The tenant whose time zone counts.</summary>
    [CascadingParameter]
    public TenantContext? Tenant { get; set; }

    /// <summary>The time zone that counts outside of tenants; null for UTC.</summary>
    [CascadingParameter(Name = nameof(ReaderZone))]
    public string? ReaderZone { get; set; }

    [Inject]
    private TimeProvider Clock { get; set; } = null!;

    private string Zone => Tenant?.Tenant.TimeZone ?? ReaderZone ?? "UTC";

    private string Text => left.TotalHours >= 1
        ? string.Create(CultureInfo.InvariantCulture, $"{(int)left.TotalHours}:{left.Minutes:00}:{left.Seconds:00}")
        : string.Create(CultureInfo.InvariantCulture, $"{left.Minutes}:{left.Seconds:00}");

    /// <inheritdoc />
    public void Dispose()
    {
        gone.Cancel();
        gone.Dispose();
    }

    /// <inheritdoc />
    protected override void OnParametersSet() => Count();

    /// <inheritdoc />
    protected override async Task OnAfterRenderAsync(bool firstRender)
    {
        if (!firstRender)
        {
            return;
        }

        var stop = gone.Token;
        using var timer = new PeriodicTimer(Tick, Clock);
        try
        {
            while (await timer.WaitForNextTickAsync(stop))
            {
                var before = left;
                Count();
                if (before != left)
                {
                    StateHasChanged();
                    if (left == TimeSpan.Zero)
                    {
                        await OnOver.InvokeAsync();
                    }
                }
            }
        }
        catch (OperationCanceledException) when (stop.IsCancellationRequested)
        {
            // Nobody looks any more.
        }
    }

    /// <summary>Whole seconds, so that it says 15:00 at the beginning and 0:00 at the end.</summary>
    private void Count()
    {
        var now = Until - Clock.GetUtcNow();
        left = now <= TimeSpan.Zero ? TimeSpan.Zero : TimeSpan.FromSeconds(Math.Ceiling(now.TotalSeconds));
    }
}
