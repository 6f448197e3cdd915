using Soracom.Portal.Data.Billing;
using Soracom.Portal.Data.Members;
using Soracom.Portal.Features.Overview;
using Soracom.Portal.Security;
using Soracom.Portal.Shared.Sims;
using Soracom.Portal.Shared.Vendor;

namespace Soracom.Portal.Tests.Features.Overview;

/// <summary>Which tenants the overview shows, and in which order.</summary>
public sealed class PortfolioQueryTests
{
    // By name, as the service gives them.
    private static readonly IReadOnlyList<TenantFigures> Tenants =
    [
        Of("alder", "Alder", sims: 5, online: 5, new Money(900, "JPY"), doors: 0),
        Of("birch", "Birch 白樺", sims: 50, online: 10, new Money(7, "USD"), doors: 2, VendorErrorKind.BadCredential),
        Of("cedar", "Cedar", sims: null, online: 0, cost: null, doors: null),
        Of("dogwood", "Dogwood", sims: 20, online: 19, new Money(1200, "JPY"), doors: 1),
    ];

    [Theory]
    [InlineData("", "alder birch cedar dogwood")]
    [InlineData("?order=desc", "dogwood cedar birch alder")]
    [InlineData("?sort=sims&order=desc", "birch dogwood alder cedar")]
    [InlineData("?sort=sims", "alder dogwood birch cedar")]
    [InlineData("?sort=online&order=desc", "alder dogwood birch cedar")]
    [InlineData("?sort=cost&order=desc", "dogwood alder birch cedar")]
    [InlineData("?sort=doors&order=desc", "birch dogwood alder cedar")]
    [InlineData("?q=白樺", "birch")]
    [InlineData("?q=CEDAR", "cedar")]
    [InlineData("?q=partner", "alder birch cedar dogwood")]
    [InlineData("?trouble=yes", "birch")]
    [InlineData("?q=nothing", "")]
    [InlineData("?sort=nonsense&order=up", "alder birch cedar dogwood")]
    public void Of_TheAddress_SelectsAndSorts(string address, string slugs) =>
        Assert.Equal(slugs, string.Join(' ', PortfolioQuery.Parse(address).Of(Tenants).Select(figures => figures.Tenant.Slug)));

    [Theory]
    [InlineData("")]
    [InlineData("?q=%E7%99%BD&trouble=yes&sort=cost&order=desc")]
    public void ToQueryString_IsReadAgain(string address) => Assert.Equal(address, PortfolioQuery.Parse(address).ToQueryString());

    [Fact]
    public void SortedBy_FiguresBeginWithTheMost_AndTheSameColumnTurnsRound()
    {
        var sims = PortfolioQuery.All.SortedBy(PortfolioColumn.Sims);

        Assert.Equal((PortfolioColumn.Sims, true), (sims.SortBy, sims.Descending));
        Assert.False(sims.SortedBy(PortfolioColumn.Sims).Descending);
        Assert.True(PortfolioQuery.All.SortedBy(PortfolioColumn.Tenant).Descending);
    }

    private static TenantFigures Of(string slug, string name, int? sims, int online, Money? cost, int? doors, params VendorErrorKind[] troubles) => new(
        new TenantContext(new TenantIdentity(Guid.NewGuid(), slug, name, "Asia/Tokyo", "Partner", Language: null, "Asia/Tokyo"), new SignedIn(Guid.NewGuid(), Guid.NewGuid(), "Somebody", null), new TenantStanding(TenantRole.Owner), null!, null!),
        sims is { } count ? new SimFigures(new StatusCounts(new Dictionary<string, int>(StringComparer.Ordinal) { ["active"] = count }), online, DateTimeOffset.UnixEpoch) : null,
        cost is { } money ? [money] : null,
        doors,
        Exports: null,
        Jobs: null,
        [.. troubles.Select(kind => new TenantTrouble(kind, null))]);
}
