using System.Linq.Expressions;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Diagnostics;

namespace Soracom.Portal.Data;

/// <summary>
/// Refuses queries of a tenant's context that look past its filter. On SQL Server row-level security would answer them as if there were no
/// other tenants; here they fail, on any database, so that none is written by mistake.
/// Looked at when a query is compiled, which is once for all contexts: one that the installation has asked before, word for word, is not looked at again.
/// </summary>
internal sealed class TenantQueries : IQueryExpressionInterceptor
{
    public static readonly TenantQueries Instance = new();

    public Expression QueryCompilationStarting(Expression queryExpression, QueryExpressionEventData eventData)
    {
        if (eventData.Context is PortalDbContext { Wall: not null })
        {
            Search.Instance.Visit(queryExpression);
        }

        return queryExpression;
    }

    private sealed class Search : ExpressionVisitor
    {
        public static readonly Search Instance = new();

        protected override Expression VisitMethodCall(MethodCallExpression node) =>
            node.Method.Name == nameof(EntityFrameworkQueryableExtensions.IgnoreQueryFilters)
                ? throw new InvalidOperationException("A tenant's context looks past its filter; PortalDatabase.ForTenantBesideOthers and ForInstallation may.")
                : base.VisitMethodCall(node);
    }
}
