using Microsoft.AspNetCore.Components;
using Soracom.Portal.Features.Sims.Logs;
using Soracom.Portal.Shared.Data;
using Soracom.Portal.Shared.Errors;
using LogLevel = Soracom.Api.Logs.LogLevel;

namespace Soracom.Portal.Features.Sims;

/// <summary>What went wrong in the vendor's services on the way from and to a SIM.</summary>
public sealed partial class SimLogsCard
{
    private readonly List<SimLogPage> more = [];
    private bool isLoadingMore;
    private PortalError? problem;

    [Inject]
    private SimLogs Logs { get; set; } = null!;

    /// <inheritdoc />
    protected override SimView Parse(string uri) => new(SimTab.Diagnostics);

    /// <inheritdoc />
    protected override Task<Result<SimLogPage>> ReadAsync(CancellationToken cancellationToken)
    {
        more.Clear();
        (isLoadingMore, problem) = (false, null);
        return Logs.ReadAsync(Tenant, Place.Coverage, Place.SimId, before: null, cancellationToken);
    }

    /// <inheritdoc />
    protected override bool IsEmpty(SimLogPage value) => value.Entries.Count == 0 && value.Before is null;

    private static (string Kind, string Icon) Look(string? level) => level switch
    {
        LogLevel.Error => ("bad", "circle-alert"),
        LogLevel.Warning => ("warn", "triangle-alert"),
        LogLevel.Info => ("info", "info"),
        _ => (string.Empty, "circle-dashed"),
    };

    private string Level(string? level) => level switch
    {
        LogLevel.Error => L["Severity.Error"],
        LogLevel.Warning => L["Severity.Warning"],
        LogLevel.Info => L["Severity.Info"],
        _ => level ?? L["Severity.Unknown"],
    };

    private async Task MoreAsync(SimLogPage first, DateTimeOffset before)
    {
        isLoadingMore = true;
        var read = await Logs.ReadAsync(Tenant, Place.Coverage, Place.SimId, before, Left);
        // Unless it was read anew meanwhile.
        if (State is Loadable<SimLogPage>.Ready { Value: var still } && ReferenceEquals(still, first))
        {
            isLoadingMore = false;
            problem = read.Error;
            if (read.Error is null)
            {
                more.Add(read.Value);
            }
        }
    }
}
