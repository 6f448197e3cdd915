using Microsoft.AspNetCore.Components;
using Microsoft.Extensions.Localization;
using Soracom.Portal.Resources;
using Soracom.Portal.Security;
using Soracom.Portal.Shared.Text;

namespace Soracom.Portal.Features.Members;

/// <summary>What one person may do in the tenant, and why.</summary>
public sealed partial class PersonPage
{
    private PersonRights? rights;
    private IReadOnlyList<CustomRoleSummary> custom = [];
    private bool looked;

    /// <summary>The tenant's name in the address.</summary>
    [Parameter]
    public required string Slug { get; set; }

    /// <summary>The person's id in the address.</summary>
    [Parameter]
    public required string PersonId { get; set; }

    /// <summary>The tenant.</summary>
    [CascadingParameter]
    public required TenantContext Tenant { get; set; }

    [Inject]
    private PeopleRights People { get; set; } = null!;

    [Inject]
    private CustomRoles CustomRoles { get; set; } = null!;

    [Inject]
    private IStringLocalizer<Strings> Words { get; set; } = null!;

    private string Why => rights switch
    {
        { Standing: null, Group: { } group, SignedInAt: { } at } => Words["Person.Why.GroupOver", Names.InText(group), Times.Full(at, Tenant.Tenant.TimeZone)],
        { Standing: { Role: not null } standing, Group: { } group, SignedInAt: { } at, Until: { } until } =>
            Words["Person.Why.Group", Roles.Name(Words, standing), Names.InText(group), Times.Full(at, Tenant.Tenant.TimeZone), Times.Full(until, Tenant.Tenant.TimeZone)],
        { Standing: null, Until: { } until } => Words["Person.Why.Over", Times.Full(until, Tenant.Tenant.TimeZone)],
        { Standing: { AsReseller: true, Ceiling: { } ceiling } } => Words["Person.Why.PartnerAs", Partner, Roles.Name(Words, ceiling)],
        { Standing.AsReseller: true } => Words["Person.Why.Partner", Partner],
        { Standing: { Role: not null } standing, Until: { } until } => Words["Person.Why.Guest", Roles.Name(Words, standing), Times.Full(until, Tenant.Tenant.TimeZone)],
        { Standing: { Role: not null } standing } => Words["Person.Why.Member", Roles.Name(Words, standing)],
        _ => string.Empty,
    };

    private string Partner => Names.InText(Tenant.Tenant.ResellerName);

    private List<string> May => [.. Enum.GetValues<Permission>().Where(permission => rights!.Standing!.May(permission)).Select(permission => Words[$"Permission.{permission}"].Value)];

    private List<Permission> MayNot => [.. Enum.GetValues<Permission>().Where(permission => !rights!.Standing!.May(permission))];

    /// <inheritdoc />
    protected override async Task OnParametersSetAsync()
    {
        looked = false;
        custom = await CustomRoles.ListAsync(Tenant, CancellationToken.None);
        rights = Guid.TryParse(PersonId, out var person) ? await People.ExplainAsync(Tenant, person, CancellationToken.None) : null;
        looked = true;
    }

    private IEnumerable<string> With(Permission permission) =>
    [
        .. from role in RolePermissions.Presets where new TenantStanding(role).May(permission) select Roles.Name(Words, role),
        .. from role in custom where role.Permissions.Permissions.Contains(permission) select Names.InText(role.Name),
    ];
}
