using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;
using Soracom.Portal.Data;
using Soracom.Portal.Data.Credentials;
using Soracom.Portal.Data.Mail;

namespace Soracom.Portal.Shared.Mail;

/// <summary>Sends the mails that wait, of all tenants; what fails for the moment is tried again with longer and longer pauses.</summary>
/// <param name="mailer">The way out. Made when it is first needed, as it stands on options that are told wrong at the start.</param>
/// <param name="archive">Opens what mails say.</param>
/// <param name="database">The portal's database.</param>
/// <param name="options">Whether this instance sends.</param>
/// <param name="clock">The clock.</param>
/// <param name="log">The log.</param>
internal sealed partial class MailWorker(
    Lazy<IMailer> mailer, TenantArchive archive, PortalDatabase database, IOptions<MailOptions> options, TimeProvider clock, ILogger<MailWorker> log) : BackgroundService
{
    /// <summary>How long what became of a mail is kept.</summary>
    internal static readonly TimeSpan KeepFor = TimeSpan.FromDays(30);

    /// <summary>The pauses between the tries. After the last one follows one more try.</summary>
    internal static readonly IReadOnlyList<TimeSpan> Pauses =
        [TimeSpan.FromMinutes(1), TimeSpan.FromMinutes(5), TimeSpan.FromMinutes(15), TimeSpan.FromHours(1), TimeSpan.FromHours(4)];

    private const int AtOnce = 50;

    private static readonly TimeSpan Interval = TimeSpan.FromSeconds(2);

    /// <summary>After this long a try that nobody ended is followed by another: the program ended meanwhile.</summary>
    private static readonly TimeSpan Turn = TimeSpan.FromMinutes(5);

    /// <summary>Sends what is due.</summary>
    /// <param name="cancellationToken">Cancels.</param>
    /// <returns>A task that ends when each was tried.</returns>
    internal async Task RunOnceAsync(CancellationToken cancellationToken)
    {
        foreach (var mail in await DueAsync(cancellationToken))
        {
            if (await TakeAsync(mail, cancellationToken))
            {
                // A stop in between would have a mail that was sent go once more.
                await SettleAsync(mail, await TrySendAsync(mail, cancellationToken), CancellationToken.None);
            }
        }
    }

    /// <inheritdoc />
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        if (!options.Value.Run || !mailer.Value.IsOn)
        {
            return;
        }

        using var timer = new PeriodicTimer(Interval, clock);
        try
        {
            while (await timer.WaitForNextTickAsync(stoppingToken))
            {
                try
                {
                    await RunOnceAsync(stoppingToken);
                }
                catch (Exception error) when (!stoppingToken.IsCancellationRequested)
                {
                    LogLookFailed(error);
                }
            }
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
            // The end, also of a start that was refused: for the host that would otherwise be a failure.
        }
    }

    private async Task<List<OutgoingMail>> DueAsync(CancellationToken cancellationToken)
    {
        var (now, old) = (clock.GetUtcNow(), clock.GetUtcNow() - KeepFor);
        await using var db = database.ForInstallation();
        var mails = db.OutgoingMails.IgnoreQueryFilters([PortalDbContext.TenantFilter]);
        await mails.Where(mail => mail.EndedAt < old).ExecuteDeleteAsync(cancellationToken);
        return await mails.AsNoTracking()
            .Where(mail => mail.State == MailState.Waiting && mail.NextAt <= now)
            .OrderBy(mail => mail.NextAt)
            .Take(AtOnce)
            .ToListAsync(cancellationToken);
    }

    private async Task<bool> TakeAsync(OutgoingMail mail, CancellationToken cancellationToken)
    {
        var until = clock.GetUtcNow() + Turn;
        await using var db = database.ForTenant(mail.TenantId);
        return await db.OutgoingMails
            .Where(row => row.Id == mail.Id && row.State == MailState.Waiting && row.NextAt == mail.NextAt)
            .ExecuteUpdateAsync(set => set.SetProperty(row => row.NextAt, until).SetProperty(row => row.Attempts, row => row.Attempts + 1), cancellationToken) == 1;
    }

    private async Task<MailFailure?> TrySendAsync(OutgoingMail mail, CancellationToken cancellationToken)
    {
        if (mail.NotAfter <= clock.GetUtcNow())
        {
            return MailFailure.TooLate;
        }

        try
        {
            await mailer.Value.SendAsync(mail.Id, await OpenAsync(mail, cancellationToken), cancellationToken);
            return null;
        }
        catch (VaultException error)
        {
            LogNotSent(mail.Id, mail.TenantId, mail.Attempts + 1, error.Message);
            // A store of keys that is away comes back, and the letter with it.
            return error.Failure == VaultFailure.KeyShare ? MailFailure.Unreachable : MailFailure.Unreadable;
        }
        catch (MailException error)
        {
            LogNotSent(mail.Id, mail.TenantId, mail.Attempts + 1, error.Message);
            return error.Failure;
        }
        catch (IOException error)
        {
            LogNotSent(mail.Id, mail.TenantId, mail.Attempts + 1, error.GetType().Name);
            return MailFailure.Unreachable;
        }
    }

    private async Task<Letter> OpenAsync(OutgoingMail mail, CancellationToken cancellationToken)
    {
        await using var db = database.ForTenant(mail.TenantId);
        using var cipher = await archive.OpenAsync(db, mail.TenantId, cancellationToken) ?? throw new VaultException("There is no archive.");
        return JsonSerializer.Deserialize<Letter>(cipher.Open(mail.Id, Outbox.Version, mail.Content)) ?? throw new VaultException("There is no letter.");
    }

    private async Task SettleAsync(OutgoingMail mail, MailFailure? failure, CancellationToken cancellationToken)
    {
        var now = clock.GetUtcNow();
        var again = failure is MailFailure.Unreachable or MailFailure.SignIn && mail.Attempts < Pauses.Count;
        await using var db = database.ForTenant(mail.TenantId);
        // Unless it was withdrawn meanwhile.
        var row = db.OutgoingMails.Where(candidate => candidate.Id == mail.Id && candidate.State == MailState.Waiting);
        if (again)
        {
            await row.ExecuteUpdateAsync(set => set.SetProperty(one => one.Failure, failure).SetProperty(one => one.NextAt, now + Pauses[mail.Attempts]), cancellationToken);
            return;
        }

        await row.ExecuteUpdateAsync(
            set => set
                .SetProperty(one => one.State, failure is null ? MailState.Sent : MailState.Failed)
                .SetProperty(one => one.Failure, failure)
                .SetProperty(one => one.Content, (byte[]?)null)
                .SetProperty(one => one.EndedAt, now),
            cancellationToken);
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "Mail {MailId} of tenant {TenantId} was not sent at try {Attempt}. {Reason}")]
    private partial void LogNotSent(Guid mailId, Guid tenantId, int attempt, string reason);

    [LoggerMessage(Level = LogLevel.Error, Message = "Mails could not be looked for; trying again.")]
    private partial void LogLookFailed(Exception error);
}
