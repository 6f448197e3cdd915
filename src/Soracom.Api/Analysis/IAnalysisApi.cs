using RestEase;
using Soracom.Api.Http;

namespace Soracom.Api.Analysis;

/// <summary>SQL over what the platform knows of the account's SIMs.</summary>
public interface IAnalysisApi
{
    /// <summary>Vendor operation getAnalysisSchemas: the tables with their columns.</summary>
    [SoracomOperation("getAnalysisSchemas"), Get("/analysis/schemas")]
    Task<IReadOnlyList<AnalysisSchema>> GetAnalysisSchemasAsync(CancellationToken cancellationToken = default);

    /// <summary>Vendor operation startAnalysisQueries: begins a query; getAnalysisQueries tells what becomes of it. Counted by the month.</summary>
    [SoracomOperation("startAnalysisQueries"), Post("/analysis/queries")]
    Task<AnalysisQueryStarted> StartAnalysisQueriesAsync([Body] AnalysisQuery query, CancellationToken cancellationToken = default);

    /// <summary>Vendor operation getAnalysisQueries: how far a query is, and where its result is.</summary>
    [SoracomOperation("getAnalysisQueries"), Get("/analysis/queries/{query_id}")]
    Task<AnalysisQueryResult> GetAnalysisQueriesAsync([Path("query_id")] string queryId, CancellationToken cancellationToken = default);
}
