using System.Collections.Concurrent;
using System.Text.Json;
using System.Text.Json.Serialization;
using System.Text.Json.Serialization.Metadata;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Soracom.Api.Auth;
using Soracom.Api.Groups;
using Soracom.Api.Operators;
using Soracom.Api.Sims;

namespace Soracom.Api.Http;

/// <summary>The vendor's JSON: source-generated contracts of all areas, and what happens to members that they don't know.</summary>
internal sealed class WireJson
{
    private readonly JsonSerializerOptions json;
    private readonly ConcurrentDictionary<Type, object> readers = new();

    public WireJson(IOptions<SoracomApiOptions> options, ILogger<UnknownMemberReporter> log)
    {
        Action<JsonTypeInfo> unknownMembers = options.Value.RefuseUnknownMembers
            ? RefuseUnknownMembers
            : new UnknownMemberReporter(log).Attach;

        json = new JsonSerializerOptions
        {
            PropertyNamingPolicy = JsonNamingPolicy.CamelCase,
            DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
            RespectNullableAnnotations = true,
            TypeInfoResolver = JsonTypeInfoResolver
                .Combine(AuthJson.Default, OperatorsJson.Default, SimsJson.Default, GroupsJson.Default, UnknownMembersJson.Default)
                .WithAddedModifier(unknownMembers),
        };
        json.MakeReadOnly();
    }

    public byte[] Write(object body) => JsonSerializer.SerializeToUtf8Bytes(body, json.GetTypeInfo(body.GetType()));

    public IAnswerReader<T> ReaderOf<T>() => (IAnswerReader<T>)readers.GetOrAdd(typeof(T), CreateReader);

    private object CreateReader(Type type)
    {
        var paged = type.IsGenericType && type.GetGenericTypeDefinition() == typeof(SoracomPage<>);
        var content = paged ? typeof(List<>).MakeGenericType(type.GenericTypeArguments) : type;
        var reader = paged ? typeof(PageReader<>).MakeGenericType(type.GenericTypeArguments) : typeof(JsonReader<>).MakeGenericType(type);
        return Activator.CreateInstance(reader, json.GetTypeInfo(content))!;
    }

    private static void RefuseUnknownMembers(JsonTypeInfo contract)
    {
        if (contract.Kind == JsonTypeInfoKind.Object)
        {
            contract.UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow;
        }
    }
}
