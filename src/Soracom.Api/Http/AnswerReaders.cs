using System.Text.Json;
using System.Text.Json.Serialization.Metadata;

namespace Soracom.Api.Http;

/// <summary>Reads a successful answer. Throws <see cref="JsonException"/> when it is not what the operation answers.</summary>
internal interface IAnswerReader<T>
{
    Task<T> ReadAsync(HttpResponseMessage answer, CancellationToken cancellationToken);
}

/// <summary>An answer whose body, if any, means nothing.</summary>
internal sealed class NothingReader : IAnswerReader<bool>
{
    public static readonly NothingReader Instance = new();

    public Task<bool> ReadAsync(HttpResponseMessage answer, CancellationToken cancellationToken) => Task.FromResult(true);
}

/// <summary>A JSON value, deserialised while it arrives.</summary>
internal sealed class JsonReader<T>(JsonTypeInfo<T> contract) : IAnswerReader<T>
{
    public async Task<T> ReadAsync(HttpResponseMessage answer, CancellationToken cancellationToken)
    {
        await using var body = await answer.Content.ReadAsStreamAsync(cancellationToken);
        return await JsonSerializer.DeserializeAsync(body, contract, cancellationToken) ?? throw new JsonException();
    }
}

/// <summary>A JSON array, and the headers that tell how it goes on.</summary>
internal sealed class PageReader<T>(JsonTypeInfo<List<T>> contract) : IAnswerReader<SoracomPage<T>>
{
    private readonly JsonReader<List<T>> list = new(contract);

    public async Task<SoracomPage<T>> ReadAsync(HttpResponseMessage answer, CancellationToken cancellationToken)
    {
        var items = await list.ReadAsync(answer, cancellationToken);
        if (items.Exists(item => item is null))
        {
            throw new JsonException();
        }

        return new SoracomPage<T>(items, NextPageKey.Of(answer.Headers));
    }
}
