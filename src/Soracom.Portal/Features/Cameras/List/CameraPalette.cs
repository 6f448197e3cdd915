using Microsoft.Extensions.Localization;
using Soracom.Api.SoraCam;
using Soracom.Portal.Resources;
using Soracom.Portal.Security;
using Soracom.Portal.Shared.Errors;
using Soracom.Portal.Shared.Palette;
using Soracom.Portal.Shared.Text;
using Soracom.Portal.Shared.Vendor;

namespace Soracom.Portal.Features.Cameras.List;

/// <summary>Finds cameras for the palette (operation listSoraCamDevices, whose answer is good for a while).</summary>
/// <param name="soracom">The way to the vendor.</param>
/// <param name="words">The texts.</param>
internal sealed class CameraPalette(TenantSoracom soracom, IStringLocalizer<Strings> words) : IPaletteSource, IPortfolioPaletteSource
{
    /// <summary>A camera that was just added is on the page of cameras at once, and here after this time.</summary>
    private static readonly TimeSpan Age = TimeSpan.FromMinutes(2);

    /// <inheritdoc />
    public PaletteKind Kind => PaletteKind.Cameras;

    /// <inheritdoc />
    public Permission Needs => Permission.CamerasRead;

    /// <inheritdoc />
    public async Task<PaletteFinds> FindAsync(TenantContext tenant, string text, int most, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(tenant);
        await tenant.RequireAsync(Needs, cancellationToken);
        var wanted = Folding.Words(text);
        var found = new List<PaletteEntry>();
        PortalError? failure = null;
        foreach (var coverage in await soracom.CoveragesAsync(tenant, cancellationToken))
        {
            // Not given up for the next letter: that one would have to ask again.
            var read = await soracom.ReadRecentAsync(tenant, coverage, Age, async (client, token) => new Known(await client.SoraCam.ListSoraCamDevicesAsync(token)), CancellationToken.None).WaitAsync(cancellationToken);
            if (read.Error is { } error)
            {
                failure = error;
                continue;
            }

            found.AddRange(
                from camera in read.Value.Cameras
                where Folding.HasAll($"{camera.Name} {camera.DeviceId}", wanted)
                select new PaletteEntry(PortalUrls.Camera(tenant.Slug, coverage, camera.DeviceId), "video", Names.IsBlank(camera.Name) ? camera.DeviceId : camera.Name!, camera.DeviceId));
        }

        return new PaletteFinds([.. found.Take(most)], found.Count, PortalUrls.Cameras(tenant.Slug, CameraQuery.All with { Text = text })) { Failure = failure };
    }

    /// <summary>Cameras are remembered nowhere, and each tenant's would be a call to the vendor: this leads to where one is looked for, while these are few enough to name.</summary>
    /// <inheritdoc />
    public async Task<IReadOnlyList<PaletteEntry>> FindAsync(Portfolio portfolio, string text, int most, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(portfolio);
        var tenants = await portfolio.PermittingAsync(Needs, cancellationToken);
        return tenants.Count > most ? [] : [.. tenants.Select(tenant => new PaletteEntry(PortalUrls.Cameras(tenant.Slug, CameraQuery.All with { Text = text }), "video", words["Palette.LookIn", Names.InText(tenant.Tenant.Name)], null))];
    }

    private sealed record Known(IReadOnlyList<Camera> Cameras);
}
