using Bunit;
using Microsoft.AspNetCore.Components;
using Microsoft.Extensions.DependencyInjection;
using Radzen;
using Soracom.Api;
using Soracom.Portal.Data.Audit;
using Soracom.Portal.Data.Members;
using Soracom.Portal.Features.Sims;
using Soracom.Portal.Features.Sims.Actions;
using Soracom.Portal.Security;
using Soracom.Portal.Shared.Layout;
using Soracom.Portal.Shared.Vendor;
using Soracom.Sandbox.Faults;

namespace Soracom.Portal.Tests.Features.Sims.Actions;

/// <summary>The forms of acts: a form that is sent twice before its button is off does its act once, and says what it is about.</summary>
public sealed class SimFormTests : IAsyncLifetime
{
    private const string Card = "8999423120000000596";

    private readonly List<string> asked = [];

    private PortalScene scene = null!;
    private ComponentScene circuit = null!;
    private TenantContext tenant = null!;

    private DialogService Dialogs => circuit.Services.GetRequiredService<DialogService>();

    public async ValueTask InitializeAsync()
    {
        scene = await PortalScene.StartAsync();
        circuit = new ComponentScene(scene);
        Dialogs.OnOpen += (_, _, parameters, _) => asked.Add((string)parameters[nameof(ConfirmDialog.Question)]!);
        tenant = await scene.OpenAsync(PortalScene.Aoba, TenantRole.Operator);
    }

    public async ValueTask DisposeAsync()
    {
        await circuit.DisposeAsync();
        tenant.Dispose();
        await scene.DisposeAsync();
    }

    [Theory]
    [InlineData(SimAct.Sms, AuditActions.SimMessaged)]
    [InlineData(SimAct.LocalInfo, AuditActions.SimInfoAsked)]
    [InlineData(SimAct.Ping, AuditActions.SimPinged)]
    [InlineData(SimAct.EndSession, AuditActions.SimSessionDeleted)]
    [InlineData(SimAct.Command, AuditActions.SimCommanded)]
    [InlineData(SimAct.AddSubscription, AuditActions.SimSubscribed)]
    public async Task Dialog_SentTwiceAtOnce_DoesItOnce(SimAct act, string action)
    {
        var dialog = await OpenAsync(act);
        if (act == SimAct.Sms)
        {
            await dialog.InvokeAsync(() => dialog.Find("#sms-text").InputAsync(new ChangeEventArgs { Value = "hello" }));
        }

        await TwiceAsync(dialog);

        await OnceAsync(action);
    }

    [Fact]
    public async Task CreateVirtual_SentTwiceAtOnce_AsksAndMakesOne_AndTheTrailSaysWhich()
    {
        var page = OpenAdding();

        var first = page.InvokeAsync(() => page.FindAll("form")[1].SubmitAsync());
        await page.InvokeAsync(() => page.FindAll("form")[1].SubmitAsync());
        await AnswerAsync(page, yes: true);
        await first;

        Assert.Single(asked);
        var told = await OnceAsync(AuditActions.SimCreated);
        Assert.EndsWith($"/{told.ObjectId}?coverage=jp", page.Find("[role=status] a").GetAttribute("href"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task CreateVirtual_Asks_SayingWhoPays_AndMakesNoneWithoutAYes()
    {
        var page = OpenAdding();

        var sent = page.InvokeAsync(() => page.FindAll("form")[1].SubmitAsync());
        var question = Assert.Single(asked);
        await AnswerAsync(page, yes: false);
        await sent;

        Assert.Contains($"{tenant.Tenant.Name} (Japan coverage)", question, StringComparison.Ordinal);
        Assert.Contains("monthly fee", question, StringComparison.Ordinal);
        Assert.DoesNotContain(await scene.TrailAsync(PortalScene.Aoba), entry => entry.Action.StartsWith("sim.", StringComparison.Ordinal));
        Assert.False(page.FindAll("form")[1].QuerySelector("button")!.HasAttribute("disabled"));
    }

    [Fact]
    public async Task Register_AsksOnlyWhatCanBeSent_AndSendsNothingWithoutAYes()
    {
        var page = OpenAdding();
        await page.InvokeAsync(() => page.FindAll("form")[0].SubmitAsync());
        Assert.Empty(asked);
        Assert.NotEmpty(page.FindAll("[aria-live] .notice"));

        await page.InvokeAsync(() => page.Find("#register-id").ChangeAsync(new ChangeEventArgs { Value = "8999 4212 3000 0000 888" }));
        await page.InvokeAsync(() => page.Find("#register-secret").ChangeAsync(new ChangeEventArgs { Value = "12345678" }));
        var sent = page.InvokeAsync(() => page.FindAll("form")[0].SubmitAsync());
        var question = Assert.Single(asked);
        await AnswerAsync(page, yes: false);
        await sent;

        Assert.Contains("8999421230000000888", question, StringComparison.Ordinal);
        Assert.Contains($"{tenant.Tenant.Name} (Japan coverage)", question, StringComparison.Ordinal);
        Assert.DoesNotContain("12345678", question, StringComparison.Ordinal);
        Assert.DoesNotContain(await scene.TrailAsync(PortalScene.Aoba), entry => entry.Action.StartsWith("sim.", StringComparison.Ordinal));
    }

    [Fact]
    public async Task CreateVirtual_Another_LeavesTheKeyOfTheFirstInSight_AlsoWhenItFails()
    {
        var page = OpenAdding();
        await CreateAsync(page);
        var key = PrivateKey(page);

        scene.Sandbox.Faults.Arm(new SandboxFault { Kind = SandboxFaultKind.Status, Path = "/v1/sims", Method = "POST", Status = 500 });
        await CreateAsync(page);
        Assert.NotEmpty(page.FindAll("[aria-live]"));
        Assert.Equal(key, PrivateKey(page));

        await CreateAsync(page);
        Assert.Contains(key, page.FindAll("[role=status] dd").Select(field => field.TextContent.Trim()));
        Assert.Equal(2, page.FindAll("[role=status]").Count);
    }

    [Theory]
    [InlineData(SimAct.Rename)]
    [InlineData(SimAct.Terminate)]
    [InlineData(SimAct.EndSession)]
    [InlineData(SimAct.Command)]
    [InlineData(SimAct.ArcCredentials)]
    public async Task Dialog_OfAnyAct_SaysWhichSimOfWhichTenantItIsAbout(SimAct act)
    {
        var dialog = await OpenAsync(act);

        var which = dialog.Find(".which").TextContent;
        Assert.Contains(Card, which, StringComparison.Ordinal);
        Assert.Contains(tenant.Tenant.Name, which, StringComparison.Ordinal);
        Assert.Contains("Global coverage", which, StringComparison.Ordinal);
    }

    /// <summary>Sends a form while its first sending is still on its way to the vendor.</summary>
    private async Task TwiceAsync(IRenderedComponent<IComponent> page)
    {
        scene.Sandbox.Faults.Arm(new SandboxFault { Kind = SandboxFaultKind.Slow, Path = "/v1/sims", Method = "POST", Delay = TimeSpan.FromSeconds(1) });
        var first = page.InvokeAsync(() => page.Find("form").SubmitAsync());
        await scene.StruckAsync();

        await page.InvokeAsync(() => page.Find("form").SubmitAsync());
        scene.Clock.Advance(TimeSpan.FromSeconds(1));
        await first;
    }

    private async Task CreateAsync(IRenderedComponent<AddSimsPage> page)
    {
        var sent = page.InvokeAsync(() => page.FindAll("form")[1].SubmitAsync());
        await AnswerAsync(page, yes: true);
        await sent;
    }

    private Task AnswerAsync(IRenderedComponent<AddSimsPage> page, bool yes) => page.InvokeAsync(() => Dialogs.Close(yes));

    private static string PrivateKey(IRenderedComponent<AddSimsPage> page) => page.FindAll("[role=status] dd")[0].TextContent.Trim();

    private async Task<AuditEntry> OnceAsync(string action)
    {
        var told = (await scene.TrailAsync(PortalScene.Aoba)).Where(entry => entry.Action == action).ToList();
        Assert.Equal([AuditOutcome.Begun, AuditOutcome.Succeeded], told.Select(entry => entry.Outcome));
        return told[1];
    }

    private async Task<IRenderedComponent<SimActDialog>> OpenAsync(SimAct act)
    {
        var sim = (await scene.Get<TenantSoracom>().ReadAsync(tenant, SoracomCoverage.Global, (client, token) => client.Sims.GetSimAsync(Card, token), Watchdog.Token)).Value;
        return circuit.Render<SimActDialog>(parameters => parameters
            .Add(dialog => dialog.Act, act)
            .Add(dialog => dialog.Place, new SimPlace(PortalScene.Aoba, SoracomCoverage.Global, Card))
            .Add(dialog => dialog.Sim, sim)
            .Add(dialog => dialog.Tenant, tenant));
    }

    private IRenderedComponent<AddSimsPage> OpenAdding()
    {
        var page = circuit.Render<AddSimsPage>(parameters => parameters.AddCascadingValue(tenant).Add(page => page.Slug, PortalScene.Aoba));
        page.WaitForAssertion(() => Assert.Equal(2, page.FindAll("form").Count));
        return page;
    }
}
