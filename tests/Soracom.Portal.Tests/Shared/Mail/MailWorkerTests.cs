using System.Globalization;
using System.Text;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Soracom.Portal.Data.Credentials;
using Soracom.Portal.Data.Mail;
using Soracom.Portal.Data.Members;
using Soracom.Portal.Features.Members;
using Soracom.Portal.Features.Tenants;
using Soracom.Portal.Security;
using Soracom.Portal.Shared.Branding;
using Soracom.Portal.Shared.Mail;

namespace Soracom.Portal.Tests.Shared.Mail;

/// <summary>An invitation's mail is sealed until it is sent, sent once, tried again where that may help, and told of where it does not.</summary>
public sealed class MailWorkerTests(ClassScene own) : IAsyncLifetime, IClassFixture<ClassScene>
{
    private readonly PortalScene scene = own.Scene;
    private readonly ScriptedMailer mailer = new();
    private MailWorker worker = null!;
    private TenantContext owner = null!;
    private string slug = null!;

    private Invitations Invitations => scene.Get<Invitations>();

    public async ValueTask InitializeAsync()
    {
        slug = $"t{Guid.NewGuid():N}";
        await scene.TestDatabase.AddTenantAsync(slug);
        owner = await scene.OpenAsync(await scene.MemberAsync(slug, TenantRole.Owner, "Haruto"), slug);
        worker = Worker();
        // What other tests of this class left, and what of it was to be tried again later.
        await scene.TestDatabase.ExecuteAsync("DELETE FROM OutgoingMails");
    }

    public ValueTask DisposeAsync()
    {
        owner.Dispose();
        worker.Dispose();
        return ValueTask.CompletedTask;
    }

    [Theory]
    [InlineData("en", "Haruto invites you to ", "Open this link and sign in.")]
    [InlineData("ja", "Haruto さんから ", "次のリンクを開いてサインインしてください。")]
    public async Task Send_TakesTheLinkToTheAddress_InTheLanguageOfTheInvitation(string language, string subject, string how)
    {
        var made = await InviteAsync(language);

        await worker.RunOnceAsync(Watchdog.Token);

        var (_, letter) = Assert.Single(mailer.Taken);
        Assert.Equal("kei@example.com", letter.Recipient);
        Assert.StartsWith(subject, letter.Subject, StringComparison.Ordinal);
        Assert.Contains(how, letter.Text, StringComparison.Ordinal);
        Assert.Contains($"{scene.Address.GetLeftPart(UriPartial.Authority)}{PortalUrls.Join(made.Code)}", letter.Text, StringComparison.Ordinal);
        Assert.Contains($"href=\"{scene.Address.GetLeftPart(UriPartial.Authority)}{PortalUrls.Join(made.Code)}\"", letter.Html, StringComparison.Ordinal);
        Assert.Equal((MailState.Sent, null), await StandingAsync());
    }

    [Fact]
    public async Task Stop_OnceTheServerHasTakenAMail_WritesDownThatItWasSent()
    {
        using var stopping = CancellationTokenSource.CreateLinkedTokenSource(Watchdog.Token);
        await InviteAsync("en");
        mailer.Before = stopping.CancelAsync;

        await worker.RunOnceAsync(stopping.Token);

        Assert.Single(mailer.Taken);
        Assert.Equal((MailState.Sent, null), await StandingAsync());
    }

    [Theory]
    [InlineData("en", "Haruto invites you to {0} at Sea & Sky", "Haruto invites you to {0} at Sea & Sky, as: Viewer.")]
    [InlineData("ja", "Haruto さんから Sea & Sky の {0} への招待", "Haruto さんが、あなたを Sea & Sky の {0} に招待しています(ロール: 閲覧者)。")]
    public async Task Send_WhereThePortalHasANameOfItsOwn_CallsItSo(string language, string subject, string what)
    {
        var brand = await scene.Get<BrandSettings>().ChangeAsync(owner, BrandDetails.None, BrandDetails.None with { Name = "Sea & Sky" }, Watchdog.Token);
        Assert.Null(brand.Error);
        await InviteAsync(language);

        await worker.RunOnceAsync(Watchdog.Token);

        var (_, letter) = Assert.Single(mailer.Taken);
        Assert.Equal(string.Format(CultureInfo.InvariantCulture, subject, owner.Tenant.Name), letter.Subject);
        Assert.Contains(string.Format(CultureInfo.InvariantCulture, what, owner.Tenant.Name), letter.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Send_Twice_SendsOnce_AndForgetsWhatItSaid()
    {
        await InviteAsync();
        Assert.NotNull((await MailAsync()).Content);

        await worker.RunOnceAsync(Watchdog.Token);
        await worker.RunOnceAsync(Watchdog.Token);

        Assert.Single(mailer.Taken);
        Assert.Null((await MailAsync()).Content);
    }

    [Fact]
    public async Task Send_ByTwoAtOnce_SendsOnce()
    {
        await InviteAsync();
        using var other = Worker();

        await Task.WhenAll(worker.RunOnceAsync(Watchdog.Token), other.RunOnceAsync(Watchdog.Token));

        Assert.Single(mailer.Taken);
    }

    [Fact]
    public async Task Content_IsSealed_AndTheCodeStandsInNoLog()
    {
        var made = await InviteAsync();
        mailer.Refusing = MailFailure.Unreachable;

        await worker.RunOnceAsync(Watchdog.Token);

        Assert.DoesNotContain(made.Code, Encoding.Latin1.GetString((await MailAsync()).Content!), StringComparison.Ordinal);
        Assert.Contains("was not sent at try 1", scene.Logs.Everything, StringComparison.Ordinal);
        Assert.DoesNotContain(made.Code, scene.Logs.Everything, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Send_WhileTheServerIsAway_IsTriedAgainWithPauses_AndThenGivenUp()
    {
        await InviteAsync();
        mailer.Refusing = MailFailure.Unreachable;
        await worker.RunOnceAsync(Watchdog.Token);
        Assert.Equal((MailState.Waiting, MailFailure.Unreachable), await StandingAsync());

        foreach (var pause in MailWorker.Pauses)
        {
            scene.Clock.Advance(pause - TimeSpan.FromSeconds(1));
            var tries = (await MailAsync()).Attempts;
            await worker.RunOnceAsync(Watchdog.Token);
            Assert.Equal(tries, (await MailAsync()).Attempts);
            scene.Clock.Advance(TimeSpan.FromSeconds(1));
            await worker.RunOnceAsync(Watchdog.Token);
            Assert.Equal(tries + 1, (await MailAsync()).Attempts);
        }

        Assert.Equal((MailState.Failed, MailFailure.Unreachable), await StandingAsync());
        Assert.Null((await MailAsync()).Content);
    }

    [Fact]
    public async Task Send_AfterTheServerCameBack_Arrives()
    {
        await InviteAsync();
        mailer.Refusing = MailFailure.SignIn;
        await worker.RunOnceAsync(Watchdog.Token);
        mailer.Refusing = null;
        scene.Clock.Advance(MailWorker.Pauses[0]);

        await worker.RunOnceAsync(Watchdog.Token);

        Assert.Single(mailer.Taken);
        Assert.Equal((MailState.Sent, null), await StandingAsync());
    }

    [Theory]
    [InlineData(MailFailure.Recipient)]
    [InlineData(MailFailure.Refused)]
    public async Task Send_WhatIsRefusedForGood_IsGivenUpAtOnce(MailFailure failure)
    {
        await InviteAsync();
        mailer.Refusing = failure;

        await worker.RunOnceAsync(Watchdog.Token);

        Assert.Equal((MailState.Failed, failure), await StandingAsync());
    }

    [Fact]
    public async Task Send_AfterTheInvitationWasTakenBack_SendsNothing()
    {
        var made = await InviteAsync();
        await Invitations.RevokeAsync(owner, made.Id, Watchdog.Token);

        await worker.RunOnceAsync(Watchdog.Token);

        Assert.Empty(mailer.Taken);
        Assert.Equal((MailState.Withdrawn, null), ((await MailAsync()).State, (await MailAsync()).Content));
    }

    [Fact]
    public async Task Renew_SendsTheNewLinkAlone()
    {
        var made = await InviteAsync();
        var anew = (await Invitations.RenewAsync(owner, made.Id, Watchdog.Token)).Value;

        await worker.RunOnceAsync(Watchdog.Token);

        var (_, letter) = Assert.Single(mailer.Taken);
        Assert.Contains(anew.Code, letter.Text, StringComparison.Ordinal);
        Assert.DoesNotContain(made.Code, letter.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Send_AfterTheLinkHasEnded_IsTooLate()
    {
        await InviteAsync();
        scene.Clock.Advance(Invitations.Lifetime);

        await worker.RunOnceAsync(Watchdog.Token);

        Assert.Empty(mailer.Taken);
        // Nobody is signed in for so long.
        Assert.Equal((MailState.Failed, MailFailure.TooLate), ((await MailAsync()).State, (await MailAsync()).Failure));
    }

    [Fact]
    public async Task Send_OfAMailThatWasMovedToAnotherTenant_SendsNothing()
    {
        await InviteAsync();
        var otherSlug = $"t{Guid.NewGuid():N}";
        await scene.TestDatabase.AddTenantAsync(otherSlug);
        var other = await scene.TenantIdAsync(otherSlug);
        await scene.TestDatabase.ExecuteAsync(
            "UPDATE OutgoingMails SET TenantId = $other WHERE TenantId = $own", ("$other", other.ToString().ToUpperInvariant()), ("$own", owner.TenantId.ToString().ToUpperInvariant()));

        await worker.RunOnceAsync(Watchdog.Token);

        Assert.Empty(mailer.Taken);
        await using var db = scene.Database.ForTenant(other);
        Assert.Equal(MailFailure.Unreadable, (await db.OutgoingMails.SingleAsync(Watchdog.Token)).Failure);
    }

    [Fact]
    public async Task Send_WhileTheStoreOfTheHalvesIsAway_WaitsForIt()
    {
        await InviteAsync();
        var keys = scene.TestDatabase.KeysFolder;
        Directory.Move(keys, keys + "-away");

        await worker.RunOnceAsync(Watchdog.Token);

        Assert.Empty(mailer.Taken);
        Assert.Equal(MailState.Waiting, (await MailAsync()).State);
        Directory.Move(keys + "-away", keys);
        scene.Clock.Advance(TimeSpan.FromHours(1));
        await worker.RunOnceAsync(Watchdog.Token);
        Assert.Single(mailer.Taken);
    }

    /// <summary>It does not come back by itself, and what can't be read is told as that.</summary>
    [Fact]
    public async Task Send_WhereHalfOfTheKeyIsLost_IsGivenUp()
    {
        await InviteAsync();
        Directory.Delete(Path.Combine(scene.TestDatabase.KeysFolder, owner.TenantId.ToString("N")), recursive: true);

        await worker.RunOnceAsync(Watchdog.Token);

        Assert.Empty(mailer.Taken);
        Assert.Equal((MailState.Failed, MailFailure.Unreadable), ((await MailAsync()).State, (await MailAsync()).Failure));
    }

    [Fact]
    public async Task Send_InterruptedByTheEndOfTheProgram_IsFollowedByAnotherTry()
    {
        await InviteAsync();
        using var ending = new CancellationTokenSource();
        mailer.Before = async () =>
        {
            await ending.CancelAsync();
            ending.Token.ThrowIfCancellationRequested();
        };
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => worker.RunOnceAsync(ending.Token));
        mailer.Before = () => Task.CompletedTask;
        await worker.RunOnceAsync(Watchdog.Token);
        Assert.Empty(mailer.Taken);

        scene.Clock.Advance(TimeSpan.FromMinutes(5));
        await worker.RunOnceAsync(Watchdog.Token);

        Assert.Single(mailer.Taken);
    }

    private MailWorker Worker() =>
        new(new Lazy<IMailer>(mailer), scene.Get<TenantArchive>(), scene.Database, Options.Create(new MailOptions()), scene.Clock, scene.Get<ILogger<MailWorker>>());

    private async Task<MadeInvitation> InviteAsync(string language = "en")
    {
        var invited = await Invitations.InviteAsync(owner, "kei@example.com", TenantRole.Viewer, null, language, Watchdog.Token);
        Assert.True(invited.Value.IsMailed);
        return invited.Value;
    }

    private async Task<(MailState State, MailFailure? Failure)> StandingAsync()
    {
        var mail = Assert.Single(await Invitations.ListAsync(owner, Watchdog.Token)).Mail!;
        return (mail.State, mail.Failure);
    }

    private async Task<OutgoingMail> MailAsync()
    {
        await using var db = scene.Database.ForTenant(owner.TenantId);
        return await db.OutgoingMails.SingleAsync(Watchdog.Token);
    }
}
