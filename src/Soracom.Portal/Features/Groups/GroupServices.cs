using Soracom.Portal.Features.Groups.Archive;
using Soracom.Portal.Features.Groups.Configuration;
using Soracom.Portal.Features.Groups.List;
using Soracom.Portal.Features.Groups.Managing;
using Soracom.Portal.Features.Groups.Sims;
using Soracom.Portal.Features.Groups.Usage;
using Soracom.Portal.Shared.Palette;
using Soracom.Portal.Shared.Storing;
using Soracom.Portal.Shared.Vendor;

namespace Soracom.Portal.Features.Groups;

/// <summary>Puts the groups together.</summary>
internal static class GroupServices
{
    /// <summary>Adds what reads, changes and remembers groups.</summary>
    public static IServiceCollection AddGroups(this IServiceCollection services) => services
        .AddSingleton<GroupArchive>()
        .AddSingleton<IGroupSightings>(provider => provider.GetRequiredService<GroupArchive>())
        .AddSingleton<ITenantHoldings, GroupHoldings>()
        .AddSingleton<GroupReader>()
        .AddSingleton<GroupDrafts>()
        .AddSingleton<GroupHistory>()
        .AddSingleton<GroupWriter>()
        .AddSingleton<GroupFilling>()
        .AddSingleton<RememberedGroups>()
        .AddSingleton<GroupList>()
        .AddSingleton<IPaletteSource, GroupPalette>()
        .AddSingleton<IPortfolioPaletteSource, GroupPalette>()
        .AddSingleton<GroupManager>()
        .AddSingleton<GroupSims>()
        .AddSingleton<GroupUsage>()
        .AddSingleton(provider => new GroupDeskServices
        {
            Reader = provider.GetRequiredService<GroupReader>(),
            Drafts = provider.GetRequiredService<GroupDrafts>(),
            Writer = provider.GetRequiredService<GroupWriter>(),
            Filling = provider.GetRequiredService<GroupFilling>(),
        });
}
