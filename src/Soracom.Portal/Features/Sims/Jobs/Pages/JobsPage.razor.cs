using Microsoft.AspNetCore.Components;
using Microsoft.Extensions.Localization;
using Soracom.Portal.Data.Jobs;
using Soracom.Portal.Resources;
using Soracom.Portal.Security;
using Soracom.Portal.Shared.Data;

namespace Soracom.Portal.Features.Sims.Jobs.Pages;

/// <summary>The tenant's jobs over many SIMs, the newest first.</summary>
public sealed partial class JobsPage : IDisposable
{
    /// <summary>How often the list is read anew while something is under way.</summary>
    private static readonly TimeSpan Interval = TimeSpan.FromSeconds(3);

    private readonly CancellationTokenSource gone = new();
    private CancellationToken left;
    private IReadOnlyList<SimJob>? jobs;
    private int? before;

    /// <summary>The tenant's name in the address.</summary>
    [Parameter]
    public required string Slug { get; set; }

    /// <summary>The tenant.</summary>
    [CascadingParameter]
    public required TenantContext Tenant { get; set; }

    [Inject]
    private SimJobs Jobs { get; set; } = null!;

    [Inject]
    private IStringLocalizer<Strings> Texts { get; set; } = null!;

    [Inject]
    private TimeProvider Clock { get; set; } = null!;

    private SimJobWords Words => new(Texts, Tenant.Tenant.TimeZone, []);

    /// <inheritdoc />
    public void Dispose()
    {
        gone.Cancel();
        gone.Dispose();
    }

    /// <inheritdoc />
    protected override void OnInitialized() => left = gone.Token;

    /// <inheritdoc />
    protected override async Task OnParametersSetAsync() => jobs = await Jobs.ListAsync(Tenant, before, left);

    /// <inheritdoc />
    protected override async Task OnAfterRenderAsync(bool firstRender)
    {
        if (!firstRender)
        {
            return;
        }

        await PageWatch.RunAsync(
            Clock,
            Interval,
            Tenant,
            async () =>
            {
                if (jobs is not null && jobs.Any(job => job.State == SimJobState.Running || job.Sending > 0))
                {
                    jobs = await Jobs.ListAsync(Tenant, before, left);
                    StateHasChanged();
                }
            },
            left);
    }

    private async Task OlderAsync()
    {
        before = jobs![^1].Number;
        jobs = await Jobs.ListAsync(Tenant, before, left);
    }
}
