using Bunit;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Authorization;
using Microsoft.AspNetCore.Components.Rendering;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;
using Soracom.Portal.Data.Members;
using Soracom.Portal.Security;
using Soracom.Portal.Security.SignIn;
using RouteData = Microsoft.AspNetCore.Components.RouteData;

namespace Soracom.Portal.Tests.Security;

public sealed class AccessGateTests : IAsyncLifetime
{
    private readonly DatabaseHook hook = new();
    private readonly Notes notes = new();
    private PortalScene scene = null!;
    private ComponentScene circuit = null!;
    private AccessWatch watch = null!;

    public async ValueTask InitializeAsync()
    {
        scene = await PortalScene.StartAsync();
        var database = hook.Open(scene);
        var sessions = new SignInSessions(database, Options.Create(new SessionOptions()), scene.Get<SignInWays>(), scene.Clock);
        watch = new AccessWatch(database, sessions, new FakeTime(), NullLogger<AccessWatch>.Instance);
        circuit = new ComponentScene(scene, services =>
        {
            services.AddSingleton(new TenantAccess(database, sessions, new AuditTrail(database, scene.Clock), scene.Clock));
            services.AddSingleton(watch);
            services.AddSingleton(notes);
        });
    }

    public async ValueTask DisposeAsync()
    {
        await circuit.DisposeAsync();
        watch.Dispose();
        await scene.DisposeAsync();
    }

    [Fact]
    public async Task Open_Member_ShowsThePageOfThatTenant()
    {
        var gate = Open(await scene.MemberAsync(PortalScene.Aoba, TenantRole.Viewer), PortalScene.Aoba);
        gate.WaitForAssertion(() => Assert.Equal("aoba in aoba", gate.Find("p.probe").TextContent));
    }

    [Fact]
    public async Task Open_Stranger_ShowsNothingOfThePage()
    {
        var gate = Open(await scene.SignInAsync(), PortalScene.Aoba);
        Assert.Empty(gate.FindAll("p.probe"));
        Assert.Empty(notes.Shown);
    }

    [Fact]
    public async Task Navigate_ToAPageThatTheRoleLacks_NeverRendersIt()
    {
        var gate = Open(await scene.MemberAsync(PortalScene.Aoba, TenantRole.Viewer), PortalScene.Aoba);
        gate.WaitForState(() => gate.FindAll("p.probe").Count == 1);

        Go(gate, PortalScene.Aoba, typeof(OwnersProbe));

        gate.WaitForAssertion(() => Assert.Contains("Your role does not include this page", gate.Markup, StringComparison.Ordinal));
        Assert.Equal([nameof(Probe)], notes.Shown.Select(shown => shown.Page).Distinct());
    }

    [Fact]
    public async Task Navigate_ToAnotherTenant_MakesThePageAnew()
    {
        var person = await scene.MemberAsync(PortalScene.Aoba, TenantRole.Viewer);
        await scene.JoinAsync(person.PersonId, PortalScene.Nagisa, TenantRole.Viewer);
        var gate = Open(person, PortalScene.Aoba);
        gate.WaitForState(() => gate.FindAll("p.probe").Count == 1);

        Go(gate, PortalScene.Nagisa, typeof(Probe));

        gate.WaitForAssertion(() => Assert.Equal("nagisa in nagisa", gate.Find("p.probe").TextContent));
        Assert.Equal(2, notes.Shown.Select(shown => shown.Instance).Distinct().Count());
        Assert.All(notes.Shown, shown => Assert.Equal(shown.Slug, shown.Tenant));
    }

    [Fact]
    public async Task Navigate_BackBeforeTheOtherTenantIsOpen_StaysWhereTheAddressSays()
    {
        var person = await scene.MemberAsync(PortalScene.Aoba, TenantRole.Viewer);
        await scene.JoinAsync(person.PersonId, PortalScene.Nagisa, TenantRole.Viewer);
        var gate = Open(person, PortalScene.Aoba);
        gate.WaitForState(() => gate.FindAll("p.probe").Count == 1);
        var asked = new TaskCompletionSource();
        var answered = new TaskCompletionSource();
        hook.BeforeQuery = query =>
        {
            if (!query.Contains(PortalScene.Nagisa, StringComparison.Ordinal))
            {
                return Task.CompletedTask;
            }

            asked.TrySetResult();
            return answered.Task;
        };

        Go(gate, PortalScene.Nagisa, typeof(Probe));
        await asked.Task.WaitAsync(Watchdog.Token);
        Go(gate, PortalScene.Aoba, typeof(Probe));
        answered.SetResult();
        await SettleAsync(person, PortalScene.Nagisa);

        Assert.Equal("aoba in aoba", gate.Find("p.probe").TextContent);
        Assert.All(notes.Shown, shown => Assert.Equal(shown.Slug, shown.Tenant));
    }

    [Fact]
    public async Task MembershipEnds_WhileThePageIsOpen_ItGoesBlankAndTheBrowserAsksAnew()
    {
        var person = await scene.MemberAsync(PortalScene.Aoba, TenantRole.Viewer);
        var gate = Open(person, PortalScene.Aoba);
        gate.WaitForState(() => gate.FindAll("p.probe").Count == 1);

        await RemoveAsync(person);
        await watch.CheckAsync(Watchdog.Token);

        gate.WaitForAssertion(() => Assert.Contains("Your access has changed", gate.Markup, StringComparison.Ordinal));
        Assert.Empty(gate.FindAll("p.probe"));
        var history = circuit.Services.GetRequiredService<Bunit.TestDoubles.BunitNavigationManager>().History;
        Assert.True(Assert.Single(history).Options.ForceLoad);

        // Whatever is rendered afterwards, the page does not come back.
        Go(gate, PortalScene.Aoba, typeof(Probe));
        Assert.Empty(gate.FindAll("p.probe"));
    }

    [Fact]
    public async Task Close_WhileTheTenantIsBeingOpened_LeavesNothingBehind()
    {
        var person = await scene.MemberAsync(PortalScene.Aoba, TenantRole.Viewer);
        var asked = new TaskCompletionSource();
        var answered = new TaskCompletionSource();
        hook.BeforeQuery = _ =>
        {
            asked.TrySetResult();
            return answered.Task;
        };
        Open(person, PortalScene.Aoba);
        await asked.Task.WaitAsync(Watchdog.Token);

        await circuit.DisposeComponentsAsync();
        answered.SetResult();
        await SettleAsync(person, PortalScene.Aoba);

        Assert.Equal(0, watch.Count);
    }

    [Fact]
    public async Task Close_OpenPage_GivesItsLeaseBack()
    {
        var gate = Open(await scene.MemberAsync(PortalScene.Aoba, TenantRole.Viewer), PortalScene.Aoba);
        gate.WaitForState(() => gate.FindAll("p.probe").Count == 1);
        Assert.Equal(1, watch.Count);

        await circuit.DisposeComponentsAsync();

        Assert.Equal(0, watch.Count);
    }

    private static RouteData To(string slug, Type page) => new(page, new Dictionary<string, object?>(StringComparer.OrdinalIgnoreCase) { ["Slug"] = slug });

    private static void Go(IRenderedComponent<AccessGate> gate, string slug, Type page) => gate.Render(parameters =>
    {
        parameters.Add(opened => opened.Route, To(slug, page));
        parameters.Add(opened => opened.ChildContent, ShowPage(slug, page));
    });

    private static RenderFragment ShowPage(string slug, Type page) => builder =>
    {
        builder.OpenComponent(0, page);
        builder.AddAttribute(1, nameof(Probe.Slug), slug);
        builder.CloseComponent();
    };

    private IRenderedComponent<AccessGate> Open(SignedIn person, string slug) => circuit.Render<AccessGate>(parameters => parameters
        .AddCascadingValue(Task.FromResult(new AuthenticationState(person.ToPrincipal("test"))))
        .Add(gate => gate.Route, To(slug, typeof(Probe)))
        .Add(gate => gate.ChildContent, ShowPage(slug, typeof(Probe))));

    /// <summary>Waits until the opening of a tenant that was held up has gone on to its last step, the audit entry, and for the circuit's next turn.</summary>
    private async Task SettleAsync(SignedIn person, string slug)
    {
        while (!(await scene.TrailAsync(slug)).Any(entry => entry.ActorId == person.PersonId))
        {
            Watchdog.Token.ThrowIfCancellationRequested();
            await Task.Yield();
        }

        await circuit.Renderer.Dispatcher.InvokeAsync(() => { });
    }

    private async Task RemoveAsync(SignedIn person)
    {
        await using var db = scene.Database.ForTenant(await scene.TenantIdAsync(PortalScene.Aoba));
        db.TenantMembers.Remove(db.TenantMembers.Single(member => member.PersonId == person.PersonId));
        await db.SaveChangesAsync(Watchdog.Token);
    }

    /// <summary>A page that notes what it was shown as.</summary>
    [RequirePermission(Permission.SimsRead)]
    private class Probe : ComponentBase
    {
        private readonly Guid instance = Guid.NewGuid();

        [Parameter]
        public string? Slug { get; set; }

        [CascadingParameter]
        public TenantContext? Tenant { get; set; }

        [Inject]
        public required Notes Notes { get; set; }

        protected override void BuildRenderTree(RenderTreeBuilder builder)
        {
            Notes.Shown.Add(new ShownPage(GetType().Name, instance, Slug, Tenant?.Slug));
            builder.AddMarkupContent(0, $"<p class='probe'>{Slug} in {Tenant?.Slug}</p>");
        }
    }

    [RequirePermission(Permission.MembersManage)]
    private sealed class OwnersProbe : Probe;

    private sealed class Notes
    {
        public List<ShownPage> Shown { get; } = [];
    }

    private sealed record ShownPage(string Page, Guid Instance, string? Slug, string? Tenant);
}
