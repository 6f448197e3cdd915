using Soracom.Portal.Data;
using Soracom.Portal.Security;

namespace Soracom.Portal.Shared.Bell;

/// <summary>What the bell tells of one kind of work. Each feature whose work goes on by itself brings one; nothing is written for the bell, so that it cannot differ from the work.</summary>
internal interface IBellSource
{
    /// <summary>The permission without which nobody is told.</summary>
    Permission Needs { get; }

    /// <summary>Everything there is to tell, of all tenants.</summary>
    /// <param name="db">The database.</param>
    /// <returns>A query that goes on being composed.</returns>
    IQueryable<BellRow> Rows(PortalDbContext db);

    /// <summary>Where to see more of it.</summary>
    /// <param name="slug">The tenant's name in addresses.</param>
    /// <param name="row">What is told.</param>
    /// <returns>An address.</returns>
    string AddressOf(string slug, BellRow row);
}
