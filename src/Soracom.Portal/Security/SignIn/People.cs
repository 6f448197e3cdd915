using Microsoft.EntityFrameworkCore;
using Soracom.Portal.Data;
using Soracom.Portal.Data.Audit;
using Soracom.Portal.Data.Members;
using Soracom.Portal.Data.Tenants;
using Soracom.Portal.Security.OpenId;
using Soracom.Portal.Shared.Text;

namespace Soracom.Portal.Security.SignIn;

/// <summary>The people who have signed in.</summary>
/// <param name="database">The portal's database.</param>
/// <param name="clock">The clock.</param>
internal sealed class People(PortalDatabase database, TimeProvider clock)
{
    /// <summary>Finds the person whom an issuer vouches for, or welcomes a new one; keeps name and address up to date.</summary>
    /// <param name="key">Issuer and subject.</param>
    /// <param name="name">Name as the provider gives it.</param>
    /// <param name="email">Address as the provider gives it; shown, never trusted.</param>
    /// <param name="cancellationToken">Cancels.</param>
    /// <returns>The person.</returns>
    public async Task<Person> RecogniseAsync(PersonKey key, string? name, string? email, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(key);
        await using var db = database.ForInstallation();
        var person = await FindAsync(db, key, cancellationToken);
        var isNew = person is null;
        person ??= db.People.Add(New(key)).Entity;
        Describe(person, key, name, email);
        try
        {
            await db.SaveChangesAsync(cancellationToken);
            return person;
        }
        catch (DbUpdateException) when (isNew)
        {
            // The same new person may have come in twice at once; anything else fails again.
            db.ChangeTracker.Clear();
            if (await FindAsync(db, key, cancellationToken) is not { } other)
            {
                throw;
            }

            Describe(other, key, name, email);
            await db.SaveChangesAsync(cancellationToken);
            return other;
        }
    }

    /// <summary>Finds a person, or notes one who has not signed in yet.</summary>
    /// <param name="key">Issuer and subject.</param>
    /// <param name="name">What to call the person until the first sign-in; the subject by default.</param>
    /// <param name="cancellationToken">Cancels.</param>
    /// <returns>The person's id.</returns>
    public async Task<Guid> ExpectAsync(PersonKey key, string? name, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(key);
        await using var db = database.ForInstallation();
        var person = await FindAsync(db, key, cancellationToken);
        if (person is null)
        {
            person = New(key);
            person.Name = name ?? person.Name;
            db.People.Add(person);
            await db.SaveChangesAsync(cancellationToken);
        }

        return person.Id;
    }

    /// <summary>What is known of a person.</summary>
    /// <param name="personId">The person.</param>
    /// <param name="cancellationToken">Cancels.</param>
    /// <returns>The person; null when there is no such person.</returns>
    public async Task<Person?> GetAsync(Guid personId, CancellationToken cancellationToken)
    {
        await using var db = database.ForInstallation();
        return await db.People.AsNoTracking().SingleOrDefaultAsync(person => person.Id == personId, cancellationToken);
    }

    /// <summary>By which issuer and subject a person is known: what an administrator needs to let somebody in.</summary>
    /// <param name="personId">The person.</param>
    /// <param name="cancellationToken">Cancels.</param>
    /// <returns>Issuer and subject; null when there is no such person.</returns>
    public async Task<PersonKey?> KeyAsync(Guid personId, CancellationToken cancellationToken)
    {
        await using var db = database.ForInstallation();
        return await db.People.Where(person => person.Id == personId).Select(person => new PersonKey(person.Issuer, person.Subject)).SingleOrDefaultAsync(cancellationToken);
    }

    /// <summary>Keeps a person's choice of language.</summary>
    /// <param name="personId">The person.</param>
    /// <param name="language">en or ja.</param>
    /// <param name="cancellationToken">Cancels.</param>
    /// <returns>A task that ends when it is saved.</returns>
    public async Task ChooseLanguageAsync(Guid personId, string language, CancellationToken cancellationToken)
    {
        await using var db = database.ForInstallation();
        var person = await db.People.SingleAsync(candidate => candidate.Id == personId, cancellationToken);
        person.Language = language;
        await db.SaveChangesAsync(cancellationToken);
    }

    /// <summary>Keeps a person's choice of time zone: pages show it when they are opened next.</summary>
    /// <param name="personId">The person.</param>
    /// <param name="zone">An IANA time zone; null for that of each tenant.</param>
    /// <param name="cancellationToken">Cancels.</param>
    /// <returns>A task that ends when it is saved.</returns>
    /// <exception cref="ArgumentException">There is no such time zone.</exception>
    public async Task ChooseTimeZoneAsync(Guid personId, string? zone, CancellationToken cancellationToken)
    {
        if (zone is not null && (zone.Length > Tenant.TimeZoneLength || !Times.IsZone(zone)))
        {
            throw new ArgumentException("There is no such time zone.", nameof(zone));
        }

        await using var db = database.ForInstallation();
        await db.People.Where(person => person.Id == personId).ExecuteUpdateAsync(set => set.SetProperty(person => person.TimeZone, zone), cancellationToken);
    }

    private static Task<Person?> FindAsync(PortalDbContext db, PersonKey key, CancellationToken cancellationToken) =>
        db.People.SingleOrDefaultAsync(candidate => candidate.Issuer == key.Issuer && candidate.Subject == key.Subject, cancellationToken);

    private void Describe(Person person, PersonKey key, string? name, string? email)
    {
        var called = string.IsNullOrWhiteSpace(name) ? email ?? key.Subject : name;
        person.Name = AuditEntry.Shortened(called);
        person.Email = email is { Length: > 320 } ? null : email;
        person.LastSignInAt = clock.GetUtcNow();
    }

    private Person New(PersonKey key) => new() { Issuer = key.Issuer, Subject = key.Subject, Name = key.Subject, FirstSeenAt = clock.GetUtcNow() };
}
