using Microsoft.AspNetCore.Components;
using Soracom.Api.Sims;
using Soracom.Portal.Features.Sims.Offline;
using Soracom.Portal.Security;
using Soracom.Portal.Shared.Errors;
using Soracom.Portal.Shared.Sims;
using Soracom.Portal.Shared.Text;

namespace Soracom.Portal.Features.Sims;

/// <summary>Why a SIM has no session, as far as can be told, and what to do about it.</summary>
public sealed partial class SimOfflinePanel
{
    /// <summary>The SIM, as the vendor has just told it.</summary>
    [Parameter]
    [EditorRequired]
    public required Sim Sim { get; set; }

    [Inject]
    private OfflineReasons Reasons { get; set; } = null!;

    /// <inheritdoc />
    protected override SimOfflineView Parse(string uri) => new(Sim);

    /// <inheritdoc />
    protected override async Task<Result<OfflineFacts>> ReadAsync(CancellationToken cancellationToken) => await Reasons.ReadAsync(Tenant, Place.Coverage, View.Sim, cancellationToken);

    private string Words(Evidence seen)
    {
        var at = seen.At is { } time ? $"{Times.Full(time, Tenant.Tenant.TimeZone)} ({Times.Relative(L, time, Clock.GetUtcNow())})" : null;
        var text = seen.Kind == EvidenceKind.Status ? SimWords.Status(L, seen.Text!) : seen.Text is null ? null : Names.InText(seen.Text);
        return L[$"OfflineEvidence.{seen.Kind}", [.. new object?[] { seen.Count, text, at }.OfType<object>()]];
    }

    private string Why(PortalError? error) =>
        error is null ? L["Offline.NotAllowed"] : ErrorWords.Of(L, error, Tenant.May(Permission.CredentialsManage)).Title;
}

/// <summary>The SIM that is explained: the same until it is read again.</summary>
/// <param name="Sim">The SIM.</param>
public sealed record SimOfflineView(Sim Sim)
{
    /// <inheritdoc />
    public bool Equals(SimOfflineView? other) => ReferenceEquals(Sim, other?.Sim);

    /// <inheritdoc />
    public override int GetHashCode() => System.Runtime.CompilerServices.RuntimeHelpers.GetHashCode(Sim);
}
