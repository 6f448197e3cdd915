using System.Collections.Concurrent;
using System.Text.Json;
using System.Text.Json.Serialization;
using System.Text.Json.Serialization.Metadata;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace Soracom.Api.Http;

/// <summary>The vendor's JSON: source-generated contracts of all areas, and what happens to members that they don't know.</summary>
internal sealed class WireJson
{
    /// <summary>
    /// The contexts of all areas. They are looked for rather than listed, so that an area is one folder and no line elsewhere; a
    /// type that belongs to none of them fails at its first use, and in a test before that.
    /// </summary>
    private static readonly IJsonTypeInfoResolver[] Areas =
    [
        .. typeof(WireJson).Assembly.GetTypes()
            .Where(type => type.IsSubclassOf(typeof(JsonSerializerContext)))
            .OrderBy(type => type.FullName, StringComparer.Ordinal)
            .Select(type => (IJsonTypeInfoResolver)Activator.CreateInstance(type)!),
    ];

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
                .Combine(Areas)
                .WithAddedModifier(unknownMembers),
        };
        json.MakeReadOnly();
    }

    /// <summary>For the tests that hold the models against the vendor's definition.</summary>
    internal JsonSerializerOptions Options => json;

    /// <summary>A body. A list may come as whatever its caller has made it; the contexts know it as a <see cref="List{T}"/>.</summary>
    public byte[] Write(object body)
    {
        if (json.TryGetTypeInfo(body.GetType(), out var contract))
        {
            return JsonSerializer.SerializeToUtf8Bytes(body, contract);
        }

        var item = body.GetType().GetInterfaces().First(type => type.IsGenericType && type.GetGenericTypeDefinition() == typeof(IReadOnlyList<>)).GenericTypeArguments[0];
        var list = typeof(List<>).MakeGenericType(item);
        return JsonSerializer.SerializeToUtf8Bytes(Activator.CreateInstance(list, body), json.GetTypeInfo(list));
    }

    public IAnswerReader<T> ReaderOf<T>() => (IAnswerReader<T>)readers.GetOrAdd(typeof(T), CreateReader);

    private object CreateReader(Type type)
    {
        if (type == typeof(SoracomFile))
        {
            return FileReader.Instance;
        }

        var item = type.GenericTypeArguments.FirstOrDefault();
        var (content, reader) = (type.IsGenericType ? type.GetGenericTypeDefinition() : null) switch
        {
            { } page when page == typeof(SoracomPage<>) => (typeof(List<>).MakeGenericType(item!), typeof(PageReader<>).MakeGenericType(item!)),
            { } paged when paged == typeof(SoracomPaged<>) => (item!, typeof(PagedReader<>).MakeGenericType(item!)),
            _ => (type, typeof(JsonReader<>).MakeGenericType(type)),
        };
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
