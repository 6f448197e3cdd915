using System.Collections.Concurrent;
using Bunit;
using Microsoft.Extensions.DependencyInjection;
using Soracom.Api;
using Soracom.Portal.Data.Members;
using Soracom.Portal.Features.Sims.Inventory;
using Soracom.Portal.Security;
using Soracom.Portal.Shared.Palette;
using Soracom.Sandbox;
using Soracom.Sandbox.Faults;

namespace Soracom.Portal.Tests.Shared.Palette;

/// <summary>What the palette finds, and for whom.</summary>
public sealed class CommandPaletteTests(ClassScene own) : IAsyncLifetime, IClassFixture<ClassScene>
{
    private readonly PortalScene scene = own.Scene;
    private ComponentScene circuit = null!;

    public async ValueTask InitializeAsync()
    {
        foreach (var (slug, coverage) in new[] { (PortalScene.Aoba, SoracomCoverage.Japan), (PortalScene.Aoba, SoracomCoverage.Global), (PortalScene.Nagisa, SoracomCoverage.Japan) })
        {
            await scene.Get<InventorySync>().RunAsync(await scene.TenantIdAsync(slug), coverage, Watchdog.Token);
        }

        circuit = new ComponentScene(scene, services =>
        {
            foreach (var source in scene.Services.GetServices<IPaletteSource>())
            {
                services.AddSingleton(source);
            }

            foreach (var source in scene.Services.GetServices<IPortfolioPaletteSource>())
            {
                services.AddSingleton(source);
            }
        });
    }

    public async ValueTask DisposeAsync() => await circuit.DisposeAsync();

    [Fact]
    public async Task Open_ShowsThePagesOfTheTenant_AndTheOtherAccounts()
    {
        var person = await scene.MemberAsync(PortalScene.Aoba, TenantRole.Owner);
        await scene.JoinAsync(person.PersonId, PortalScene.Nagisa, TenantRole.Viewer);
        using var tenant = await scene.OpenAsync(person, PortalScene.Aoba);

        var palette = Look(Open(person, tenant), "");

        Assert.Contains("/t/aoba/billing", Addresses(palette));
        Assert.Contains("/t/nagisa", Addresses(palette));
        Assert.DoesNotContain(Addresses(palette), address => address!.StartsWith("/t/metro", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Look_ForAnImsi_FindsTheSimOfThisTenantAlone()
    {
        using var tenant = await scene.OpenAsync(PortalScene.Aoba, TenantRole.Viewer);
        var sim = (await scene.VendorSimAsync(tenant, DemoFleets.SharedImsi)).SimId;

        var palette = Look(Open(tenant.Actor, tenant), DemoFleets.SharedImsi);

        Assert.Equal($"/t/aoba/sims/{sim}?coverage=jp", Assert.Single(Addresses(palette)));
        Assert.Equal(DemoFleets.SharedImsi, palette.Find("[role=option] .second").TextContent);
    }

    [Fact]
    public async Task Look_ForPartOfANumber_FindsTheFirstFew_AndLeadsToAll()
    {
        using var tenant = await scene.OpenAsync(PortalScene.Nagisa, TenantRole.Viewer);

        var palette = Look(Open(tenant.Actor, tenant), "8");

        var sims = Addresses(palette).Where(address => address!.StartsWith("/t/nagisa/sims", StringComparison.Ordinal)).ToList();
        Assert.Equal(7, sims.Count);
        Assert.Equal("/t/nagisa/sims?q=8", sims[^1]);
    }

    [Theory]
    [InlineData("Trailers", "Groups")]
    [InlineData("02CA", "Cameras")]
    public async Task Look_ForANameOrAnId_FindsWhatIsCalledSo(string text, string kind)
    {
        using var tenant = await scene.OpenAsync(PortalScene.Aoba, TenantRole.Owner);

        var palette = Look(Open(tenant.Actor, tenant), text);

        var group = palette.FindAll("[role=group]").Single(group => group.QuerySelector(".title")!.TextContent == kind);
        Assert.NotEmpty(group.QuerySelectorAll("[role=option]"));
    }

    [Theory]
    [InlineData(TenantRole.Billing, "8", "")]
    [InlineData(TenantRole.Billing, "Members", "")]
    [InlineData(TenantRole.Billing, "Billing", "Pages")]
    [InlineData(TenantRole.Operator, "Members", "Pages")]
    public async Task Look_FindsNothingThatTheRoleMayNotSee(TenantRole role, string text, string kinds)
    {
        using var tenant = await scene.OpenAsync(PortalScene.Aoba, role);

        var palette = Look(Open(tenant.Actor, tenant), text);

        Assert.Equal(kinds, string.Join(' ', palette.FindAll("[role=group] .title").Select(title => title.TextContent)));
        Assert.DoesNotContain(await scene.TrailAsync(PortalScene.Aoba), entry => entry.ActorId == tenant.Actor.PersonId && entry.ObjectId == nameof(Permission.SimsRead));
    }

    [Fact]
    public async Task Look_TheMembershipEndsMeanwhile_FindsNothing_AndBreaksNothing()
    {
        using var tenant = await scene.OpenAsync(PortalScene.Aoba, TenantRole.Viewer);
        var palette = Open(tenant.Actor, tenant);
        await scene.TestDatabase.ExecuteAsync("DELETE FROM TenantMembers WHERE PersonId = $person", ("$person", tenant.Actor.PersonId.ToString().ToUpperInvariant()));

        Look(palette, DemoFleets.SharedImsi);

        Assert.Empty(Addresses(palette));
    }

    [Fact]
    public async Task Look_TheVendorFails_SaysSo_AndFindsTheRestAllTheSame()
    {
        using var tenant = await scene.OpenAsync(PortalScene.Aoba, TenantRole.Owner);
        // What was read a moment ago would do.
        scene.Clock.Advance(TimeSpan.FromMinutes(3));
        scene.Sandbox.Faults.Arm(new SandboxFault { Kind = SandboxFaultKind.Status, Path = "/v1/sora_cam/devices", Status = 503, Method = "GET" });

        var palette = Look(Open(tenant.Actor, tenant), "a");

        Assert.Single(palette.FindAll(".failure"));
        Assert.Contains(Addresses(palette), address => address!.StartsWith("/t/aoba/sims/", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Look_OvertakenByTheNextLetter_SaysNothingOfThatOne()
    {
        using var tenant = await scene.OpenAsync(PortalScene.Aoba, TenantRole.Viewer);
        var source = new HeldSource();
        await using var held = new ComponentScene(scene, services => services.AddSingleton<IPaletteSource>(source));
        var palette = Open(tenant.Actor, tenant, held);
        palette.Act(it => it.Find("input").Input(""));
        palette.Act(it => it.Find("input").Input("a"));
        palette.Act(it => it.Find("input").Input("ab"));
        palette.WaitForAssertion(() => Assert.Equal(2, source.Asked.Count));

        source.Asked["a"].SetResult();
        await palette.InvokeAsync(() => { });

        Assert.Equal(("ab", "true"), (palette.Find("[role=listbox]").GetAttribute("data-for"), palette.Find("[role=listbox]").GetAttribute("aria-busy")));
        source.Asked["ab"].SetResult();
        palette.WaitForAssertion(() => Assert.Equal("false", palette.Find("[role=listbox]").GetAttribute("aria-busy")));
    }

    [Fact]
    public async Task Look_WithoutATenant_LeadsToTheSimsOfAll()
    {
        var person = await scene.MemberAsync(PortalScene.Aoba, TenantRole.Owner);

        var palette = Look(Open(person, tenant: null), "zz42");

        Assert.Equal(["/portfolio/sims?q=zz42", "/t/aoba/cameras?q=zz42"], Addresses(palette));
    }

    [Fact]
    public async Task Look_WithoutATenant_FindsGroupsOfAllThatOneMayEnter_AndLeadsToTheirCameras()
    {
        var person = await scene.MemberAsync(PortalScene.Aoba, TenantRole.Viewer);
        await scene.JoinAsync(person.PersonId, PortalScene.Nagisa, TenantRole.Billing);

        var palette = Look(Open(person, tenant: null), "Trailers");

        var group = palette.FindAll("[role=group]").Single(group => group.QuerySelector(".title")!.TextContent == "Groups").QuerySelector("[role=option]")!;
        Assert.StartsWith("/t/aoba/groups/", group.GetAttribute("href"), StringComparison.Ordinal);
        Assert.NotEmpty(group.QuerySelector(".second")!.TextContent);
        Assert.Contains("/t/aoba/cameras?q=Trailers", Addresses(palette));
        Assert.DoesNotContain(Addresses(palette), address => address!.StartsWith("/t/nagisa/", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Look_WithoutATenant_OpensNone_AsTheirTrailsSay()
    {
        var person = await scene.MemberAsync(PortalScene.Aoba, TenantRole.Owner);

        var palette = Look(Open(person, tenant: null), "Trailers");

        Assert.Contains(Addresses(palette), address => address!.StartsWith("/t/aoba/groups/", StringComparison.Ordinal));
        Assert.DoesNotContain(await scene.TrailAsync(PortalScene.Aoba), entry => entry.ActorId == person.PersonId);
    }

    [Fact]
    public async Task Look_WithoutATenant_FindsTheLastOfManyGroups()
    {
        const string Group = "zzzzzzzz-0000-4000-8000-000000000000";
        var person = await scene.MemberAsync(PortalScene.Aoba, TenantRole.Viewer);
        await scene.TestDatabase.ExecuteAsync(
            """
            INSERT INTO InventoryGroups (TenantId, Coverage, OperatorId, GroupId, ReadAt, Name, Tags, Namespaces, Digest)
            WITH RECURSIVE n(i) AS (SELECT 0 UNION ALL SELECT i + 1 FROM n WHERE i < 10000)
            SELECT TenantId, Coverage, OperatorId, CASE i WHEN 10000 THEN $last ELSE printf('filler-%05d', i) END, ReadAt, CASE i WHEN 10000 THEN 'Ｌａｓｔ one' ELSE 'Filler' END, Tags, Namespaces, Digest
            FROM n, (SELECT * FROM InventoryGroups WHERE TenantId = $tenant AND GoneAt IS NULL LIMIT 1)
            """,
            ("$last", Group),
            ("$tenant", (await scene.TenantIdAsync(PortalScene.Aoba)).ToString().ToUpperInvariant()));
        try
        {
            var palette = Look(Open(person, tenant: null), "last");

            Assert.Contains(Addresses(palette), address => address!.StartsWith($"/t/aoba/groups/{Group}", StringComparison.Ordinal));
        }
        finally
        {
            await scene.TestDatabase.ExecuteAsync("DELETE FROM InventoryGroups WHERE GroupId = $last OR GroupId LIKE 'filler-%'", ("$last", Group));
        }
    }

    [Fact]
    public async Task Look_LeadsAPartnersPeopleToTheirCustomers_AndNobodyElse()
    {
        string[] theirs = [PortalUrls.Customers(), PortalUrls.Brand(), PortalUrls.NewTenant()];
        var partner = await scene.MemberAsync(PortalScene.Aoba, role: null);
        using var tenant = await scene.OpenAsync(partner, PortalScene.Aoba);
        var owner = await scene.MemberAsync(PortalScene.Aoba, TenantRole.Owner);

        Assert.Empty(theirs.Except(Addresses(Look(Open(partner, tenant: null), "r")).Concat(Addresses(Look(Open(partner, tenant), "r")))));
        Assert.Equal(theirs[..2], Addresses(Look(Open(partner, tenant: null), "")).Intersect(theirs));
        Assert.Empty(Addresses(Look(Open(owner, tenant: null), "r")).Intersect(theirs));
    }

    private IRenderedComponent<CommandPalette> Open(SignedIn person, TenantContext? tenant, ComponentScene? other = null) => (other ?? circuit).Render<CommandPalette>(parameters =>
    {
        parameters.AddCascadingValue(person);
        if (tenant is not null)
        {
            parameters.AddCascadingValue(tenant);
        }
    });

    private static IRenderedComponent<CommandPalette> Look(IRenderedComponent<CommandPalette> palette, string text)
    {
        palette.Act(it => it.Find("input").Input(""));
        palette.Act(it => it.Find("input").Input(text));
        palette.WaitForAssertion(() => Assert.Equal((text, "false"), (palette.Find("[role=listbox]").GetAttribute("data-for"), palette.Find("[role=listbox]").GetAttribute("aria-busy"))));
        return palette;
    }

    private static List<string?> Addresses(IRenderedComponent<CommandPalette> palette) => [.. palette.FindAll("[role=option]").Select(entry => entry.GetAttribute("href"))];

    /// <summary>Finds nothing, and not before it is let.</summary>
    private sealed class HeldSource : IPaletteSource
    {
        public ConcurrentDictionary<string, TaskCompletionSource> Asked { get; } = new(StringComparer.Ordinal);

        public PaletteKind Kind => PaletteKind.Sims;

        public Permission Needs => Permission.SimsRead;

        public async Task<PaletteFinds> FindAsync(TenantContext tenant, string text, int most, CancellationToken cancellationToken)
        {
            await Asked.GetOrAdd(text, _ => new TaskCompletionSource()).Task;
            return new PaletteFinds([], 0, "/");
        }
    }
}
