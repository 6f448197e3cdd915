using AngleSharp.Dom;
using Bunit;
using Soracom.Api;
using Soracom.Portal.Data.Credentials;
using Soracom.Portal.Data.Members;
using Soracom.Portal.Features.Credentials;
using Soracom.Portal.Security;
using Soracom.Sandbox;
using Soracom.Sandbox.Faults;

namespace Soracom.Portal.Tests.Features.Credentials;

/// <summary>The form that takes a credential: what it asks for, what it refuses, and that it gives nothing back.</summary>
public sealed class CredentialFormTests(ClassScene own) : IAsyncLifetime, IClassFixture<ClassScene>
{
    private readonly PortalScene scene = own.Scene;
    private readonly List<SoracomIdentity> stored = [];

    private ComponentScene circuit = null!;
    private TenantContext tenant = null!;
    private int cancelled;

    private SandboxOperator Aoba => scene.Account(DemoFleets.Aoba);

    private SandboxOperator Nagisa => scene.Account(DemoFleets.Nagisa);

    public async ValueTask InitializeAsync()
    {
        var slug = $"t{Guid.NewGuid():N}";
        await scene.TestDatabase.AddTenantAsync(slug);
        tenant = await scene.OpenAsync(slug, TenantRole.Owner);
        circuit = new ComponentScene(scene);
    }

    public async ValueTask DisposeAsync()
    {
        await circuit.DisposeAsync();
        tenant.Dispose();
        scene.Sandbox.Faults.Clear();
    }

    [Theory]
    [InlineData(CredentialKind.AuthKey, "Kind", "AuthKey ID", "AuthKey secret")]
    [InlineData(CredentialKind.SamUser, "Kind", "Operator ID", "User name", "Password")]
    [InlineData(CredentialKind.Root, "Kind", "E-mail address", "Password")]
    public void Kind_DecidesWhatIsAskedFor(CredentialKind kind, params string[] labels)
    {
        var form = Open();

        form.Act(it => it.Find("select").Change(kind.ToString()));

        Assert.Equal(labels, form.FindAll(".field label").Select(label => label.TextContent));
        Assert.All(form.FindAll(".field label"), label => Assert.NotNull(form.Find($"#{label.GetAttribute("for")}")));
    }

    [Theory]
    [InlineData("", "secret-x")]
    [InlineData("keyId-x", "")]
    [InlineData(" ", " ")]
    public void Send_Incomplete_SaysSoAndAsksNobody(string name, string secret)
    {
        var form = Open();

        Fill(form, name, secret);
        form.Act(it => it.Find("form").Submit());

        form.WaitForAssertion(() => Assert.Equal("Something is missing", form.Find(".notice h2").TextContent));
        Assert.Empty(stored);
    }

    [Fact]
    public async Task Send_GoodOne_StoresItAndTellsWhomItSignsIn()
    {
        var form = Open();
        var user = Aoba.User("portal");

        Fill(form, $" {user.AuthKeyId} ", user.AuthKey);
        form.Act(it => it.Find("form").Submit());

        form.WaitForAssertion(() => Assert.Equal(Aoba.OperatorId, Assert.Single(stored).OperatorId));
        Assert.Single(await scene.Get<CredentialStore>().ListAsync(tenant, Watchdog.Token));
        Assert.DoesNotContain(user.AuthKey, form.Markup, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Send_WrongOne_SaysThatItIsRefusedAndRepeatsNothingOfIt()
    {
        var form = Open();

        Fill(form, Aoba.User("portal").AuthKeyId, "secret-hunter2");
        form.Act(it => it.Find("form").Submit());

        form.WaitForAssertion(() => Assert.Equal("Soracom does not accept this credential", form.Find(".notice h2").TextContent));
        Assert.DoesNotContain("hunter2", form.Markup, StringComparison.Ordinal);
        Assert.Empty(stored);
        Assert.Empty(await scene.Get<CredentialStore>().ListAsync(tenant, Watchdog.Token));
    }

    [Fact]
    public async Task Send_WhileTheVendorIsAsked_CantBeSentTwice()
    {
        var form = Open();
        var user = Aoba.User("portal");
        scene.Sandbox.Faults.Arm(new() { Kind = SandboxFaultKind.Slow, Path = "/v1/auth", Delay = TimeSpan.FromSeconds(5) });

        Fill(form, user.AuthKeyId, user.AuthKey);
        var sending = form.InvokeAsync(() => form.Find("form").SubmitAsync());
        await scene.StruckAsync();

        Assert.Equal(["Checking with Soracom…", "Cancel"], form.FindAll("button").Select(button => button.TextContent));
        Assert.All(form.FindAll("button"), button => Assert.True(button.IsDisabled()));
        scene.Clock.Advance(TimeSpan.FromSeconds(5));
        await sending;
        Assert.Single(stored);
        Assert.All(form.FindAll("button"), button => Assert.False(button.IsDisabled()));
    }

    [Fact]
    public async Task Send_AnotherOperatorsOne_AsksFirstAndStoresItWhenThatIsMeant()
    {
        await StoreAsync(Aoba);
        var form = Open(replacing: true);
        var user = Nagisa.User("portal");

        Fill(form, user.AuthKeyId, user.AuthKey);
        form.Act(it => it.Find("form").Submit());
        form.WaitForAssertion(() => Assert.Equal("This is another Soracom account", form.Find(".notice h2").TextContent));
        Assert.Empty(stored);

        // Between finding and pressing nothing may be drawn anew.
        await form.InvokeAsync(() => form.Find("input[type=checkbox]").Change(value: true));
        await form.InvokeAsync(() => form.Find("form").Submit());

        form.WaitForAssertion(() => Assert.Equal(Nagisa.OperatorId, Assert.Single(stored).OperatorId));
    }

    [Fact]
    public void Cancel_StoresNothing()
    {
        var form = Open();

        form.Act(it => it.FindAll("button").Single(button => button.TextContent == "Cancel").Click());

        Assert.Equal((1, 0), (cancelled, stored.Count));
    }

    private static void Fill(IRenderedComponent<CredentialForm> form, string name, string secret)
    {
        form.Act(it => it.Find("#credential-jp-name").Change(name));
        form.Act(it => it.Find("#credential-jp-secret").Change(secret));
    }

    private async Task StoreAsync(SandboxOperator account)
    {
        var user = account.User("portal");
        var done = await scene.Get<CredentialStore>().StoreAsync(tenant, SoracomCoverage.Japan, new AuthKeyCredential(user.AuthKeyId, user.AuthKey), otherOperator: false, Watchdog.Token);
        Assert.Null(done.Error);
    }

    private IRenderedComponent<CredentialForm> Open(bool replacing = false) => circuit.Render<CredentialForm>(parameters => parameters
        .AddCascadingValue(tenant)
        .Add(form => form.Tenant, tenant)
        .Add(form => form.Coverage, SoracomCoverage.Japan)
        .Add(form => form.Replacing, replacing)
        .Add(form => form.OnStored, stored.Add)
        .Add(form => form.OnCancel, () => cancelled++));
}
