using System.Globalization;
using System.Text;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Localization;
using Soracom.Portal.Data;
using Soracom.Portal.Data.Audit;
using Soracom.Portal.Data.Members;
using Soracom.Portal.Resources;
using Soracom.Portal.Security;
using Soracom.Portal.Shared.Errors;
using Soracom.Portal.Shared.Text;

namespace Soracom.Portal.Features.Members;

/// <summary>The roles that a tenant makes for itself, beside the presets.</summary>
/// <param name="database">The portal's database.</param>
/// <param name="words">The texts: no role may be called as a preset is.</param>
/// <param name="audit">The audit trail.</param>
/// <param name="clock">The clock.</param>
public sealed class CustomRoles(PortalDatabase database, IStringLocalizer<Strings> words, AuditTrail audit, TimeProvider clock)
{
    /// <summary>The most roles of a tenant's own.</summary>
    public const int Most = 20;

    /// <summary>The roles, by name.</summary>
    /// <param name="tenant">The tenant.</param>
    /// <param name="cancellationToken">Cancels.</param>
    /// <returns>The roles.</returns>
    public async Task<IReadOnlyList<CustomRoleSummary>> ListAsync(TenantContext tenant, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(tenant);
        await tenant.RequireAsync(Permission.MembersRead, cancellationToken);
        await using var db = database.ForTenant(tenant.TenantId);
        var roles = await db.CustomRoles.AsNoTracking()
            .Select(role => new
            {
                Role = role,
                Members = db.TenantMembers.Count(member => member.CustomRoleId == role.Id),
                Invitations = db.Invitations.Count(invitation => invitation.CustomRoleId == role.Id && invitation.EndedAt == null),
                Groups = db.GroupGrants.Count(grant => grant.CustomRoleId == role.Id),
            })
            .ToListAsync(cancellationToken);
        return
        [
            .. roles
                .Select(row => new CustomRoleSummary(row.Role.Id, row.Role.Name, PermissionSet.Read(row.Role.Permissions)) { Members = row.Members, Invitations = row.Invitations, Groups = row.Groups })
                .OrderBy(role => role.Name, StringComparer.CurrentCulture),
        ];
    }

    /// <summary>Makes a role.</summary>
    /// <param name="tenant">The tenant.</param>
    /// <param name="name">Its name.</param>
    /// <param name="permissions">What it permits.</param>
    /// <param name="cancellationToken">Cancels.</param>
    /// <returns>The role; an <see cref="InputError"/> where none was made.</returns>
    public async Task<Result<CustomRoleSummary>> MakeAsync(TenantContext tenant, string name, PermissionSet permissions, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(tenant);
        ArgumentNullException.ThrowIfNull(name);
        ArgumentNullException.ThrowIfNull(permissions);
        if (await tenant.RequireFreshAsync(Permission.MembersManage, cancellationToken) is { } stale)
        {
            return stale;
        }

        return await database.InTurnAsync<Result<CustomRoleSummary>>(
            tenant.TenantId,
            async (db, token) =>
            {
                var others = await db.CustomRoles.Select(other => other.Name).ToListAsync(token);
                if (others.Count >= Most)
                {
                    return new InputError("RolesMost", Most);
                }

                if (Problem(name.Trim(), permissions, others) is { } problem)
                {
                    return problem;
                }

                var now = clock.GetUtcNow();
                var made = new CustomRole { TenantId = tenant.TenantId, Name = name.Trim(), Permissions = permissions.ToString(), MadeAt = now, ChangedAt = now };
                db.CustomRoles.Add(made);
                audit.Add(db, tenant, Act(AuditActions.RoleMade, made, Changes(new PermissionSet([]), permissions)) with { After = InTrail(made) });
                await db.SaveChangesAsync(token);
                return new CustomRoleSummary(made.Id, made.Name, permissions);
            },
            cancellationToken);
    }

    /// <summary>Names a role, and says what it permits from now on. Pages that its members have open start anew within seconds.</summary>
    /// <param name="tenant">The tenant.</param>
    /// <param name="former">What the role is believed to be.</param>
    /// <param name="name">Its name.</param>
    /// <param name="permissions">What it permits.</param>
    /// <param name="cancellationToken">Cancels.</param>
    /// <returns>
    /// The role; an <see cref="InputError"/>, a <see cref="GoneError"/>, or a <see cref="ConflictError"/> where somebody else changed it meanwhile:
    /// then nothing was changed.
    /// </returns>
    public async Task<Result<CustomRoleSummary>> ChangeAsync(TenantContext tenant, CustomRoleSummary former, string name, PermissionSet permissions, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(tenant);
        ArgumentNullException.ThrowIfNull(former);
        ArgumentNullException.ThrowIfNull(name);
        ArgumentNullException.ThrowIfNull(permissions);
        if (await tenant.RequireFreshAsync(Permission.MembersManage, cancellationToken) is { } stale)
        {
            return stale;
        }

        return await database.InTurnAsync<Result<CustomRoleSummary>>(
            tenant.TenantId,
            async (db, token) =>
            {
                if (await db.CustomRoles.SingleOrDefaultAsync(own => own.Id == former.Id, token) is not { } role)
                {
                    return new GoneError();
                }

                var present = PermissionSet.Read(role.Permissions);
                if (role.Name != former.Name || !present.Equals(former.Permissions))
                {
                    return new ConflictError();
                }

                var others = await db.CustomRoles.Where(other => other.Id != role.Id).Select(other => other.Name).ToListAsync(token);
                if (Problem(name.Trim(), permissions, others) is { } problem)
                {
                    return problem;
                }

                if (role.Name != name.Trim() || !present.Equals(permissions))
                {
                    var before = InTrail(role);
                    (role.Name, role.Permissions, role.ChangedAt) = (name.Trim(), permissions.ToString(), clock.GetUtcNow());
                    audit.Add(db, tenant, Act(AuditActions.RoleChanged, role, Changes(present, permissions)) with { Before = before, After = InTrail(role) });
                    await db.SaveChangesAsync(token);
                }

                return former with { Name = role.Name, Permissions = permissions };
            },
            cancellationToken);
    }

    /// <summary>Removes a role that nobody has and neither an open invitation nor a group gives.</summary>
    /// <param name="tenant">The tenant.</param>
    /// <param name="roleId">The role.</param>
    /// <param name="cancellationToken">Cancels.</param>
    /// <returns>Its name; a <see cref="GoneError"/>; an <see cref="InputError"/> where somebody has it, is invited to it, or a group gives it.</returns>
    public async Task<Result<string>> RemoveAsync(TenantContext tenant, Guid roleId, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(tenant);
        await tenant.RequireAsync(Permission.MembersManage, cancellationToken);
        return await database.InTurnAsync<Result<string>>(
            tenant.TenantId,
            async (db, token) =>
            {
                if (await db.CustomRoles.SingleOrDefaultAsync(own => own.Id == roleId, token) is not { } role)
                {
                    return new GoneError();
                }

                var members = await db.TenantMembers.CountAsync(member => member.CustomRoleId == roleId, token);
                var invitations = await db.Invitations.CountAsync(invitation => invitation.CustomRoleId == roleId && invitation.EndedAt == null, token);
                var groups = await db.GroupGrants.CountAsync(grant => grant.CustomRoleId == roleId, token);
                if (members + invitations + groups > 0)
                {
                    return new InputError("RoleUsed", members, invitations, groups);
                }

                db.CustomRoles.Remove(role);
                audit.Add(db, tenant, Act(AuditActions.RoleRemoved, role, detail: null) with { Before = InTrail(role) });
                await db.SaveChangesAsync(token);
                return role.Name;
            },
            cancellationToken);
    }

    // A role that passes for a preset would be given by mistake.
    private InputError? Problem(string name, PermissionSet permissions, IReadOnlyList<string> others) =>
        name.Length > CustomRole.NameLength || Names.IsBlank(name) || !IsPlain(name) ? new InputError("RoleName", CustomRole.NameLength)
        : others.Concat(PresetNames()).Any(other => string.Equals(Folded(other), Folded(name), StringComparison.OrdinalIgnoreCase)) ? new InputError("RoleNameTaken", name)
        : permissions.Permissions.Count == 0 ? new InputError("RoleEmpty")
        : permissions.Permissions.Any(RolePermissions.OfOwnersAlone.Contains) ? new InputError("RoleOfOwners")
        : !PermissionFamily.Completed(permissions).Equals(permissions) ? new InputError("RoleIncomplete")
        : null;

    /// <summary>Whether a name can stand in the trail's quotes, and be seen as it is.</summary>
    private static bool IsPlain(string name) =>
        !name.Contains('"', StringComparison.Ordinal) && !name.Contains("->", StringComparison.Ordinal)
        && !name.Any(one => char.IsControl(one) || char.IsSurrogate(one) || char.GetUnicodeCategory(one) is UnicodeCategory.Format or UnicodeCategory.LineSeparator or UnicodeCategory.ParagraphSeparator);

    // Wide and narrow letters look alike.
    private static string Folded(string name) => name.Normalize(NormalizationForm.FormKC);

    private IEnumerable<string> PresetNames() =>
        Enum.GetNames<TenantRole>().Concat(Languages.All.SelectMany(language => Languages.In(language, () => Enum.GetValues<TenantRole>().Select(role => Roles.Name(words, role)).ToList())));

    private static string Changes(PermissionSet former, PermissionSet now) =>
        string.Join(' ', [.. now.Permissions.Except(former.Permissions).Order().Select(added => $"+{added}"), .. former.Permissions.Except(now.Permissions).Order().Select(taken => $"-{taken}")]);

    private static string InTrail(CustomRole role) => $"{GivenRole.InTrail(TenantRole.Custom, role.Name)}: {role.Permissions}";

    private static AuditAct Act(string action, CustomRole role, string? detail) =>
        new(action, AuditOutcome.Succeeded) { ObjectId = role.Id.ToString(), ObjectName = role.Name, Detail = detail is { Length: > 0 } ? detail : null };
}

/// <summary>A role of a tenant's own.</summary>
/// <param name="Id">Which.</param>
/// <param name="Name">Its name.</param>
/// <param name="Permissions">What it permits.</param>
public sealed record CustomRoleSummary(Guid Id, string Name, PermissionSet Permissions)
{
    /// <summary>How many members have it, those included whose time is over.</summary>
    public int Members { get; init; }

    /// <summary>How many open invitations give it.</summary>
    public int Invitations { get; init; }

    /// <summary>How many groups of identity providers give it.</summary>
    public int Groups { get; init; }
}
