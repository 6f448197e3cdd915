using AngleSharp.Dom;
using Bunit;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Radzen;
using Soracom.Portal.Data.Audit;
using Soracom.Portal.Data.Members;
using Soracom.Portal.Features.Members;
using Soracom.Portal.Security;
using Soracom.Portal.Shared.Layout;

namespace Soracom.Portal.Tests.Features.Members;

/// <summary>A role changes when somebody says so, and not before.</summary>
public sealed class MembersPageTests(ClassScene own) : IAsyncLifetime, IClassFixture<ClassScene>
{
    private readonly PortalScene scene = own.Scene;
    private readonly List<string> asked = [];

    private ComponentScene circuit = null!;
    private TenantContext tenant = null!;
    private SignedIn yui = null!;
    private string slug = null!;

    private DialogService Dialogs => circuit.Services.GetRequiredService<DialogService>();

    public async ValueTask InitializeAsync()
    {
        slug = $"t{Guid.NewGuid():N}";
        await scene.TestDatabase.AddTenantAsync(slug);
        tenant = await scene.OpenAsync(await scene.MemberAsync(slug, TenantRole.Owner, "Haruto"), slug);
        yui = await scene.MemberAsync(slug, TenantRole.Operator, "Yui");
        circuit = new ComponentScene(scene);
        Dialogs.OnOpen += (_, _, parameters, _) => asked.Add((string)parameters[nameof(ConfirmDialog.Question)]!);
    }

    public async ValueTask DisposeAsync()
    {
        await circuit.DisposeAsync();
        tenant.Dispose();
    }

    [Fact]
    public async Task List_TellsWhenEachWasLastSeen_ByTheirSessionsToo()
    {
        var (signedIn, used) = (scene.Clock.GetUtcNow().AddDays(-9), scene.Clock.GetUtcNow().AddMinutes(-20));
        var haruto = tenant.Actor.PersonId;
        await using (var db = scene.Database.ForInstallation())
        {
            await db.SignInSessions.Where(session => session.PersonId == haruto || session.PersonId == yui.PersonId).ExecuteUpdateAsync(set => set.SetProperty(session => session.LastUsedAt, used), Watchdog.Token);
            await db.People.Where(person => person.Id == yui.PersonId).ExecuteUpdateAsync(set => set.SetProperty(person => person.LastSignInAt, signedIn), Watchdog.Token);
            // Of whom no session is as new as the sign-in.
            await db.People.Where(person => person.Id == haruto).ExecuteUpdateAsync(set => set.SetProperty(person => person.LastSignInAt, used.AddMinutes(5)), Watchdog.Token);
        }

        // One who never came.
        var nobody = await scene.TestDatabase.AddPersonAsync($"{slug}-new");
        await scene.JoinAsync(nobody, slug, TenantRole.Viewer);

        // Nor is it anybody's business here when one is seen who is a member no more.
        var former = await scene.MemberAsync(slug, TenantRole.Viewer, "Former");
        await scene.TestDatabase.ExecuteAsync("UPDATE TenantMembers SET Until = $at WHERE PersonId = $person", ("$at", scene.Clock.GetUtcNow().AddDays(-1).UtcTicks), ("$person", former.PersonId.ToString().ToUpperInvariant()));

        var seen = (await scene.Get<MemberList>().ListAsync(tenant, Watchdog.Token)).ToDictionary(member => member.PersonId, member => member.LastSeenAt);
        Assert.Equal((used.AddMinutes(5), used, null, null), (seen[haruto], seen[yui.PersonId], seen[nobody], seen[former.PersonId]));
    }

    [Fact]
    public async Task Choose_AnotherRole_ChangesNothingYet()
    {
        var page = Open();

        page.Act(it => Role(it, "Yui").Change("Viewer"));
        page.Act(it => Role(it, "Yui").Change("Billing"));

        Assert.Empty(asked);
        Assert.Equal((TenantRole.Operator, 0), await StateAsync());
        Assert.Single(Buttons(page, "Change role"));
    }

    [Fact]
    public void Choose_ThePresentRoleAgain_LeavesNothingToChange()
    {
        var page = Open();

        page.Act(it => Role(it, "Yui").Change("Viewer"));
        page.Act(it => Role(it, "Yui").Change("Operator"));

        Assert.Empty(Buttons(page, "Change role"));
    }

    [Fact]
    public async Task Change_AsksFromWhichToWhich_AndThenDoesIt()
    {
        var page = Open();
        page.Act(it => Role(it, "Yui").Change("Viewer"));

        var change = page.InvokeAsync(() => Buttons(page, "Change role")[0].ClickAsync(new()));
        Assert.StartsWith("Yui: Operator → Viewer.", Assert.Single(asked), StringComparison.Ordinal);
        await page.InvokeAsync(() => Dialogs.Close(true));
        await change;

        page.WaitForAssertion(() => Assert.Equal("Yui is now: Viewer", page.Find(".notice h2").TextContent));
        Assert.Equal((TenantRole.Viewer, 1), await StateAsync());
        Assert.Empty(Buttons(page, "Change role"));
    }

    [Fact]
    public async Task Change_ThatIsNotMeant_ShowsThePresentRoleAgain()
    {
        var page = Open();
        page.Act(it => Role(it, "Yui").Change("Viewer"));

        var change = page.InvokeAsync(() => Buttons(page, "Change role")[0].ClickAsync(new()));
        await page.InvokeAsync(() => Dialogs.Close(false));
        await change;

        page.WaitForAssertion(() => Assert.Empty(Buttons(page, "Change role")));
        Assert.Equal("Operator", Role(page, "Yui").GetAttribute("value"));
        Assert.Equal((TenantRole.Operator, 0), await StateAsync());
    }

    [Fact]
    public async Task Change_ToThePresentRole_IsDoneAndNotRecorded()
    {
        var changed = await scene.Get<MemberList>().ChangeRoleAsync(tenant, yui.PersonId, TenantRole.Viewer, TenantRole.Operator, Watchdog.Token);

        Assert.Equal(TenantRole.Operator, changed.Value);
        Assert.Equal((TenantRole.Operator, 0), await StateAsync());
    }

    [Fact]
    public async Task Change_OfARoleThatIsAnotherByNow_IsNotMade()
    {
        var changed = await scene.Get<MemberList>().ChangeRoleAsync(tenant, yui.PersonId, TenantRole.Viewer, TenantRole.Owner, Watchdog.Token);

        Assert.IsType<Soracom.Portal.Shared.Errors.ConflictError>(changed.Error);
        Assert.Equal((TenantRole.Operator, 0), await StateAsync());
    }

    [Theory]
    [InlineData(TenantRole.Owner, true)]
    [InlineData(TenantRole.Operator, false)]
    public async Task Page_TellsWhoManagesMembersHowPeopleAreAdded(TenantRole role, bool told)
    {
        using var reader = await scene.OpenAsync(slug, role);

        var page = Open(reader);

        Assert.Equal(told, page.Markup.Contains($"grant {slug} Operator", StringComparison.Ordinal));
        Assert.Equal(told, page.FindAll("select").Count > 0);
    }

    private static IElement Role(IRenderedComponent<MembersPage> page, string name) => page.Find($"select[aria-label='Role of {name}']");

    private static IReadOnlyList<IElement> Buttons(IRenderedComponent<MembersPage> page, string word) => [.. page.FindAll("button").Where(button => button.TextContent == word)];

    private async Task<(TenantRole Role, int Changes)> StateAsync()
    {
        var members = await scene.Get<MemberList>().ListAsync(tenant, Watchdog.Token);
        var trail = await scene.TrailAsync(slug);
        return (members.Single(member => member.PersonId == yui.PersonId).Role.Preset, trail.Count(entry => entry.Action == AuditActions.MemberRoleChanged));
    }

    private IRenderedComponent<MembersPage> Open(TenantContext? reader = null)
    {
        var page = circuit.Render<MembersPage>(parameters => parameters.AddCascadingValue(reader ?? tenant).Add(opened => opened.Slug, slug));
        page.WaitForAssertion(() => Assert.NotEmpty(page.FindAll("tr[data-person]")));
        return page;
    }
}
