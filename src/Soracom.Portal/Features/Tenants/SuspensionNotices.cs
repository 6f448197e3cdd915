using System.Security.Cryptography;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Localization;
using Soracom.Portal.Data;
using Soracom.Portal.Data.Mail;
using Soracom.Portal.Data.Members;
using Soracom.Portal.Data.Tenants;
using Soracom.Portal.Resources;
using Soracom.Portal.Shared.Mail;
using Soracom.Portal.Shared.Text;

namespace Soracom.Portal.Features.Tenants;

/// <summary>Tells a tenant's owners by mail that its partner, or whoever runs the portal, has suspended it, or its partner has taken its data along, and what they can do: on its pages they would learn it only when they come.</summary>
/// <param name="outbox">Where mail is sent from.</param>
/// <param name="address">Where the portal is.</param>
/// <param name="words">The texts.</param>
/// <param name="clock">The clock.</param>
public sealed class SuspensionNotices(Outbox outbox, PortalAddress address, IStringLocalizer<Strings> words, TimeProvider clock)
{
    /// <summary>How long an owner gets no other mail about the same account's data being taken along: whoever takes it again and again fills the trail, not a mailbox.</summary>
    internal static readonly TimeSpan TakenAgain = TimeSpan.FromHours(24);

    /// <summary>Writes to the owners whose addresses are known; saved with the rest of the context.</summary>
    /// <param name="db">A context of the tenant, in its turn.</param>
    /// <param name="own">The tenant, suspended.</param>
    /// <param name="partner">The name of the reseller that did; null for whoever runs the portal.</param>
    /// <param name="cancellationToken">Cancels.</param>
    /// <returns>A task that ends when the mails are added.</returns>
    internal async Task AddAsync(PortalDbContext db, Tenant own, string? partner, CancellationToken cancellationToken)
    {
        if (own.SuspendedAt is { } since)
        {
            // About the tenant: what of it still waits is withdrawn when the suspension ends.
            await WriteAsync(db, own, own.Id, since + Tenant.RemovalNotice, quiet: null, (owner, language, link) => Write(own, partner, since + Tenant.RemovalNotice, owner, language, link), cancellationToken);
        }
    }

    /// <summary>Writes to the same owners that all that is held of the tenant was taken along, but for those who were told so within <see cref="TakenAgain"/>; saved with the rest of the context.</summary>
    /// <param name="db">A context of the tenant, in its turn.</param>
    /// <param name="own">The tenant.</param>
    /// <param name="by">Who did it.</param>
    /// <param name="partner">The name of the reseller they did it for.</param>
    /// <param name="isWhole">Whether the file was written to its end.</param>
    /// <param name="cancellationToken">Cancels.</param>
    /// <returns>A task that ends when the mails are added.</returns>
    internal Task AddTakenAsync(PortalDbContext db, Tenant own, string by, string partner, bool isWhole, CancellationToken cancellationToken)
    {
        // About the taking itself, not the tenant: it is told also where the suspension ends before the mail is sent.
        var at = clock.GetUtcNow();
        return WriteAsync(db, own, TakingOf(own.Id), at + Tenant.RemovalNotice, TakenAgain, (owner, language, link) => WriteTaken(own, by, partner, isWhole, at, owner, language, link), cancellationToken);
    }

    private async Task WriteAsync(PortalDbContext db, Tenant own, Guid about, DateTimeOffset notAfter, TimeSpan? quiet, Func<string, string, Uri, Letter> write, CancellationToken cancellationToken)
    {
        if (!outbox.IsOn || address.Of(PortalUrls.Suspended(own.Slug)) is not { } link)
        {
            return;
        }

        var now = clock.GetUtcNow();
        var owners = await db.TenantMembers
            .Where(Owners.Live(now))
            .Where(member => member.Person!.Email != null)
            .Select(member => new { member.Person!.Email, member.Person.Language })
            .ToListAsync(cancellationToken);
        var since = now - (quiet ?? TimeSpan.Zero);
        var told = quiet is null ? [] : await db.OutgoingMails.Where(mail => mail.ObjectId == about && mail.MadeAt > since && mail.State != MailState.Failed).Select(mail => mail.Recipient).ToListAsync(cancellationToken);
        foreach (var owner in owners.Where(owner => owner.Email is { Length: > 0 and <= Invitation.EmailLength } && !told.Contains(owner.Email, StringComparer.OrdinalIgnoreCase)))
        {
            await outbox.AddAsync(db, own.Id, about, write(owner.Email!, owner.Language ?? own.Language ?? Languages.Present, link), notAfter, cancellationToken);
        }
    }

    /// <summary>What all mails about a tenant's data being taken along are about: one id for each tenant, which is nothing's own.</summary>
    private static Guid TakingOf(Guid tenantId) => new(SHA256.HashData([.. "taken along"u8, .. tenantId.ToByteArray()]).AsSpan(0, 16));

    private Letter Write(Tenant own, string? reseller, DateTimeOffset removable, string email, string language, Uri link) => Languages.In(language, () =>
    {
        var (name, partner) = (Names.InText(own.Name), Names.InText(reseller));
        List<string> before = [reseller is null ? words["Mail.Suspension.WhatOperator", name] : words["Mail.Suspension.What", Names.InText(own.SuspendedBy), partner, name]];
        if (own.SuspendedFor is { } reason)
        {
            before.Add(words["Mail.Suspension.Reason", Names.Plain(reason)]);
        }

        before.Add(reseller is null ? words["Mail.Suspension.CanOperator", Times.Full(removable, own.TimeZone), own.TimeZone] : words["Mail.Suspension.Can", partner, Times.Full(removable, own.TimeZone), own.TimeZone]);
        return LetterWriter.Write(email, reseller is null ? words["Mail.Suspension.SubjectOperator", name] : words["Mail.Suspension.Subject", partner, name], language, before, link, words["Mail.Suspension.Link"], [words["Mail.Suspension.Why"]]);
    });

    private Letter WriteTaken(Tenant own, string by, string reseller, bool isWhole, DateTimeOffset at, string email, string language, Uri link) => Languages.In(language, () =>
    {
        var (name, partner) = (Names.InText(own.Name), Names.InText(reseller));
        List<string> before = [words["Mail.Taken.What", Names.InText(by), partner, name, Times.Full(at, own.TimeZone), own.TimeZone]];
        if (!isWhole)
        {
            before.Add(words["Mail.Taken.Part"]);
        }

        before.Add(words["Mail.Taken.Not"]);
        before.Add(words["Mail.Taken.Again", TakenAgain.TotalHours]);
        return LetterWriter.Write(email, words["Mail.Taken.Subject", partner, name], language, before, link, words["Mail.Suspension.Link"], [words["Mail.Suspension.Why"]]);
    });
}
