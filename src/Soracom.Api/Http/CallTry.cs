using Soracom.Api.Errors;

namespace Soracom.Api.Http;

/// <summary>One try of a call: with which session, the how-manieth, and what has come back so far.</summary>
internal sealed class CallTry(SoracomCall call, SoracomSession? session, int number, RateBudget.Lease? lease)
{
    public SoracomCall Call { get; } = call;

    public SoracomSession? Session { get; } = session;

    /// <summary>1 for the first.</summary>
    public int Number { get; } = number;

    /// <summary>Null for an anonymous call, which has no operator whose budget it could count against.</summary>
    public RateBudget.Lease? Lease { get; } = lease;

    /// <summary>Set when the head of an answer has come.</summary>
    public AnswerHead? Head { get; set; }

    public HttpRequestMessage CreateMessage() => Call.CreateMessage(Session, Number);

    public string? Presentable(string? text) => Call.Presentable(text, Session);

    public SoracomFailure Failure(string? detail = null) => new()
    {
        OperationId = Call.Operation.Id,
        Status = Head?.Status,
        RequestId = Head?.RequestId,
        Detail = detail,
    };
}
