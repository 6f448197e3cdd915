using Microsoft.AspNetCore.Components;
using Soracom.Api;
using Soracom.Portal.Data.Billing;
using Soracom.Portal.Features.Billing.Files;
using Soracom.Portal.Security;
using Soracom.Portal.Shared.Data;
using Soracom.Portal.Shared.Errors;

namespace Soracom.Portal.Features.Billing.Pages;

/// <summary>A month's detailed files: asks for one, and tells how far it is and what was found in it.</summary>
public sealed partial class BillFileCard : IDisposable
{
    /// <summary>How often is looked how far a file is.</summary>
    private static readonly TimeSpan Interval = TimeSpan.FromSeconds(2);

    private readonly CancellationTokenSource gone = new();
    private CancellationToken left;
    private IReadOnlyList<BillFile>? files;
    private PortalError? error;
    private bool asking;

    /// <summary>The tenant's name in the address.</summary>
    [Parameter]
    [EditorRequired]
    public required string Slug { get; set; }

    /// <summary>The coverage.</summary>
    [Parameter]
    [EditorRequired]
    public SoracomCoverage Coverage { get; set; }

    /// <summary>The month.</summary>
    [Parameter]
    [EditorRequired]
    public required BillMonth Month { get; set; }

    /// <summary>A file was read: the month has lines that it had not.</summary>
    [Parameter]
    public EventCallback OnRead { get; set; }

    /// <summary>The tenant.</summary>
    [CascadingParameter]
    public required TenantContext Tenant { get; set; }

    [Inject]
    private BillFiles Files { get; set; } = null!;

    [Inject]
    private TimeProvider Clock { get; set; } = null!;

    private BillFile? UnderWay => files?.FirstOrDefault(file => file.State is BillFileState.Asked or BillFileState.Making or BillFileState.Stored);

    private BillFile? Failed => UnderWay is null ? files?.FirstOrDefault(file => file.State == BillFileState.Failed) : null;

    /// <summary>The file of a closed bill is good for ever, unless it was not understood, the bill has changed since, or nobody told whether it had when it was made.</summary>
    private bool MayAsk => Month.Stage != BillStage.Final || (!Month.IsNothing() && files?.Any(file => file is { IsWhole: true, IsOfUntoldBill: false } && file.Revision == Month.Revision) != true);

    /// <inheritdoc />
    public void Dispose()
    {
        gone.Cancel();
        gone.Dispose();
    }

    /// <inheritdoc />
    protected override async Task OnInitializedAsync()
    {
        left = gone.Token;
        await LookAsync();
    }

    /// <inheritdoc />
    protected override async Task OnAfterRenderAsync(bool firstRender)
    {
        if (firstRender)
        {
            await PageWatch.RunAsync(Clock, Interval, Tenant, () => UnderWay is null ? Task.CompletedTask : LookAsync(), left);
        }
    }

    private async Task LookAsync()
    {
        var before = UnderWay;
        try
        {
            files = await Files.ListAsync(Tenant, Coverage, BillMonths.Of(Month.Month), left);
        }
        catch (OperationCanceledException) when (left.IsCancellationRequested || Tenant.Ended.IsCancellationRequested)
        {
            return;
        }

        StateHasChanged();
        if (before is not null && files.Any(file => file.Id == before.Id && file.State == BillFileState.Done))
        {
            await OnRead.InvokeAsync();
        }
    }

    private async Task AskAsync()
    {
        if (asking)
        {
            return;
        }

        (asking, error) = (true, null);
        try
        {
            error = (await Files.RequestAsync(Tenant, Coverage, BillMonths.Of(Month.Month), left)).Error;
            await LookAsync();
        }
        catch (OperationCanceledException) when (left.IsCancellationRequested || Tenant.Ended.IsCancellationRequested)
        {
            // Nobody looks any more, or may.
        }
        catch (PermissionDeniedException)
        {
            // The gate before the page says so.
        }
        finally
        {
            asking = false;
        }
    }

    private string Why(string? trouble) => L[$"BillFileTrouble.{trouble}"] is { ResourceNotFound: false } words ? words : trouble ?? "";
}
