using System.Diagnostics;
using Microsoft.AspNetCore.Components;
using Soracom.Portal.Security;
using Soracom.Portal.Shared.Branding;

namespace Soracom.Portal.Shared.Layout;

/// <summary>Stands in for a page that failed unexpectedly: an id for support, no internals.</summary>
public sealed partial class UnexpectedError
{
    private string id = string.Empty;

    /// <summary>What was thrown. Only its id reaches the page.</summary>
    [Parameter]
    [EditorRequired]
    public required Exception Error { get; set; }

    /// <summary>The tenant that is open; null on a page that belongs to none.</summary>
    [CascadingParameter]
    public TenantContext? Tenant { get; set; }

    /// <summary>How the portal looks.</summary>
    [CascadingParameter]
    public BrandView? Brand { get; set; }

    [Inject]
    private NavigationManager Navigation { get; set; } = null!;

    [Inject]
    private ILogger<UnexpectedError> Log { get; set; } = null!;

    private string Back => Tenant is { } tenant ? PortalUrls.Tenant(tenant.Slug) : PortalUrls.Home();

    /// <inheritdoc />
    protected override void OnInitialized()
    {
        id = Activity.Current?.TraceId.ToString() ?? Guid.NewGuid().ToString("N");
        LogUnexpected(Log, id, Error);
    }

    [LoggerMessage(Level = LogLevel.Error, Message = "A page failed unexpectedly; error id {ErrorId}.")]
    private static partial void LogUnexpected(ILogger log, string errorId, Exception error);
}
