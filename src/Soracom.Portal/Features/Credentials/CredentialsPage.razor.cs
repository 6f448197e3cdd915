using Microsoft.AspNetCore.Components;
using Microsoft.Extensions.Localization;
using Soracom.Api;
using Soracom.Portal.Resources;
using Soracom.Portal.Security;
using Soracom.Portal.Shared.Errors;
using Soracom.Portal.Shared.Layout;
using Soracom.Portal.Shared.Text;

namespace Soracom.Portal.Features.Credentials;

/// <summary>The tenant's credentials: which there are and how they fare, never what they are.</summary>
public sealed partial class CredentialsPage
{
    private IReadOnlyList<CredentialSummary>? credentials;
    private SoracomCoverage? editing;
    private PortalError? error;
    private string? notice;
    private bool busy;

    /// <summary>The tenant's name in the address.</summary>
    [Parameter]
    public required string Slug { get; set; }

    /// <summary>The tenant.</summary>
    [CascadingParameter]
    public required TenantContext Tenant { get; set; }

    [Inject]
    private CredentialStore Store { get; set; } = null!;

    [Inject]
    private Confirm Confirm { get; set; } = null!;

    [Inject]
    private IStringLocalizer<Strings> Words { get; set; } = null!;

    /// <inheritdoc />
    protected override async Task OnParametersSetAsync() => await ReadAsync();

    private async Task ReadAsync() => credentials = await Store.ListAsync(Tenant, CancellationToken.None);

    private void Edit(SoracomCoverage? coverage)
    {
        editing = coverage;
        error = null;
        notice = null;
    }

    private async Task StoredAsync(SoracomIdentity identity)
    {
        Edit(null);
        notice = Words["Credentials.Stored", identity.OperatorId];
        await ReadAsync();
    }

    private Task TestAsync(CredentialSummary credential) => RunAsync(async () =>
        Say(await Store.TestAsync(Tenant, credential.Id, CancellationToken.None), identity => Words["Credentials.Accepted", identity.OperatorId]));

    private async Task DeleteAsync(CredentialSummary credential)
    {
        var coverage = Coverages.Name(Words, credential.Coverage);
        if (await Confirm.AskAsync(Words["Credentials.Delete.Title"], Words["Credentials.Delete.What", coverage, credential.OperatorId], Words["Credentials.Delete"], danger: true))
        {
            await RunAsync(async () => Say(await Store.DeleteAsync(Tenant, credential.Id, CancellationToken.None), _ => Words["Credentials.Deleted", coverage]));
        }
    }

    private Task RotateAsync() => RunAsync(async () => Say(await Store.RotateKeyAsync(Tenant, CancellationToken.None), count => Words["DataKey.Rotated", count]));

    private void Say<T>(Result<T> result, Func<T, string> words)
    {
        error = result.Error;
        notice = result.Error is null ? words(result.Value) : null;
    }

    private async Task RunAsync(Func<Task> act)
    {
        busy = true;
        error = null;
        notice = null;
        try
        {
            await act();
            await ReadAsync();
        }
        finally
        {
            busy = false;
        }
    }
}
