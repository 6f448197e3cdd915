using Soracom.Portal.Shared.Data;

namespace Soracom.Portal.Features.Sims;

/// <summary>The sections of a SIM's page.</summary>
public enum SimTab
{
    /// <summary>Who it is, its session, profiles and settings.</summary>
    Overview,

    /// <summary>How much it sent and received.</summary>
    Usage,

    /// <summary>What happened to it.</summary>
    Timeline,

    /// <summary>What may be the matter with it.</summary>
    Diagnostics,

    /// <summary>What its device sent to Harvest Data.</summary>
    Data,

    /// <summary>Where it is, and the ways to its device.</summary>
    Network,
}

/// <summary>What a section of a SIM's page shows. Its text form is the page's query string, so that every view is a link.</summary>
internal interface ISimView
{
    /// <summary>The section.</summary>
    SimTab Tab { get; }

    /// <summary>Writes what it shows beyond the section's usual view.</summary>
    void Write(QueryWriter query);
}

/// <summary>A section as it is when it is opened.</summary>
/// <param name="Tab">The section.</param>
public sealed record SimView(SimTab Tab) : ISimView
{
    /// <summary>Name of the query parameter that holds the section.</summary>
    public const string Parameter = "tab";

    /// <summary>The section that an address asks for; the first where it names none.</summary>
    /// <param name="uri">An address with or without a query string.</param>
    /// <returns>The section.</returns>
    public static SimTab TabOf(string uri) => new QueryReader(uri).Choice(Parameter, SimTab.Overview);

    /// <summary>A section's name in addresses; null for the first, which needs none.</summary>
    /// <param name="tab">The section.</param>
    /// <returns>The name.</returns>
    public static string? NameOf(SimTab tab) => tab == SimTab.Overview ? null : tab.ToString().ToLowerInvariant();

    void ISimView.Write(QueryWriter query)
    {
    }
}
