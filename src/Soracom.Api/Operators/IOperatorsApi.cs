using RestEase;
using Soracom.Api.Http;

namespace Soracom.Api.Operators;

/// <summary>The operator account itself.</summary>
public interface IOperatorsApi
{
    /// <summary>Vendor operation getOperator: the account's own data. 400 when the id is not the caller's.</summary>
    [SoracomOperation("getOperator"), Get("/operators/{operator_id}")]
    Task<Operator> GetOperatorAsync([Path("operator_id")] string operatorId, CancellationToken cancellationToken = default);
}
