using System.Globalization;
using Microsoft.EntityFrameworkCore;
using Soracom.Portal.Data;
using Soracom.Portal.Data.Audit;
using Soracom.Portal.Data.Members;
using Soracom.Portal.Data.Tenants;
using Soracom.Portal.Security;
using Soracom.Portal.Security.OpenId;
using Soracom.Portal.Security.SignIn;
using Soracom.Portal.Shared.Commands;

namespace Soracom.Portal.Hosting;

/// <summary>
/// Commands for whoever runs the installation: the schema, and the first reseller, tenant and people, whom no page can
/// let in because nobody could open it yet.
/// </summary>
internal sealed class Administration(PortalDatabase database, People people, AuditTrail audit, TimeProvider clock, TextWriter output, KeyShareFolder shares, ITenantCommands tenants)
{
    /// <summary>What the program can be asked for.</summary>
    public const string Help = """
        Soracom.Portal [COMMAND] [--KEY=VALUE ...]
        Keys are those of docs/configuration.md, such as --urls=http://localhost:5080 or --Database:Provider=SqlServer; appsettings.json and the environment can set them too.
        Commands (without one, the portal serves):
          help                                               prints this
          health [ready]                                     asks the portal that serves on this machine whether it lives, or can serve; for containers
          migrate                                            brings the database's schema up to date
          begin-key-store                                    begins the folder for the halves of keys that lie outside the database, once, where it is mounted
          begin-key-store lost                               begins another where that folder is lost for good: what it kept the keys of stays shut
          add-reseller SLUG NAME                             adds a reseller
          add-tenant SLUG NAME [RESELLER-SLUG]               adds a tenant, a reseller's or one of its own
          grant TENANT-SLUG ROLE ISSUER SUBJECT              makes somebody a tenant's Owner, Operator, Viewer or Billing
          grant-reseller RESELLER-SLUG ISSUER SUBJECT        makes somebody a reseller's administrator
          revoke-reseller RESELLER-SLUG ISSUER SUBJECT       takes that away again
          suspend TENANT-SLUG REASON                         suspends a tenant for which nobody else can: without a partner, or with one that may not and no owner
          resume TENANT-SLUG REASON                          lets such a tenant's people in again
          remove TENANT-SLUG TENANT-SLUG REASON              destroys such a tenant's keys and deletes all of it but its audit trail, seven days after it was suspended where it has an owner
          verify-audit                                       looks whether all audit entries are as they were written
        Issuer and subject of a person stand on the page that greets somebody who belongs to no tenant yet.
        """;

    /// <summary>Runs the command that the arguments begin with.</summary>
    /// <returns>The exit code; null when the arguments hold no command.</returns>
    public static async Task<int?> TryRunAsync(WebApplication portal, string[] args, TextWriter output, CancellationToken cancellationToken)
    {
        if (args is not [var first, ..] || first.StartsWith('-'))
        {
            return null;
        }

        var administration = ActivatorUtilities.CreateInstance<Administration>(portal.Services, output);
        string[] words = [.. args.TakeWhile(word => !word.StartsWith("--", StringComparison.Ordinal))];
        return await administration.RunAsync(words, cancellationToken);
    }

    private async Task<int> RunAsync(string[] words, CancellationToken cancellationToken)
    {
        if (words is not ["migrate"] && await DatabaseStart.SchemaComplaintAsync(database, cancellationToken) is { } complaint)
        {
            return await SayAsync(complaint, 1);
        }

        return words switch
        {
            ["migrate"] => await MigrateAsync(cancellationToken),
            ["begin-key-store"] => await BeginKeyStoreAsync(lost: false, cancellationToken),
            ["begin-key-store", "lost"] => await BeginKeyStoreAsync(lost: true, cancellationToken),
            ["add-reseller", var slug, var name] => await AddResellerAsync(slug, name, cancellationToken),
            ["add-tenant", var slug, var name] => await AddTenantAsync(slug, name, resellerSlug: null, cancellationToken),
            ["add-tenant", var slug, var name, var reseller] => await AddTenantAsync(slug, name, reseller, cancellationToken),
            ["grant", var tenant, var role, var issuer, var subject] => await GrantAsync(tenant, role, new PersonKey(issuer, subject), cancellationToken),
            ["grant-reseller", var reseller, var issuer, var subject] => await GrantResellerAsync(reseller, new PersonKey(issuer, subject), cancellationToken),
            ["revoke-reseller", var reseller, var issuer, var subject] => await RevokeResellerAsync(reseller, new PersonKey(issuer, subject), cancellationToken),
            ["suspend", var slug, var reason] => await SayAsync(await tenants.SuspendAsync(slug, reason, cancellationToken)),
            ["resume", var slug, var reason] => await SayAsync(await tenants.ResumeAsync(slug, reason, cancellationToken)),
            ["remove", var slug, var typed, var reason] => await SayAsync(await tenants.RemoveAsync(slug, typed, reason, cancellationToken)),
            ["verify-audit"] => await VerifyAuditAsync(cancellationToken),
            _ => await SayAsync(Help, 1),
        };
    }

    private async Task<int> MigrateAsync(CancellationToken cancellationToken)
    {
        await database.MigrateAsync(cancellationToken);
        return await SayAsync("The schema is up to date.", 0);
    }

    private async Task<int> BeginKeyStoreAsync(bool lost, CancellationToken cancellationToken) =>
        await SayAsync($"Begun in {await shares.BeginAsync(lost, cancellationToken)}. Back it up by itself; see docs/configuration.md.", 0);

    private async Task<int> AddResellerAsync(string slug, string name, CancellationToken cancellationToken)
    {
        await using var db = database.ForInstallation();
        if (!Slugs.IsValid(slug) || await db.Resellers.AnyAsync(reseller => reseller.Slug == slug, cancellationToken))
        {
            return await SayAsync($"\"{slug}\" can't be the reseller's slug: {SlugRule}", 1);
        }

        if (!IsName(name))
        {
            return await SayAsync(NameRule, 1);
        }

        db.Resellers.Add(new Reseller { Slug = slug, Name = name });
        await db.SaveChangesAsync(cancellationToken);
        return await SayAsync($"Added reseller {slug}.", 0);
    }

    private async Task<int> AddTenantAsync(string slug, string name, string? resellerSlug, CancellationToken cancellationToken)
    {
        await using var db = database.ForInstallation();
        var reseller = resellerSlug is null ? null : await db.Resellers.SingleOrDefaultAsync(candidate => candidate.Slug == resellerSlug, cancellationToken);
        if (resellerSlug is not null && reseller is null)
        {
            return await SayAsync($"There is no reseller {resellerSlug}.", 1);
        }

        if (!Slugs.IsValid(slug) || await db.Tenants.AnyAsync(tenant => tenant.Slug == slug, cancellationToken))
        {
            return await SayAsync($"\"{slug}\" can't be the tenant's slug: {SlugRule}", 1);
        }

        if (!IsName(name))
        {
            return await SayAsync(NameRule, 1);
        }

        var added = new Tenant { Slug = slug, Name = name, ResellerId = reseller?.Id, TimeZone = "Asia/Tokyo", CreatedAt = clock.GetUtcNow() };
        await using var ofTenant = database.ForTenant(added.Id);
        ofTenant.Tenants.Add(added);
        audit.AddOfCommand(ofTenant, added.Id, new AuditAct(AuditActions.TenantAdded, AuditOutcome.Succeeded) { ObjectId = slug, ObjectName = name, Detail = resellerSlug });
        await ofTenant.SaveChangesAsync(cancellationToken);
        return await SayAsync($"Added tenant {slug}: {PortalUrls.Tenant(slug)}", 0);
    }

    private async Task<int> GrantAsync(string slug, string roleName, PersonKey key, CancellationToken cancellationToken)
    {
        // By name: Enum.TryParse takes numbers as well, and 0 for an owner.
        if (!RolePermissions.Presets.Any(preset => string.Equals(preset.ToString(), roleName, StringComparison.OrdinalIgnoreCase)))
        {
            return await SayAsync($"There is no role {roleName}; there are {string.Join(", ", RolePermissions.Presets)}.", 1);
        }

        var role = Enum.Parse<TenantRole>(roleName, ignoreCase: true);

        if (await TenantIdAsync(slug, cancellationToken) is not { } tenantId)
        {
            return await SayAsync($"There is no tenant {slug}.", 1);
        }

        if (!IsKey(key))
        {
            return await SayAsync(KeyRule, 1);
        }

        var person = await people.ExpectAsync(key, name: null, cancellationToken);
        return await database.InTurnAsync(tenantId, (db, token) => TryGiveRoleAsync(db, tenantId, person, role, token), cancellationToken)
            ? await SayAsync($"{key.Subject} is {role} of {slug}.", 0)
            : await SayAsync($"{key.Subject} is the last owner of {slug}, and a tenant keeps at least one. Make somebody else an owner first.", 1);
    }

    /// <summary>Gives a person a role; false when that would leave the tenant without an owner.</summary>
    private async Task<bool> TryGiveRoleAsync(PortalDbContext db, Guid tenantId, Guid person, TenantRole role, CancellationToken cancellationToken)
    {
        if (await db.TenantMembers.Include(member => member.CustomRole).SingleOrDefaultAsync(member => member.PersonId == person, cancellationToken) is not { } member)
        {
            await AddEntryAsync(new AuditAct(AuditActions.MemberAdded, AuditOutcome.Succeeded) { Detail = role.ToString() });
            db.TenantMembers.Add(new TenantMember { TenantId = tenantId, PersonId = person, Role = role, AddedAt = clock.GetUtcNow() });
        }
        else if (role != TenantRole.Owner && await Owners.IsLastAsync(db, member, cancellationToken))
        {
            return false;
        }
        else if (member.GroupGrantId is not null)
        {
            // From now on by hand, and without the end that what a group gives has.
            await AddEntryAsync(new AuditAct(AuditActions.MemberRoleChanged, AuditOutcome.Succeeded) { Before = $"{GivenRole.InTrail(member.Role, member.CustomRole?.Name)}, by a group", After = role.ToString() });
            (member.Role, member.CustomRoleId, member.GroupGrantId, member.AddedAt, member.Until) = (role, null, null, clock.GetUtcNow(), null);
        }
        else if (member.Role != role)
        {
            await AddEntryAsync(new AuditAct(AuditActions.MemberRoleChanged, AuditOutcome.Succeeded) { Before = GivenRole.InTrail(member.Role, member.CustomRole?.Name), After = role.ToString() });
            (member.Role, member.CustomRoleId) = (role, null);
        }

        await db.GroupExclusions.Where(exclusion => exclusion.PersonId == person).ExecuteDeleteAsync(cancellationToken);
        await db.SaveChangesAsync(cancellationToken);
        return true;

        async Task AddEntryAsync(AuditAct act)
        {
            var name = await db.People.Where(known => known.Id == person).Select(known => known.Name).SingleAsync(cancellationToken);
            audit.AddOfCommand(db, tenantId, act with { ObjectId = person.ToString(), ObjectName = name });
        }
    }

    private async Task<int> GrantResellerAsync(string slug, PersonKey key, CancellationToken cancellationToken)
    {
        await using var db = database.ForInstallation();
        if (await db.Resellers.SingleOrDefaultAsync(candidate => candidate.Slug == slug, cancellationToken) is not { } reseller)
        {
            return await SayAsync($"There is no reseller {slug}.", 1);
        }

        if (!IsKey(key))
        {
            return await SayAsync(KeyRule, 1);
        }

        var person = await people.ExpectAsync(key, name: null, cancellationToken);
        if (!await db.ResellerAdministrators.AnyAsync(known => known.ResellerId == reseller.Id && known.PersonId == person, cancellationToken))
        {
            // Told first: nobody works for a partner of whom its customers read nothing.
            var act = await ActAsync(db, reseller, person, AuditActions.PartnerPersonAdded, cancellationToken);
            await TellCustomersAsync(db, reseller, act, cancellationToken);
            db.ResellerAdministrators.Add(new ResellerAdministrator { ResellerId = reseller.Id, PersonId = person, AddedAt = clock.GetUtcNow() });
            audit.AddOfCommand(db, tenantId: null, act);
            await db.SaveChangesAsync(cancellationToken);
        }

        return await SayAsync($"{key.Subject} administers {slug}.", 0);
    }

    private async Task<int> RevokeResellerAsync(string slug, PersonKey key, CancellationToken cancellationToken)
    {
        await using var db = database.ForInstallation();
        if (await db.Resellers.SingleOrDefaultAsync(candidate => candidate.Slug == slug, cancellationToken) is not { } reseller)
        {
            return await SayAsync($"There is no reseller {slug}.", 1);
        }

        if (await db.ResellerAdministrators.SingleOrDefaultAsync(known => known.ResellerId == reseller.Id && known.Person!.Issuer == key.Issuer && known.Person.Subject == key.Subject, cancellationToken) is not { } administrator)
        {
            return await SayAsync($"{key.Subject} at {key.Issuer} does not administer {slug}.", 1);
        }

        // Told first, so that the command can be given again where it breaks off: a customer may read it twice, and never nothing.
        var act = await ActAsync(db, reseller, administrator.PersonId, AuditActions.PartnerPersonRemoved, cancellationToken);
        await TellCustomersAsync(db, reseller, act, cancellationToken);
        db.ResellerAdministrators.Remove(administrator);
        audit.AddOfCommand(db, tenantId: null, act);
        await db.SaveChangesAsync(cancellationToken);
        return await SayAsync($"{key.Subject} administers {slug} no more. Pages that are open close within seconds.", 0);
    }

    private static async Task<AuditAct> ActAsync(PortalDbContext db, Reseller reseller, Guid person, string action, CancellationToken cancellationToken) => new(action, AuditOutcome.Succeeded)
    {
        ObjectId = person.ToString(),
        ObjectName = await db.People.Where(known => known.Id == person).Select(known => known.Name).SingleAsync(cancellationToken),
        Detail = reseller.Name,
    };

    // Each customer is to see who of its partner comes and goes, in its own trail.
    private async Task TellCustomersAsync(PortalDbContext db, Reseller reseller, AuditAct act, CancellationToken cancellationToken)
    {
        foreach (var customer in await db.Tenants.Where(tenant => tenant.ResellerId == reseller.Id).Select(tenant => tenant.Id).ToListAsync(cancellationToken))
        {
            await using var own = database.ForTenant(customer);
            audit.AddOfCommand(own, customer, act);
            await own.SaveChangesAsync(cancellationToken);
        }
    }

    /// <summary>Looks through every tenant's chain of audit entries, also of those that were removed, and the installation's own, and prints each end: 1 where one is not whole.</summary>
    private async Task<int> VerifyAuditAsync(CancellationToken cancellationToken)
    {
        await using var db = database.ForInstallation();
        // Before the tenants: one that is added meanwhile was not removed.
        var chains = await db.Set<AuditHead>().Select(head => head.Id)
            .Union(db.AuditEntries.IgnoreQueryFilters([PortalDbContext.TenantFilter]).Where(entry => entry.TenantId != null).Select(entry => entry.TenantId!.Value))
            .ToListAsync(cancellationToken);
        var living = await db.Tenants.OrderBy(tenant => tenant.Slug).Select(tenant => new { tenant.Id, tenant.Slug }).ToListAsync(cancellationToken);
        var whole = await SayAsync("(installation)", await AuditCheck.RunAsync(db, Guid.Empty, cancellationToken));
        foreach (var tenant in living)
        {
            await using var own = database.ForTenant(tenant.Id);
            whole &= await SayAsync(tenant.Slug, await AuditCheck.RunAsync(own, tenant.Id, cancellationToken));
        }

        foreach (var removed in chains.Except(living.Select(tenant => tenant.Id)).Where(id => id != Guid.Empty).Order())
        {
            await using var own = database.ForTenant(removed);
            whole &= await SayAsync($"(removed tenant {removed})", await AuditCheck.RunAsync(own, removed, cancellationToken));
        }

        return whole ? 0 : 1;
    }

    private async Task<bool> SayAsync(string chain, AuditCheck check)
    {
        var end = check.Head is { } head ? $", ends with {Convert.ToHexStringLower(head)}" : string.Empty;
        await output.WriteLineAsync($"{chain}: {check.Entries} entries{end}{(check.Unchained > 0 ? $", {check.Unchained} from before" : string.Empty)}: {(check.Faults.Count == 0 ? "whole" : "NOT WHOLE")}");
        if (check.Anchor is { } anchor)
        {
            await output.WriteLineAsync(
                string.Create(CultureInfo.InvariantCulture, $"  verified from entry {anchor.Number + 1}: the {anchor.Number} before were removed, the last on {anchor.RemovedAt.UtcDateTime:yyyy-MM-dd}, according to the retention of {anchor.KeptDays} days"));
        }

        foreach (var fault in check.Faults)
        {
            await output.WriteLineAsync($"  {fault.Kind} at {fault.Number}{(fault.EntryId is { } id ? $" (entry {id})" : string.Empty)}");
        }

        return check.Faults.Count == 0;
    }

    private const string SlugRule = "it takes 2 to 63 lower-case letters, digits and hyphens, no hyphen at either end, and must be new.";

    private const string NameRule = "A name has 1 to 200 characters.";

    private const string KeyRule = "Issuer and subject are neither empty nor longer than 512 and 255 characters; copy them from the page that shows them.";

    private static bool IsName(string name) => !string.IsNullOrWhiteSpace(name) && name.Length <= Tenant.NameLength;

    private static bool IsKey(PersonKey key) =>
        !string.IsNullOrWhiteSpace(key.Issuer) && key.Issuer.Length <= PersonKey.MaximumIssuerLength
        && !string.IsNullOrWhiteSpace(key.Subject) && key.Subject.Length <= PersonKey.MaximumSubjectLength;

    private async Task<Guid?> TenantIdAsync(string slug, CancellationToken cancellationToken)
    {
        await using var db = database.ForInstallation();
        return await db.Tenants.Where(tenant => tenant.Slug == slug).Select(tenant => (Guid?)tenant.Id).SingleOrDefaultAsync(cancellationToken);
    }

    private Task<int> SayAsync(CommandAnswer answer) => SayAsync(answer.Said, answer.ExitCode);

    private async Task<int> SayAsync(string text, int exitCode)
    {
        await output.WriteLineAsync(text);
        return exitCode;
    }
}
