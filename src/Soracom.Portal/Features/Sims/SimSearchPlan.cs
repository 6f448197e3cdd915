using Soracom.Api;
using Soracom.Api.Sims;
using Soracom.Portal.Shared.Data;

namespace Soracom.Portal.Features.Sims;

/// <summary>
/// How a query is put to the vendor. One search there is either all "and" or all "or", over fields and values alike; the
/// search box means "or" over its fields while the filters mean "and". What the vendor can't do in the same call is
/// filtered here, on the pages that it answers with.
/// </summary>
internal sealed class SimSearchPlan
{
    private readonly SimQuery query;
    private readonly SimQuery asked;
    private readonly string searchType;

    private SimSearchPlan(SimQuery query, SimQuery asked, string searchType)
    {
        this.query = query;
        this.asked = asked;
        this.searchType = searchType;
        FiltersHere = query with { After = null } != asked with { After = null };
    }

    /// <summary>Whether the vendor's pages hold SIMs that the query does not ask for.</summary>
    public bool FiltersHere { get; }

    public static SimSearchPlan For(SimQuery query)
    {
        var filters = new[] { query.Statuses, query.Sessions, query.Groups, query.Subscriptions, query.ModuleTypes };
        if (query.Terms.Count > 0)
        {
            return new SimSearchPlan(query, new SimQuery { Coverage = query.Coverage, Text = query.Text }, SearchType.Or);
        }

        if (filters.Count(filter => filter.Count > 0) == 1 && query.Sessions.Count == 0)
        {
            return new SimSearchPlan(query, query, SearchType.Or);
        }

        // Several values of one filter are alternatives, which an "and" search can't say.
        return new SimSearchPlan(
            query,
            query with
            {
                Statuses = One(query.Statuses),
                Sessions = One(query.Sessions),
                Groups = One(query.Groups),
                Subscriptions = One(query.Subscriptions),
                ModuleTypes = One(query.ModuleTypes),
            },
            SearchType.And);

        static FilterValues One(FilterValues values) => values.Count == 1 ? values : FilterValues.None;
    }

    public Task<SoracomPage<Sim>> AskAsync(ISimsApi sims, int limit, string? after, CancellationToken cancellationToken)
    {
        var terms = asked.Terms is { Count: > 0 } some ? some : null;
        return sims.SearchSimsAsync(
            name: terms,
            simId: terms,
            imsi: terms,
            msisdn: terms,
            iccid: terms,
            serialNumber: terms,
            tag: terms,
            groupId: Some(asked.Groups),
            status: Some(asked.Statuses),
            sessionStatus: asked.Sessions.SingleOrDefault() switch
            {
                SimSession.Online => SessionStatusFilter.Online,
                SimSession.Offline => SessionStatusFilter.Offline,
                _ => null,
            },
            subscription: Some(asked.Subscriptions),
            moduleType: Some(asked.ModuleTypes),
            limit: limit,
            lastEvaluatedKey: after,
            searchType: searchType,
            cancellationToken: cancellationToken);

        static FilterValues? Some(FilterValues values) => values.Count == 0 ? null : values;
    }

    /// <summary>Whether a SIM passes all filters.</summary>
    public bool Allows(Sim sim) =>
        query.Statuses.Allows(sim.Status)
        && query.Sessions.Allows(SimSession.Of(sim))
        && query.Groups.Allows(sim.GroupId)
        && query.ModuleTypes.Allows(sim.ModuleType)
        && (query.Subscriptions.Count == 0 || sim.Profiles.Values.Any(profile => profile.Subscribers.Values.Any(subscriber => query.Subscriptions.Allows(subscriber.Subscription))));
}

/// <summary>Values of the session filter.</summary>
internal static class SimSession
{
    public const string Online = "online";

    public const string Offline = "offline";

    /// <summary>Whether a SIM has a session. A virtual SIM's is its Arc session; one that has never connected has none.</summary>
    public static string Of(Sim sim) => sim.SessionStatus?.Online == true ? Online : Offline;
}
