using Microsoft.AspNetCore.Components;
using Soracom.Api;
using Soracom.Portal.Features.RemoteAccess.Doors;
using Soracom.Portal.Security;
using Soracom.Portal.Shared.Errors;

namespace Soracom.Portal.Features.RemoteAccess.Board;

/// <summary>The doors that were opened elsewhere, in all tenants that somebody may see. They appear as the accounts answer.</summary>
public sealed partial class ForeignDoorBoard : IDisposable
{
    /// <summary>How often the accounts are asked anew while somebody looks; each answer costs a call.</summary>
    private static readonly TimeSpan Interval = TimeSpan.FromMinutes(1);

    private readonly CancellationTokenSource leaving = new();
    private readonly Dictionary<(Guid TenantId, SoracomCoverage Coverage), ForeignDoorsAnswer> answers = [];
    private IReadOnlyList<DoorAccount> accounts = [];
    private CancellationToken left;
    private bool asking;
    private bool again;

    /// <summary>The tenants.</summary>
    [Parameter]
    [EditorRequired]
    public required Portfolio Portfolio { get; set; }

    [Inject]
    private PortfolioForeignDoors Board { get; set; } = null!;

    [Inject]
    private TimeProvider Clock { get; set; } = null!;

    private IReadOnlyList<(DoorAccount Account, ForeignDoor Door)> Rows =>
    [
        .. from answer in answers.Values
           where answer.Doors.Error is null
           from door in answer.Doors.Value
           orderby door.Mapping.ExpiredTime
           select (answer.Account, door),
    ];

    private IReadOnlyList<(DoorAccount Account, PortalError Error)> Failed =>
    [
        .. from account in accounts
           let answer = answers.GetValueOrDefault(KeyOf(account))
           where answer?.Doors.Error is not null
           select (account, answer.Doors.Error!),
    ];

    /// <inheritdoc />
    public void Dispose()
    {
        leaving.Cancel();
        leaving.Dispose();
    }

    /// <summary>Asks all accounts anew.</summary>
    /// <returns>A task that ends when all have answered.</returns>
    public Task RefreshAsync() => AskAsync(TimeSpan.Zero);

    /// <inheritdoc />
    protected override void OnInitialized() => left = leaving.Token;

    /// <inheritdoc />
    protected override async Task OnAfterRenderAsync(bool firstRender)
    {
        if (!firstRender)
        {
            return;
        }

        using var timer = new PeriodicTimer(Interval, Clock);
        try
        {
            do
            {
                await AskAsync(Interval);
            }
            while (await timer.WaitForNextTickAsync(left));
        }
        catch (OperationCanceledException) when (left.IsCancellationRequested)
        {
            // Nobody looks any more.
        }
    }

    private async Task AskAsync(TimeSpan age)
    {
        if (asking)
        {
            // What is being asked may have been answered before whatever the new ones are wanted for.
            again = true;
            return;
        }

        asking = true;
        try
        {
            await AskOnceAsync(age);
            while (again)
            {
                again = false;
                await AskOnceAsync(TimeSpan.Zero);
            }
        }
        finally
        {
            asking = false;
        }
    }

    private async Task AskOnceAsync(TimeSpan age)
    {
        accounts = await Board.AccountsAsync(Portfolio, left);
        foreach (var gone in answers.Keys.Except(accounts.Select(KeyOf)).ToList())
        {
            answers.Remove(gone);
        }

        StateHasChanged();
        await foreach (var answer in Board.AskAsync(Portfolio, accounts, age, left))
        {
            answers[KeyOf(answer.Account)] = answer;
            StateHasChanged();
        }
    }

    private static (Guid TenantId, SoracomCoverage Coverage) KeyOf(DoorAccount account) => (account.Tenant.TenantId, account.Coverage);
}
