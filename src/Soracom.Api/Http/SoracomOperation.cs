using System.Collections.Concurrent;
using System.Reflection;
using RestEase;

namespace Soracom.Api.Http;

/// <summary>A vendor operation, as the attributes of its interface method tell it.</summary>
internal sealed class SoracomOperation
{
    private static readonly ConcurrentDictionary<MethodInfo, SoracomOperation> Known = new();

    private SoracomOperation(string id, HttpMethod method, string path, CallEffect effect, bool mayAnswerNothing)
    {
        Id = id;
        MayAnswerNothing = mayAnswerNothing;
        Method = method;
        Effect = effect;
        PathGroup = path.Split('/', StringSplitOptions.RemoveEmptyEntries)[0];
    }

    public string Id { get; }

    public HttpMethod Method { get; }

    /// <summary>Never <see cref="CallEffect.FromMethod"/>.</summary>
    public CallEffect Effect { get; }

    /// <inheritdoc cref="SoracomOperationAttribute.MayAnswerNothing"/>
    public bool MayAnswerNothing { get; }

    public bool IsRepeatable => Effect is CallEffect.Reads or CallEffect.Repeatable;

    public bool Changes => Effect is not CallEffect.Reads;

    /// <summary>
    /// The first segment of the path. The vendor counts calls by groups of related paths that it doesn't publish; this is the
    /// nearest guess.
    /// </summary>
    public string PathGroup { get; }

    public static SoracomOperation Of(MethodInfo method) => Known.GetOrAdd(method, Read);

    private static SoracomOperation Read(MethodInfo method)
    {
        var operation = method.GetCustomAttribute<SoracomOperationAttribute>()
            ?? throw new InvalidOperationException($"{method.DeclaringType?.Name}.{method.Name} names no vendor operation.");
        var request = method.GetCustomAttribute<RequestAttribute>()
            ?? throw new InvalidOperationException($"{method.DeclaringType?.Name}.{method.Name} has no route.");
        var effect = operation.Effect != CallEffect.FromMethod ? operation.Effect
            : request.Method == HttpMethod.Get || request.Method == HttpMethod.Head ? CallEffect.Reads
            : CallEffect.Once;
        return new SoracomOperation(operation.Id, request.Method, request.Path, effect, operation.MayAnswerNothing);
    }
}
