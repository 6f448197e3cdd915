using AngleSharp.Dom;
using Bunit;
using Microsoft.AspNetCore.Components;
using Microsoft.Extensions.DependencyInjection;
using Radzen;
using Soracom.Portal.Data.Members;
using Soracom.Portal.Features.Sims;
using Soracom.Portal.Features.Sims.Views;
using Soracom.Portal.Security;
using Soracom.Portal.Shared.Data;

namespace Soracom.Portal.Tests.Features.Sims.Views;

/// <summary>Saved views in the list's menu, and the form that saves them.</summary>
public sealed class ViewsMenuTests(ClassScene own) : IAsyncLifetime, IClassFixture<ClassScene>
{
    private static readonly SimQuery Trucks = SimQuery.All with { Text = "truck", Statuses = FilterValues.Of(["active"]) };

    private readonly PortalScene scene = own.Scene;

    private ComponentScene circuit = null!;
    private string slug = null!;
    private TenantContext yui = null!;
    private TenantContext ren = null!;

    private SavedViews Views => scene.Get<SavedViews>();

    private DialogService Dialogs => circuit.Services.GetRequiredService<DialogService>();

    public async ValueTask InitializeAsync()
    {
        slug = $"t{Guid.NewGuid():N}";
        await scene.TestDatabase.AddTenantAsync(slug);
        yui = await scene.OpenAsync(await scene.MemberAsync(slug, TenantRole.Operator, "Yui"), slug);
        ren = await scene.OpenAsync(await scene.MemberAsync(slug, TenantRole.Viewer, "Ren"), slug);
        circuit = new ComponentScene(scene);
    }

    public async ValueTask DisposeAsync()
    {
        await circuit.DisposeAsync();
        yui.Dispose();
        ren.Dispose();
    }

    [Fact]
    public void Menu_WithoutViews_SaysWhatTheyAreFor()
    {
        var menu = Open(yui, SimQuery.All);

        Assert.Equal("Views", menu.Find("summary").TextContent.Trim());
        Assert.StartsWith("A view keeps words", menu.Find(".empty").TextContent, StringComparison.Ordinal);
        Assert.Equal([PortalUrls.Sims(slug)], Links(menu));
        Assert.Equal("true", menu.Find("a.view").GetAttribute("aria-current"));
    }

    [Fact]
    public async Task Menu_HasOnesOwnAndTheShared_AsLinksToTheirWholeAddress()
    {
        var shared = await AddAsync(yui, "Trucks", Trucks, shared: true);
        var mine = await AddAsync(ren, "Vans", SimQuery.All with { Text = "van" });
        await AddAsync(yui, "Nobody's business", Trucks);

        var menu = Open(ren, SimQuery.All with { Text = "else" });

        Assert.Equal([PortalUrls.Sims(slug), $"/t/{slug}/sims?q=van&view={mine.Id:N}", $"/t/{slug}/sims?q=truck&status=active&view={shared.Id:N}"], Links(menu));
        Assert.Equal(["Only for you", "Shared"], menu.FindAll("ul[aria-label]").Select(list => list.GetAttribute("aria-label")));
        Assert.Equal("Shared by Yui", menu.Find("small").TextContent);
        Assert.Empty(menu.FindAll("[aria-current]"));
        Assert.Equal(["Edit “Vans”"], menu.FindAll(".edit").Select(button => button.GetAttribute("aria-label")));
    }

    [Fact]
    public async Task Opened_IsMarked_AndSaysWhenTheScreenShowsSomethingElse()
    {
        var view = await AddAsync(ren, "Trucks", Trucks);

        var same = Open(ren, Trucks, view.Id);
        Assert.Equal(["Trucks"], same.FindAll("a[aria-current] .name-text").Select(name => name.TextContent));
        Assert.Empty(same.FindAll(".changed"));
        Assert.DoesNotContain(same.FindAll(".acts button"), button => button.TextContent.Contains("Save changes", StringComparison.Ordinal));

        var changed = Open(ren, Trucks with { Descending = true }, view.Id);
        Assert.Equal("Trucks", changed.Find("summary .name").TextContent);
        Assert.Equal("changed", changed.Find("summary .changed").TextContent);
    }

    [Fact]
    public async Task Opened_WithoutItsBeingSaid_IsMarkedWhereItShowsJustThat()
    {
        await AddAsync(ren, "Trucks", Trucks);

        Assert.Equal("Trucks", Open(ren, Trucks).Find("summary .name").TextContent);
        Assert.Equal("Views", Open(ren, Trucks with { Text = "lorry" }).Find("summary").TextContent.Trim());
    }

    [Fact]
    public async Task Opened_ByWhomItIsNotFor_IsAnAddressAsAnyOther()
    {
        var view = await AddAsync(yui, "Trucks", Trucks);

        var menu = Open(ren, Trucks, view.Id);

        Assert.Equal("Views", menu.Find("summary").TextContent.Trim());
        Assert.DoesNotContain("Trucks", menu.Markup, StringComparison.Ordinal);
    }

    [Fact]
    public async Task SaveChanges_PutsWhatIsOnTheScreenInItsPlace()
    {
        var view = await AddAsync(ren, "Trucks", Trucks);
        var menu = Open(ren, Trucks with { Descending = true }, view.Id);

        await menu.InvokeAsync(() => Button(menu, "Save changes to “Trucks”").ClickAsync(new()));

        menu.WaitForAssertion(() => Assert.Empty(menu.FindAll(".changed")));
        Assert.Equal("“Trucks” is saved.", menu.Find("[role=status]").TextContent);
        Assert.Equal(Trucks with { Descending = true }, Assert.Single(await Views.ListAsync(ren, Watchdog.Token)).Query);
    }

    [Fact]
    public async Task SaveChanges_OfWhatSomebodySavedMeanwhile_SaysSo_AndShowsWhatIsThereNow()
    {
        var view = await AddAsync(yui, "Trucks", Trucks, shared: true);
        var menu = Open(yui, Trucks with { Descending = true }, view.Id);
        await Views.RenameAsync(yui, view.Id, 1, "Lorries", shared: true, Watchdog.Token);

        await menu.InvokeAsync(() => Button(menu, "Save changes").ClickAsync(new()));

        menu.WaitForAssertion(() => Assert.Equal("Somebody else was faster", menu.Find("[role=alert] h2").TextContent));
        Assert.Equal("Lorries", menu.Find("summary .name").TextContent);
        Assert.Equal(Trucks, Assert.Single(await Views.ListAsync(yui, Watchdog.Token)).Query);
    }

    [Fact]
    public async Task SaveChanges_OfWhatIsNotOnesOwn_IsNotOffered()
    {
        var view = await AddAsync(yui, "Trucks", Trucks, shared: true);

        var menu = Open(ren, Trucks with { Descending = true }, view.Id);

        Assert.Equal("changed", menu.Find("summary .changed").TextContent);
        Assert.Equal(["Save as new view"], menu.FindAll(".acts button").Select(button => button.TextContent.Trim()));
    }

    [Fact]
    public async Task Unfold_ShowsWhatOthersSharedMeanwhile()
    {
        var menu = Open(ren, SimQuery.All);
        await AddAsync(yui, "Trucks", Trucks, shared: true);

        await menu.InvokeAsync(() => menu.Find("details").TriggerEventAsync("ontoggle", EventArgs.Empty));

        menu.WaitForAssertion(() => Assert.Equal(["Trucks"], menu.FindAll("li .name-text").Select(name => name.TextContent)));
    }

    [Fact]
    public async Task ManyViews_AreSearched()
    {
        foreach (var number in Enumerable.Range(1, 13))
        {
            await AddAsync(ren, $"View {number}", SimQuery.All with { Text = $"{number}" });
        }

        var menu = Open(ren, SimQuery.All);
        menu.Act(it => it.Find("input[type=search]").Input("ｖｉｅｗ 13"));

        Assert.Equal(["View 13"], menu.FindAll("li .name-text").Select(name => name.TextContent));
    }

    [Fact]
    public async Task SaveAs_SavesWhatIsOnTheScreen_AndOpensIt()
    {
        var menu = Open(ren, Trucks);
        var title = "";
        Dialogs.OnOpen += (text, _, _, _) => title = text;

        var adding = menu.InvokeAsync(() => Button(menu, "Save as new view").ClickAsync(new()));
        var form = Form(ren, Trucks);
        form.Act(it => it.Find("#view-name").Change("Trucks"));
        var saved = "";
        Dialogs.OnClose += answer => saved = ((ViewSummary)answer).Name;
        await form.InvokeAsync(() => form.Find("form").SubmitAsync());
        await adding;

        Assert.Equal(("Save as new view", "Trucks"), (title, saved));
        var view = Assert.Single(await Views.ListAsync(ren, Watchdog.Token));
        Assert.Equal((Trucks, false), (view.Query, view.IsShared));
        Assert.Equal($"/t/{slug}/sims?q=truck&status=active&view={view.Id:N}", AddressAfterwards());
    }

    [Fact]
    public async Task Form_NameThatIsTaken_SaysSo_AndKeepsWhatWasTyped()
    {
        await AddAsync(ren, "Trucks", Trucks);
        var form = Form(ren, SimQuery.All);
        form.Act(it => it.Find("#view-name").Change("TRUCKS"));

        await form.InvokeAsync(() => form.Find("form").SubmitAsync());

        form.WaitForAssertion(() => Assert.Equal("There is a view of this name", form.Find("[role=alert] h2").TextContent));
        Assert.Equal("TRUCKS", form.Find("#view-name").GetAttribute("value"));
    }

    [Fact]
    public void Form_OfWhoMayNotShare_SaysWhy()
    {
        var form = Form(ren, Trucks);

        Assert.True(form.Find("input[type=checkbox]").HasAttribute("disabled"));
        Assert.Equal("Your role may not share views.", form.Find("small").TextContent);
        Assert.False(Form(yui, Trucks).Find("input[type=checkbox]").HasAttribute("disabled"));
    }

    [Fact]
    public async Task Form_RenamesAndShares()
    {
        var view = await AddAsync(yui, "Trucks", Trucks);
        var form = Form(yui, SimQuery.All, view);
        form.Act(it => it.Find("#view-name").Change("Lorries"));
        form.Act(it => it.Find("input[type=checkbox]").Change(value: true));

        await form.InvokeAsync(() => form.Find("form").SubmitAsync());

        var saved = Assert.Single(await Views.ListAsync(ren, Watchdog.Token));
        Assert.Equal(("Lorries", Trucks), (saved.Name, saved.Query));
    }

    [Fact]
    public async Task Form_DeletesWhenAskedTwice()
    {
        var view = await AddAsync(yui, "Trucks", Trucks, shared: true);
        var form = Form(yui, Trucks, view);

        form.Act(it => it.Find(".delete").Click());
        Assert.StartsWith("“Trucks” is deleted for everybody.", form.Find("p").TextContent, StringComparison.Ordinal);
        Assert.Single(await Views.ListAsync(yui, Watchdog.Token));

        await form.InvokeAsync(() => form.Find("form").SubmitAsync());
        Assert.Empty(await Views.ListAsync(yui, Watchdog.Token));
    }

    [Fact]
    public async Task Delete_OfTheOneThatIsOpen_LeavesTheListAsItIs_WithoutIt()
    {
        var view = await AddAsync(ren, "Trucks", Trucks);
        var changed = Trucks with { Descending = true };
        var menu = Open(ren, changed, view.Id);

        var editing = menu.InvokeAsync(() => menu.Find(".edit").ClickAsync(new()));
        await Views.DeleteAsync(ren, view.Id, view.Version, Watchdog.Token);
        await menu.InvokeAsync(() => Dialogs.Close(view));
        await editing;

        Assert.Equal(PortalUrls.Sims(slug, changed), AddressAfterwards());
    }

    private IRenderedComponent<ViewsMenu> Open(TenantContext tenant, SimQuery query, Guid? opened = null)
    {
        var menu = circuit.Render<ViewsMenu>(parameters => parameters.AddCascadingValue(tenant).Add(menu => menu.Query, query).Add(menu => menu.Opened, opened));
        menu.WaitForState(() => menu.Instance.IsRead);
        return menu;
    }

    private IRenderedComponent<ViewForm> Form(TenantContext tenant, SimQuery query, ViewSummary? view = null) =>
        circuit.Render<ViewForm>(parameters => parameters.Add(form => form.Tenant, tenant).Add(form => form.Query, query).Add(form => form.View, view));

    private static IElement Button(IRenderedComponent<ViewsMenu> menu, string text) =>
        Assert.Single(menu.FindAll("button"), button => button.TextContent.Contains(text, StringComparison.Ordinal));

    private static IEnumerable<string?> Links(IRenderedComponent<ViewsMenu> menu) => menu.FindAll("a.view").Select(link => link.GetAttribute("href"));

    private string AddressAfterwards()
    {
        var navigation = circuit.Services.GetRequiredService<NavigationManager>();
        return "/" + navigation.ToBaseRelativePath(navigation.Uri);
    }

    private async Task<ViewSummary> AddAsync(TenantContext tenant, string name, SimQuery query, bool shared = false) =>
        (await Views.AddAsync(tenant, name, query, shared, Watchdog.Token)).Value;
}
