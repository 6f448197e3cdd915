using Soracom.Portal.Data.Members;
using Soracom.Portal.Security;

namespace Soracom.Portal.Features.Members;

/// <summary>Which groups give which roles in a tenant.</summary>
/// <param name="Grants">The groups, in the order in which they are asked.</param>
/// <param name="ShutOut">Whom groups let in no more, by name.</param>
/// <param name="Seen">Names this list for <see cref="GroupGrantChange"/>.</param>
/// <param name="Source">What is known of the groups of whoever looks.</param>
/// <param name="Unknown">Why they are not known, where they are not.</param>
/// <param name="Issuer">Who vouches for whoever looks: of whose groups they may speak.</param>
/// <param name="Own">The groups of whoever looks, as of the last sign-in.</param>
/// <param name="HoldsFor">How long after somebody's last sign-in what a group gives them holds at most.</param>
public sealed record GroupGrantList(
    IReadOnlyList<GroupGrantSummary> Grants, IReadOnlyList<ShutOutPerson> ShutOut, string Seen, GroupSource Source, GroupsUnknown? Unknown, string Issuer, IReadOnlyList<string> Own, TimeSpan HoldsFor);

/// <summary>A group that gives a role.</summary>
/// <param name="Id">Identity.</param>
/// <param name="GroupId">The group as ID tokens name it.</param>
/// <param name="Label">Name for people.</param>
/// <param name="Issuer">Whose group it is.</param>
/// <param name="Role">The role.</param>
/// <param name="CustomRole">The name of the tenant's own role, where it is one; null for a preset.</param>
/// <param name="Members">How many members it has given a membership that is there still, be it over until their next sign-in.</param>
public sealed record GroupGrantSummary(Guid Id, string GroupId, string Label, string Issuer, GivenRole Role, string? CustomRole, int Members);

/// <summary>Somebody whom groups let in no more: an owner removed them.</summary>
/// <param name="PersonId">The person.</param>
/// <param name="Name">Name for people.</param>
/// <param name="At">Since when, UTC.</param>
public sealed record ShutOutPerson(Guid PersonId, string Name, DateTimeOffset At);

/// <summary>What is known of the groups of whoever looks.</summary>
public enum GroupSource
{
    /// <summary>Their groups, or that they are in none.</summary>
    Known,

    /// <summary>The provider was asked and did not tell.</summary>
    Unknown,

    /// <summary>The way by which they signed in asks for no groups.</summary>
    NotAsked,

    /// <summary>They are the partner's, whose groups give nothing here.</summary>
    Partner,
}

/// <summary>A change of what a group gives.</summary>
/// <param name="Seen">The list as it was seen.</param>
/// <param name="GrantId">Which group.</param>
/// <param name="Step">What is changed.</param>
/// <param name="Role">The role to give; null for the other steps.</param>
public sealed record GroupGrantChange(string Seen, Guid GrantId, GroupGrantStep Step, GivenRole? Role = null);

/// <summary>What is changed about a group that gives a role.</summary>
public enum GroupGrantStep
{
    /// <summary>It is asked one place earlier.</summary>
    Up,

    /// <summary>It is asked one place later.</summary>
    Down,

    /// <summary>It gives another role.</summary>
    Role,

    /// <summary>It gives none any more.</summary>
    Remove,
}

/// <summary>What a change does to those who came by a group.</summary>
/// <param name="Losing">How many lose their membership.</param>
/// <param name="Changing">How many get another role.</param>
public sealed record GroupGrantEffect(int Losing, int Changing);
