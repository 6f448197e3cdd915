namespace Soracom.Portal.Security;

/// <summary>
/// The permission that a tenant's page needs. A page of a tenant has this or <see cref="AnyMemberAttribute"/>; a test
/// fails on one that has neither.
/// </summary>
/// <param name="permission">The permission.</param>
[AttributeUsage(AttributeTargets.Class)]
public sealed class RequirePermissionAttribute(Permission permission) : Attribute
{
    /// <summary>The permission.</summary>
    public Permission Permission { get; } = permission;
}

/// <summary>A tenant's page that every member may open.</summary>
[AttributeUsage(AttributeTargets.Class)]
public sealed class AnyMemberAttribute : Attribute;
