using System.Collections.Concurrent;
using Microsoft.Extensions.Options;

namespace Soracom.Api.Http;

/// <summary>The rate budgets: one for each operator, coverage and path group, whichever credential of the operator calls.</summary>
internal sealed class RateBudgets(IOptions<SoracomApiOptions> options, TimeProvider time)
{
    private readonly ConcurrentDictionary<(SoracomCoverage, string OperatorId, string PathGroup), RateBudget> budgets = new();

    public RateBudget Of(SoracomSession session, SoracomOperation operation) =>
        budgets.GetOrAdd(
            (session.Coverage, session.OperatorId, operation.PathGroup),
            _ => new RateBudget(options.Value.InteractiveReserve, time));

    /// <summary>The calls of a window that background work may make; null while nothing is known.</summary>
    public int? BackgroundAllowance(SoracomCoverage coverage, string operatorId, string pathGroup) =>
        budgets.TryGetValue((coverage, operatorId, pathGroup), out var budget) ? budget.BackgroundAllowance : null;
}
