using System.Globalization;
using Microsoft.AspNetCore.Components;
using Microsoft.Extensions.Localization;
using Soracom.Portal.Data.Jobs;
using Soracom.Portal.Resources;
using Soracom.Portal.Security;
using Soracom.Portal.Shared.Data;
using Soracom.Portal.Shared.Errors;
using Soracom.Portal.Shared.Layout;

namespace Soracom.Portal.Features.Sims.Jobs.Pages;

/// <summary>One job: its dry run before it is started, then how it goes, then what came of it.</summary>
public sealed partial class JobPage : IDisposable
{
    /// <summary>How often it is read anew while it is under way.</summary>
    private static readonly TimeSpan Interval = TimeSpan.FromSeconds(1);

    private readonly CancellationTokenSource gone = new();
    private CancellationToken left;
    private SimJobQuery query = SimJobQuery.All;
    private SimJob? job;
    private SimJobPace? pace;
    private IReadOnlyList<SimJobItem> items = [];
    private IReadOnlyList<GroupName> groups = [];
    private PortalError? error;
    private bool busy;

    /// <summary>The tenant's name in the address.</summary>
    [Parameter]
    public required string Slug { get; set; }

    /// <summary>The job.</summary>
    [Parameter]
    public required string JobId { get; set; }

    /// <summary>The tenant.</summary>
    [CascadingParameter]
    public required TenantContext Tenant { get; set; }

    /// <summary>The page's whole address: which items it shows is in it.</summary>
    [CascadingParameter(Name = "Location")]
    public required string Location { get; set; }

    [Inject]
    private SimJobs Jobs { get; set; } = null!;

    [Inject]
    private GroupNames Groups { get; set; } = null!;

    [Inject]
    private Confirm Confirm { get; set; } = null!;

    [Inject]
    private IStringLocalizer<Strings> Texts { get; set; } = null!;

    [Inject]
    private TimeProvider Clock { get; set; } = null!;

    private SimJobWords Words => new(Texts, Tenant.Tenant.TimeZone, groups);

    private string Title => job is null ? Texts["Jobs.One"] : Words.What(job);

    private bool MayChange => job is not null && SimJobNeeds.Of(job).All(Tenant.May);

    /// <inheritdoc />
    public void Dispose()
    {
        gone.Cancel();
        gone.Dispose();
    }

    /// <inheritdoc />
    protected override void OnInitialized() => left = gone.Token;

    /// <inheritdoc />
    protected override async Task OnParametersSetAsync()
    {
        query = SimJobQuery.Parse(Location);
        await LoadAsync();
        if (job is not null && groups.Count == 0 && job.Actions.Contains(Data.Audit.AuditActions.SimGrouped, StringComparison.Ordinal) && Tenant.May(Permission.GroupsRead))
        {
            var named = await Groups.ListAsync(Tenant, SimJobStore.CoverageOf(job), left);
            groups = named.Error is null ? named.Value : [];
        }

        if (job is { State: SimJobState.Planned } planned)
        {
            pace = await Jobs.PaceAsync(Tenant, planned.Id, left);
        }
    }

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
                if (job is not null && !busy && (job.State == SimJobState.Running || job.Sending > 0))
                {
                    await LoadAsync();
                    StateHasChanged();
                }
            },
            left);
    }

    private static string Number(int number) => number.ToString("N0", CultureInfo.CurrentCulture);

    private string Address(SimJobQuery view) => PortalUrls.Job(Slug, job!.Id, view);

    private async Task LoadAsync()
    {
        var asked = query;
        var id = Guid.TryParse(JobId, out var known) ? known : Guid.Empty;
        var read = await Jobs.GetAsync(Tenant, id, left);
        var list = read.Error is null ? await Jobs.ItemsAsync(Tenant, id, asked.State, asked.After, left) : [];
        // Unless something else was asked for meanwhile.
        if (asked == query)
        {
            (job, items) = (read.Error is null ? read.Value : null, list);
            error = read.Error ?? (job is null ? null : error);
        }
    }

    private Task StartAsync(int? typed) => ActAsync(job!.State == SimJobState.Planned, (id, token) => Jobs.StartAsync(Tenant, id, typed, token));

    private Task PauseAsync() => ActAsync(job!.State == SimJobState.Running, (id, token) => Jobs.PauseAsync(Tenant, id, token));

    private Task ResumeAsync() => ActAsync(job!.State == SimJobState.Paused, (id, token) => Jobs.ResumeAsync(Tenant, id, token));

    private Task RetryAsync() => ActAsync(SimJobPlans.MayRetry(job!), (id, token) => Jobs.RetryAsync(Tenant, id, token));

    private async Task CancelAsync()
    {
        if (await Confirm.AskAsync(Texts["Jobs.Cancel.Title"], Texts["Jobs.Cancel.What", Number(job!.Waiting)], Texts["Jobs.Cancel"], danger: true))
        {
            await ActAsync(isOffered: true, (id, token) => Jobs.CancelAsync(Tenant, id, token));
        }
    }

    private async Task ActAsync(bool isOffered, Func<Guid, CancellationToken, Task<Result<SimJob>>> act)
    {
        if (busy || !isOffered)
        {
            // A second click that was on its way before the button was gone: the job stands where the first has put it.
            return;
        }

        busy = true;
        try
        {
            var acted = await act(job!.Id, left);
            error = acted.Error;
            await LoadAsync();
        }
        finally
        {
            busy = false;
        }
    }
}
