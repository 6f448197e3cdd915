using Microsoft.AspNetCore.Components;
using Soracom.Portal.Security;
using Soracom.Portal.Shared.Layout;
using Soracom.Portal.Shared.Text;

namespace Soracom.Portal.Shared.Palette;

/// <summary>Leads to pages, tenants and whatever is called or numbered so, from anywhere, without a mouse.</summary>
public sealed partial class CommandPalette : IDisposable
{
    private const int MostCharacters = 100;
    private const int MostOfAKind = 6;

    private IReadOnlyList<ReachableTenant>? tenants;
    private PaletteGroup?[] groups = [];
    private string text = string.Empty;
    private bool busy;
    private CancellationTokenSource? looking;

    /// <summary>The tenant that is open; null on a page that belongs to none.</summary>
    [CascadingParameter]
    public TenantContext? Tenant { get; set; }

    /// <summary>Who is signed in.</summary>
    [CascadingParameter]
    public SignedIn? Person { get; set; }

    [Inject]
    private IEnumerable<IPaletteSource> Sources { get; set; } = [];

    [Inject]
    private TenantAccess Access { get; set; } = null!;

    /// <inheritdoc />
    public void Dispose() => Stop();

    // Opening the palette empties its box, which is told like any other change.
    private async Task LookAsync(ChangeEventArgs typed)
    {
        Stop();
        var mine = looking = new CancellationTokenSource();
        var token = mine.Token;
        text = ((string?)typed.Value ?? string.Empty).Trim();
        IPaletteSource[] asked = Tenant is { } tenant && text.Length > 0 ? [.. Sources.Where(source => tenant.May(source.Needs)).OrderBy(source => source.Kind)] : [];
        groups = new PaletteGroup?[2 + asked.Length];
        groups[0] = new PaletteGroup(L["Palette.Pages"], Pages());
        busy = true;
        try
        {
            // Not given up for the next letter: who types fast would have no tenants.
            if (text.Length == 0 || tenants is null)
            {
                tenants = Person is null ? [] : await Access.ListAsync(Person, CancellationToken.None);
                token.ThrowIfCancellationRequested();
            }

            groups[1] = new PaletteGroup(L["Palette.Tenants"], [.. TenantsFound().Take(MostOfAKind)]);
            var found = asked.Select((source, place) => FindAsync(source, 2 + place, token)).ToList();
            await foreach (var one in Task.WhenEach(found))
            {
                await one;
                StateHasChanged();
            }

            busy = false;
        }
        catch (Exception) when (token.IsCancellationRequested)
        {
            // Something else is looked for by now, or the page is left; databases give up in words of their own.
        }
        catch (PermissionDeniedException)
        {
            // The right ended this moment: the page closes.
            busy = false;
        }
    }

    private async Task FindAsync(IPaletteSource source, int place, CancellationToken cancellationToken)
    {
        var found = await source.FindAsync(Tenant!, text, MostOfAKind, cancellationToken);
        if (cancellationToken.IsCancellationRequested)
        {
            return;
        }

        groups[place] = new PaletteGroup(L[$"PaletteKind.{source.Kind}"], found.Total > found.Entries.Count ? [.. found.Entries, AllOf(found)] : found.Entries, found.Failure);
    }

    private PaletteEntry AllOf(PaletteFinds found) => new(found.All, "arrow-right", L["Palette.All", found.Total], null);

    private List<PaletteEntry> Pages()
    {
        var pages = NavPages.Shown(L, Tenant).Select(page => Entry(page, null))
            .Concat(Tenant is null ? [] : NavPages.Further(L, Tenant).Where(_ => text.Length > 0).Select(page => Entry(page, null)))
            .Concat(Tenant is null || text.Length == 0 ? [] : NavPages.Portfolio(L).Select(page => Entry(page, L["Switcher.All"])))
            .Concat(text.Length == 0 ? [] : [new PaletteEntry(PortalUrls.Profile(), "users", L["Profile.Title"], null)])
            .Where(entry => TextMatch.Contains(entry.Text, text))
            .ToList();
        if (Tenant is null && text.Length > 0)
        {
            pages.Add(new PaletteEntry(PortalUrls.FindSims(text), "search", L["Palette.SearchSims", text], null));
        }

        return pages;
    }

    private static PaletteEntry Entry(NavPage page, string? second) => new(page.Address, page.Icon, page.Text, second is null ? null : Names.InText(second));

    private IEnumerable<PaletteEntry> TenantsFound() =>
        from reachable in tenants ?? []
        where reachable.Tenant.Slug != Tenant?.Slug && (TextMatch.Contains(reachable.Tenant.Name, text) || TextMatch.Contains(reachable.Tenant.Slug, text))
        select new PaletteEntry(PortalUrls.Tenant(reachable.Tenant.Slug), "building-2", reachable.Tenant.Name, Roles.Name(L, reachable.Standing));

    private void Stop()
    {
        looking?.Cancel();
        looking?.Dispose();
        looking = null;
    }
}
