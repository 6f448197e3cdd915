namespace Soracom.Api.Http;

/// <summary>What repeating a call would do, which decides whether a failed one is tried again.</summary>
public enum CallEffect
{
    /// <summary><see cref="Reads"/> for GET and HEAD, <see cref="Once"/> for every other method.</summary>
    FromMethod,

    /// <summary>Changes nothing that its caller could miss; repeated freely.</summary>
    Reads,

    /// <summary>Changes something, but twice is the same as once and succeeds as well; repeated too.</summary>
    Repeatable,

    /// <summary>Changes something anew each time; never repeated by the client.</summary>
    Once,
}

/// <summary>The vendor's operation behind a method of an area's interface.</summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class SoracomOperationAttribute(string id) : Attribute
{
    /// <summary>The vendor's <c>operationId</c>.</summary>
    public string Id { get; } = id;

    public CallEffect Effect { get; init; }

    /// <summary>Whether a 204 or 304 is a good answer of an operation that otherwise answers a model; the method's result is null then.</summary>
    public bool MayAnswerNothing { get; init; }
}
