using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using Soracom.Portal.Data;
using Soracom.Portal.Data.Credentials;
using Soracom.Portal.Data.Mail;

namespace Soracom.Portal.Shared.Mail;

/// <summary>Puts mail where it is sent from, in the transaction of what it is about: both are there, or neither.</summary>
/// <param name="mailer">The way out.</param>
/// <param name="archive">Seals what mails say.</param>
/// <param name="clock">The clock.</param>
public sealed class Outbox(IMailer mailer, TenantArchive archive, TimeProvider clock)
{
    /// <summary>Whether there is a way out. Without one nothing is put here.</summary>
    public bool IsOn => mailer.IsOn;

    /// <summary>Adds a mail; saved with the rest of the context.</summary>
    /// <param name="db">A context of the tenant, in the tenant's turn.</param>
    /// <param name="tenantId">The tenant.</param>
    /// <param name="objectId">What it is about.</param>
    /// <param name="letter">What it says.</param>
    /// <param name="notAfter">From when on it is not worth sending.</param>
    /// <param name="cancellationToken">Cancels.</param>
    /// <returns>A task that ends when it is added.</returns>
    public async Task AddAsync(PortalDbContext db, Guid tenantId, Guid objectId, Letter letter, DateTimeOffset notAfter, CancellationToken cancellationToken)
    {
        var now = clock.GetUtcNow();
        var mail = new OutgoingMail { TenantId = tenantId, ObjectId = objectId, Recipient = letter.Recipient, MadeAt = now, NotAfter = notAfter, NextAt = now };
        db.OutgoingMails.Add(mail);
        try
        {
            using var cipher = await archive.BeginAsync(db, tenantId, cancellationToken);
            mail.Content = cipher.Seal(mail.Id, Version, JsonSerializer.SerializeToUtf8Bytes(letter));
        }
        catch (VaultException)
        {
            // What it is about goes on without it, and its page says that it was not sent.
            (mail.State, mail.Failure, mail.EndedAt) = (MailState.Failed, MailFailure.Unreadable, now);
        }
    }

    /// <summary>Keeps the mails about something from being sent that wait; saved with the rest of the context. One that is on its way arrives.</summary>
    /// <param name="db">A context of the tenant.</param>
    /// <param name="objectId">What they are about.</param>
    /// <param name="cancellationToken">Cancels.</param>
    /// <returns>A task that ends when they are found.</returns>
    public async Task WithdrawAsync(PortalDbContext db, Guid objectId, CancellationToken cancellationToken)
    {
        foreach (var waiting in await db.OutgoingMails.Where(mail => mail.ObjectId == objectId && mail.State == MailState.Waiting).ToListAsync(cancellationToken))
        {
            (waiting.State, waiting.Content, waiting.EndedAt) = (MailState.Withdrawn, null, clock.GetUtcNow());
        }
    }

    /// <summary>What became of the latest mail about each of some things.</summary>
    /// <param name="db">A context of the tenant.</param>
    /// <param name="objectIds">The things.</param>
    /// <param name="cancellationToken">Cancels.</param>
    /// <returns>How it stands, by thing; those that no mail is about are left out.</returns>
    public static async Task<IReadOnlyDictionary<Guid, MailStanding>> StandingsAsync(PortalDbContext db, IReadOnlyCollection<Guid> objectIds, CancellationToken cancellationToken)
    {
        var mails = await db.OutgoingMails.AsNoTracking()
            .Where(mail => objectIds.Contains(mail.ObjectId))
            .Select(mail => new { mail.ObjectId, mail.MadeAt, mail.State, mail.Failure, mail.EndedAt })
            .ToListAsync(cancellationToken);
        return mails.GroupBy(mail => mail.ObjectId).ToDictionary(
            about => about.Key,
            about => about.MaxBy(mail => mail.MadeAt) is { } last ? new MailStanding(last.State, last.Failure, last.EndedAt) : throw new InvalidOperationException());
    }

    /// <summary>There is one content of a mail.</summary>
    internal const int Version = 1;
}

/// <summary>How a mail stands.</summary>
/// <param name="State">Sent, or not yet, or given up.</param>
/// <param name="Failure">Why the last try failed; null where none did.</param>
/// <param name="EndedAt">Since when it stands so; null while it waits.</param>
public sealed record MailStanding(MailState State, MailFailure? Failure, DateTimeOffset? EndedAt);
