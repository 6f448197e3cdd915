using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Forms;
using Microsoft.Extensions.Localization;
using Soracom.Api;
using Soracom.Portal.Data.Jobs;
using Soracom.Portal.Features.Sims.Inventory;
using Soracom.Portal.Features.Sims.Jobs.Files;
using Soracom.Portal.Resources;
using Soracom.Portal.Security;
using Soracom.Portal.Shared.Errors;
using Soracom.Portal.Shared.Vendor;

namespace Soracom.Portal.Features.Sims.Jobs.Pages;

/// <summary>Where a job is planned. Nothing is sent from here: the plan's own page shows what it would do, and starts it.</summary>
public sealed partial class JobNewPage : IDisposable
{
    private readonly CancellationTokenSource gone = new();
    private CancellationToken left;
    private readonly SimChangeInput input = new();
    private NewJobQuery query = new();
    private IReadOnlyList<SoracomCoverage>? coverages;
    private IReadOnlyList<GroupName> groups = [];
    private SoracomCoverage coverage;
    private PortalError? error;
    private PortalError? missing;
    private int found;
    private bool busy;

    /// <summary>The tenant's name in the address.</summary>
    [Parameter]
    public required string Slug { get; set; }

    /// <summary>The tenant.</summary>
    [CascadingParameter]
    public required TenantContext Tenant { get; set; }

    /// <summary>The page's whole address: which SIMs are meant is in it.</summary>
    [CascadingParameter(Name = "Location")]
    public required string Location { get; set; }

    [Inject]
    private SimJobPlans Plans { get; set; } = null!;

    [Inject]
    private SimJobs Jobs { get; set; } = null!;

    [Inject]
    private SimList List { get; set; } = null!;

    [Inject]
    private GroupNames Groups { get; set; } = null!;

    [Inject]
    private TenantSoracom Soracom { get; set; } = null!;

    [Inject]
    private NavigationManager Navigation { get; set; } = null!;

    [Inject]
    private IStringLocalizer<Strings> Texts { get; set; } = null!;

    [Inject]
    private TimeProvider Clock { get; set; } = null!;

    private SimJobWords Words => new(Texts, Tenant.Tenant.TimeZone, groups);

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
        query = NewJobQuery.Parse(Location);
        if (!SimJobPlans.MayPlan(Tenant))
        {
            return;
        }

        var known = await Soracom.CoveragesAsync(Tenant, left);
        coverage = query.Found?.Coverage ?? (known.Count > 0 ? known[0] : default);
        if (query.Draft is { } draft)
        {
            var drafted = await Jobs.DraftedAsync(Tenant, draft, left);
            (missing, found) = (drafted.Error, drafted.Error is null ? drafted.Value : 0);
        }

        var kinds = SimChangeInput.KindsFor(Tenant);
        input.Kind = query.Change is { } chosen && kinds.Contains(chosen) ? chosen : kinds[0];
        input.GroupId = query.ToGroup;
        coverages = known;
        await LoadAccountAsync();
    }

    private async Task LoadAccountAsync()
    {
        if (coverages is not { Count: > 0 })
        {
            return;
        }

        // Looking has an inventory begun, or refreshed where it is old, while somebody fills in the rest.
        var all = (await List.FindAsync(Tenant, [coverage], (query.Found?.Lookup(Clock.GetUtcNow()) ?? new SimLookup()) with { Skip = 0, Take = 1 }, left)).Total;
        found = query.Draft is null ? all : found;
        if (Tenant.May(Permission.GroupsRead))
        {
            var named = await Groups.ListAsync(Tenant, coverage, left);
            groups = named.Error is null ? named.Value : [];
        }

        if (input.GroupId.Length > 0 && groups.All(group => group.Id != input.GroupId))
        {
            // Made a moment ago, perhaps, or its names can't be read: what is shown as chosen is what is sent.
            groups = [.. groups, new GroupName(input.GroupId, "")];
        }
    }

    private Task PlanAsync() => RunAsync(async () =>
    {
        var change = input.Read(groups, Tenant.Tenant.TimeZone, Clock.GetUtcNow());
        return change.Error is { } missing ? missing
            : query.Draft is { } draft ? await Plans.PlanPickedAsync(Tenant, draft, change.Value, left)
            : await Plans.PlanFoundAsync(Tenant, coverage, query.Found!.Lookup(Clock.GetUtcNow()), change.Value, left);
    });

    private Task ReadAsync(InputFileChangeEventArgs chosen) => chosen.FileCount == 0 ? Task.CompletedTask : RunAsync(async () =>
    {
        if (chosen.File.Size > FileReader.MostBytes)
        {
            return new FileProblemsError([new FileProblem(0, "TooBig", $"{FileReader.MostBytes / 1024 / 1024}")], 1);
        }

        await using var stream = chosen.File.OpenReadStream(FileReader.MostBytes, left);
        using var bytes = new MemoryStream();
        await stream.CopyToAsync(bytes, left);
        return await Plans.PlanFileAsync(Tenant, coverage, chosen.File.Name, bytes.ToArray(), left);
    });

    private async Task RunAsync(Func<Task<Result<SimJob>>> plan)
    {
        if (busy)
        {
            return;
        }

        (busy, error) = (true, null);
        StateHasChanged();
        try
        {
            var planned = await plan();
            error = planned.Error;
            if (planned.Error is null)
            {
                Navigation.NavigateTo(PortalUrls.Job(Slug, planned.Value.Id));
            }
        }
        finally
        {
            busy = false;
        }
    }
}
