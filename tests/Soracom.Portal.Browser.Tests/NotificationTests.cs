using Microsoft.EntityFrameworkCore;
using Microsoft.Playwright;
using Soracom.Portal.Browser.Tests.Support;
using Soracom.Portal.Data.Jobs;
using static Microsoft.Playwright.Assertions;

namespace Soracom.Portal.Browser.Tests;

/// <summary>What ends while somebody looks at something else.</summary>
/// <param name="browser">The browser.</param>
/// <param name="shared">The portal that stories share.</param>
public sealed class NotificationTests(TheBrowser browser, ThePortal shared) : BrowserTest(browser, shared)
{
    [Fact]
    public async Task JobThatEnds_RingsOnAnotherPage_AndIsOpenedByTheKeyboard()
    {
        var portal = await FreshPortalAsync();
        var user = await VisitAsync(portal);
        await user.SignInAsync("owner", PortalUrls.Members("aoba"));
        await user.SettledAsync();
        var bell = user.Page.Locator("summary[aria-label]").Filter(new() { Has = user.Page.Locator("use[href$='#bell']") });
        await Expect(bell).ToHaveAccessibleNameAsync(user.Words["Bell.Title"]);

        var job = await EndedJobAsync(portal);
        await Expect(bell).ToHaveAccessibleNameAsync(user.Words["Bell.Unseen", 1], new() { Timeout = 20_000 });
        await bell.PressAsync("Enter");
        var told = user.Page.GetByRole(AriaRole.Link, new() { Name = user.Words["Bell.JobDone", 1] });
        await Expect(told).ToBeVisibleAsync();
        await Expect(bell).ToHaveAccessibleNameAsync(user.Words["Bell.Title"]);
        Assert.Empty(await user.FindingsAsync());

        await told.PressAsync("Enter");
        await user.AtAsync(PortalUrls.Job("aoba", job));
        await Expect(told).ToBeHiddenAsync();
    }

    // As one that has run leaves itself behind: what a job does is told elsewhere.
    private static async Task<Guid> EndedJobAsync(PortalHost portal)
    {
        await using var installation = portal.Database.ForInstallation();
        var tenantId = await installation.Tenants.Where(tenant => tenant.Slug == "aoba").Select(tenant => tenant.Id).SingleAsync(TestContext.Current.CancellationToken);
        var owner = await installation.People.SingleAsync(person => person.Name == "Haruto Sato", TestContext.Current.CancellationToken);
        var now = TimeProvider.System.GetUtcNow();
        var job = new SimJob
        {
            TenantId = tenantId,
            Number = 1,
            Coverage = "jp",
            OperatorId = "OP0000000001",
            Source = SimJobSource.Selection,
            Actions = "",
            Needs = "",
            State = SimJobState.Done,
            OwnerId = owner.Id,
            OwnerName = owner.Name,
            Language = "en",
            CreatedAt = now,
            FinishedAt = now,
        };
        await using var db = portal.Database.ForTenant(tenantId);
        db.SimJobs.Add(job);
        await db.SaveChangesAsync(TestContext.Current.CancellationToken);
        return job.Id;
    }
}
