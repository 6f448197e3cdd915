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
    private Portfolio? portfolio;
    private bool forPartner;
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
    private IEnumerable<IPortfolioPaletteSource> PortfolioSources { get; set; } = [];

    [Inject]
    private TenantAccess Access { get; set; } = null!;

    [Inject]
    private ResellerAccess Resellers { get; set; } = null!;

    /// <inheritdoc />
    public void Dispose()
    {
        Stop();
        portfolio?.Dispose();
    }

    // Opening the palette empties its box, which is told like any other change.
    private async Task LookAsync(ChangeEventArgs typed)
    {
        Stop();
        var mine = looking = new CancellationTokenSource();
        var token = mine.Token;
        text = ((string?)typed.Value ?? string.Empty).Trim();
        if (text.Length == 0)
        {
            // Opened anew, it looks at what somebody may enter by then.
            portfolio?.Dispose();
            portfolio = null;
        }

        IPaletteSource[] asked = Tenant is { } tenant && text.Length > 0 ? [.. Sources.Where(source => tenant.May(source.Needs)).OrderBy(source => source.Kind)] : [];
        IPortfolioPaletteSource[] outside = Tenant is null && Person is not null && text.Length > 0 ? [.. PortfolioSources.OrderBy(source => source.Kind)] : [];
        groups = new PaletteGroup?[2 + asked.Length + outside.Length];
        groups[0] = new PaletteGroup(L["Palette.Pages"], Pages());
        busy = true;
        try
        {
            // Not given up for the next letter: who types fast would have no tenants.
            if (text.Length == 0 || tenants is null)
            {
                var reachable = Person is null ? [] : await Access.ListAsync(Person, CancellationToken.None);
                var partners = Person is null ? [] : await Resellers.OpenAllAsync(Person, CancellationToken.None);
                // Both at once: the next letter takes them as they are.
                (tenants, forPartner) = (reachable, partners.Count > 0);
                token.ThrowIfCancellationRequested();
                groups[0] = new PaletteGroup(L["Palette.Pages"], Pages());
            }

            groups[1] = new PaletteGroup(L["Palette.Tenants"], [.. TenantsFound().Take(MostOfAKind)]);
            var found = asked.Select((source, place) => FindAsync(source, 2 + place, token)).ToList();
            await foreach (var one in Task.WhenEach(found))
            {
                await one;
                StateHasChanged();
            }

            await FindOutsideAsync(outside, token);
            // One that was overtaken says nothing of the one that is under way.
            token.ThrowIfCancellationRequested();
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

    // One after another: they share the tenants, which drop out where a right has ended.
    private async Task FindOutsideAsync(IPortfolioPaletteSource[] sources, CancellationToken cancellationToken)
    {
        for (var number = 0; number < sources.Length; number++)
        {
            if (portfolio is null)
            {
                var opened = await Access.SearchAllAsync(Person!, cancellationToken);
                if (cancellationToken.IsCancellationRequested)
                {
                    opened.Dispose();
                    cancellationToken.ThrowIfCancellationRequested();
                }

                portfolio = opened;
            }

            var source = sources[number];
            var found = await source.FindAsync(portfolio, text, MostOfAKind, cancellationToken);
            cancellationToken.ThrowIfCancellationRequested();
            groups[2 + number] = new PaletteGroup(L[$"PaletteKind.{source.Kind}"], found);
            StateHasChanged();
        }
    }

    private PaletteEntry AllOf(PaletteFinds found) => new(found.All, "arrow-right", L["Palette.All", found.Total], null);

    private List<PaletteEntry> Pages()
    {
        var pages = NavPages.Shown(L, Tenant, forPartner).Select(page => Entry(page, null))
            .Concat(Tenant is null ? [] : NavPages.Further(L, Tenant).Where(_ => text.Length > 0).Select(page => Entry(page, null)))
            .Concat(Tenant is null || text.Length == 0 ? [] : NavPages.Portfolio(L, forPartner).Select(page => Entry(page, L["Switcher.All"])))
            .Concat(!forPartner || text.Length == 0 ? [] : NavPages.FurtherOfPartner(L).Select(page => Entry(page, null)))
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
