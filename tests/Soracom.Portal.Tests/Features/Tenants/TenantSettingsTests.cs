using Bunit;
using Microsoft.AspNetCore.Components;
using Soracom.Portal.Data.Audit;
using Soracom.Portal.Data.Members;
using Soracom.Portal.Features.Tenants;
using Soracom.Portal.Security;
using Soracom.Portal.Shared.Errors;

namespace Soracom.Portal.Tests.Features.Tenants;

/// <summary>What a tenant is called, and how it is spoken to, after it was made.</summary>
public sealed class TenantSettingsTests(ClassScene own) : IAsyncLifetime, IClassFixture<ClassScene>
{
    private readonly PortalScene scene = own.Scene;
    private TenantContext owner = null!;
    private string slug = null!;

    private TenantSettings Settings => scene.Get<TenantSettings>();

    public async ValueTask InitializeAsync()
    {
        slug = $"t{Guid.NewGuid():N}";
        await scene.TestDatabase.AddTenantAsync(slug, await scene.TestDatabase.AddResellerAsync($"r{slug}"));
        owner = await scene.OpenAsync(await scene.MemberAsync(slug, TenantRole.Owner, "Haruto"), slug);
    }

    public ValueTask DisposeAsync()
    {
        owner.Dispose();
        return ValueTask.CompletedTask;
    }

    [Fact]
    public async Task Change_IsSeenByWhoeverOpensTheTenantNext_AndInTheTrail()
    {
        var former = await Settings.LookAsync(owner, Watchdog.Token);

        var changed = await Settings.ChangeAsync(owner, former, new TenantDetails("  Minato Foods ", "Asia/Bangkok", "ja"), Watchdog.Token);

        Assert.Equal(new TenantDetails("Minato Foods", "Asia/Bangkok", "ja"), changed.Value);
        using var anew = await scene.OpenAsync(owner.Actor, slug);
        Assert.Equal(("Minato Foods", "Asia/Bangkok", "ja"), (anew.Tenant.Name, anew.Tenant.TimeZone, anew.Tenant.Language));
        var entry = Assert.Single(await scene.TrailAsync(slug), entry => entry.Action == AuditActions.TenantChanged);
        Assert.Equal(("Haruto", "Minato Foods"), (entry.ActorName, entry.ObjectName));
        Assert.Equal("Minato Foods, Asia/Bangkok, ja", entry.After);
        Assert.StartsWith($"{former.Name}, {former.TimeZone}", entry.Before, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("TenantName", " ", "UTC", "en")]
    [InlineData("TenantTimeZone", "Fine", "Mars/Olympus", "en")]
    [InlineData("TenantLanguage", "Fine", "UTC", "fr")]
    public async Task Change_ToWhatCantBe_IsRefusedWithWhatIsWrong(string key, string name, string zone, string language)
    {
        var former = await Settings.LookAsync(owner, Watchdog.Token);

        Assert.Equal(key, Assert.IsType<InputError>((await Settings.ChangeAsync(owner, former, new TenantDetails(name, zone, language), Watchdog.Token)).Error).Key);

        Assert.Equal(former, await Settings.LookAsync(owner, Watchdog.Token));
    }

    [Fact]
    public async Task Change_OfWhatSomebodyElseChangedMeanwhile_ChangesNothing()
    {
        var former = await Settings.LookAsync(owner, Watchdog.Token);
        await Settings.ChangeAsync(owner, former, former with { Name = "First" }, Watchdog.Token);

        Assert.IsType<ConflictError>((await Settings.ChangeAsync(owner, former, former with { Name = "Second" }, Watchdog.Token)).Error);

        Assert.Equal("First", (await Settings.LookAsync(owner, Watchdog.Token)).Name);
    }

    [Fact]
    public async Task Change_ToWhatItIs_IsNoLineInTheTrail()
    {
        var former = await Settings.LookAsync(owner, Watchdog.Token);

        Assert.Equal(former, (await Settings.ChangeAsync(owner, former, former, Watchdog.Token)).Value);

        Assert.DoesNotContain(await scene.TrailAsync(slug), entry => entry.Action == AuditActions.TenantChanged);
    }

    [Fact]
    public async Task Page_Saves_AndKeepsWhatWasTypedWhereItCant()
    {
        await using var circuit = new ComponentScene(scene);
        var page = circuit.Render<CascadingValue<TenantContext>>(value => value
            .Add(one => one.Value, owner)
            .AddChildContent<SettingsPage>(parameters => parameters.Add(one => one.Slug, slug).Add(one => one.Tenant, owner))).FindComponent<SettingsPage>();
        page.WaitForElement("#tenant-name");

        page.Act(it => it.Find("#tenant-name").Change("   "));
        page.Act(it => it.Find("#tenant-zone").Change("Europe/Berlin"));
        await page.InvokeAsync(() => page.Find("form").SubmitAsync());
        page.WaitForAssertion(() => Assert.NotEmpty(page.FindAll("[role=alert]")));
        Assert.Equal("Europe/Berlin", page.Find("#tenant-zone").GetAttribute("value"));

        page.Act(it => it.Find("#tenant-name").Change("Minato Foods"));
        await page.InvokeAsync(() => page.Find("form").SubmitAsync());
        page.WaitForAssertion(() => Assert.Contains("Saved", page.Markup, StringComparison.Ordinal));
        // Nobody chose a language.
        Assert.Equal(new TenantDetails("Minato Foods", "Europe/Berlin", null), await Settings.LookAsync(owner, Watchdog.Token));
    }
}
