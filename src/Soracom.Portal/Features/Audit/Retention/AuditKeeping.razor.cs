using System.Globalization;
using Microsoft.AspNetCore.Components;
using Microsoft.Extensions.Localization;
using Soracom.Portal.Resources;
using Soracom.Portal.Security;
using Soracom.Portal.Shared.Errors;
using Soracom.Portal.Shared.Layout;

namespace Soracom.Portal.Features.Audit.Retention;

/// <summary>Says how long the trail is kept; its owners say for how long.</summary>
public sealed partial class AuditKeeping
{
    private int? days;
    private string? typed;
    private PortalError? error;
    private bool saved;
    private bool busy;

    /// <summary>The tenant.</summary>
    [CascadingParameter]
    public required TenantContext Tenant { get; set; }

    [Inject]
    private AuditRetention Retention { get; set; } = null!;

    [Inject]
    private Confirm Confirm { get; set; } = null!;

    [Inject]
    private IStringLocalizer<Strings> Words { get; set; } = null!;

    // What is no number is refused like a number that is too small.
    private int? Wanted => string.IsNullOrWhiteSpace(typed) ? null : int.TryParse(typed, NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : 0;

    /// <inheritdoc />
    protected override async Task OnInitializedAsync() => Show(await Retention.LookAsync(Tenant, CancellationToken.None));

    private void Show(int? kept) => (days, typed) = (kept, kept?.ToString(CultureInfo.InvariantCulture));

    private async Task SaveAsync()
    {
        if (busy)
        {
            return;
        }

        (busy, saved, error) = (true, false, null);
        try
        {
            var wanted = Wanted;
            // Only what is kept for less than before can lose something.
            if (wanted is { } number && (days is null || number < days)
                && !await Confirm.AskAsync(Words["AuditKeep.Title"], Words["AuditKeep.Ask", number], Words["AuditKeep.Save"], danger: true))
            {
                return;
            }

            var changed = await Retention.ChangeAsync(Tenant, days, wanted, CancellationToken.None);
            error = changed.Error;
            if (error is null)
            {
                Show(changed.Value);
                saved = true;
            }
            else if (error is ConflictError)
            {
                // What was typed stays; another try is meant to overwrite what is there by now.
                days = await Retention.LookAsync(Tenant, CancellationToken.None);
            }
        }
        finally
        {
            busy = false;
        }
    }
}
