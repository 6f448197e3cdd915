using System.Data.Common;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Web;
using Soracom.Portal.Security;
using Soracom.Portal.Security.SignIn;
using Soracom.Portal.Shared.Branding;

namespace Soracom.Portal.Shared.Layout;

/// <summary>The frame around all pages of whoever is signed in.</summary>
public sealed partial class PortalLayout
{
    private ErrorBoundary? boundary;
    private BrandView brand = BrandView.Own;
    private string? zone;
    private bool forPartner;

    /// <summary>The tenant that is open; null on a page that belongs to none.</summary>
    [CascadingParameter]
    public TenantContext? Tenant { get; set; }

    /// <summary>Who is signed in.</summary>
    [CascadingParameter]
    public SignedIn? Person { get; set; }

    [Inject]
    private Brands Brands { get; set; } = null!;

    [Inject]
    private People People { get; set; } = null!;

    [Inject]
    private ResellerAccess Resellers { get; set; } = null!;

    [Inject]
    private ILogger<PortalLayout> Log { get; set; } = null!;

    /// <inheritdoc />
    protected override async Task OnParametersSetAsync()
    {
        // Another page, another chance.
        boundary?.Recover();
        brand = Tenant is { } tenant ? await Brands.OfAsync(tenant, CancellationToken.None) : Person is { } person ? await Brands.OfAsync(person, CancellationToken.None) : BrandView.Own;
        // In a tenant the person's zone is its context's.
        (zone, forPartner) = Tenant is null && Person is { } reader ? await OutsideAsync(reader) : (null, false);
    }

    private async Task<(string? Zone, bool ForPartner)> OutsideAsync(SignedIn reader)
    {
        try
        {
            return ((await People.GetAsync(reader.PersonId, CancellationToken.None))?.TimeZone, (await Resellers.OpenAllAsync(reader, CancellationToken.None)).Count > 0);
        }
        catch (DbException error)
        {
            // Nothing catches what fails in a layout. The page within says what is wrong; times are in UTC meanwhile, as they say.
            LogNotRead(Log, error);
            return (null, false);
        }
    }

    [LoggerMessage(Level = LogLevel.Error, Message = "A person's time zone and partners could not be read.")]
    private static partial void LogNotRead(ILogger log, Exception error);
}
