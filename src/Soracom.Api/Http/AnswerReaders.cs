using System.Net;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;

namespace Soracom.Api.Http;

/// <summary>Reads a successful answer. Throws <see cref="JsonException"/> when it is not what the operation answers.</summary>
internal interface IAnswerReader<T>
{
    /// <summary>The media types that it can read.</summary>
    string Accept => "application/json";

    /// <summary>Whether the result goes on reading the answer, and disposes of it.</summary>
    bool KeepsAnswer => false;

    /// <summary>Whether a status is one that it reads; any other is a failure.</summary>
    bool Accepts(HttpStatusCode status) => status is >= HttpStatusCode.OK and < HttpStatusCode.MultipleChoices;

    /// <param name="attempt">The try that brought it.</param>
    /// <param name="answer">The answer, whose body is not read yet.</param>
    /// <param name="cancellationToken">Ends the reading.</param>
    Task<T> ReadAsync(CallTry attempt, HttpResponseMessage answer, CancellationToken cancellationToken);
}

/// <summary>An answer whose body, if any, means nothing.</summary>
internal sealed class NothingReader : IAnswerReader<bool>
{
    public static readonly NothingReader Instance = new();

    /// <summary>"Not modified" too: what was asked for is so already.</summary>
    public bool Accepts(HttpStatusCode status) =>
        status is (>= HttpStatusCode.OK and < HttpStatusCode.MultipleChoices) or HttpStatusCode.NotModified;

    public Task<bool> ReadAsync(CallTry attempt, HttpResponseMessage answer, CancellationToken cancellationToken) => Task.FromResult(true);
}

/// <summary>What the readers of JSON have in common.</summary>
internal static class JsonAnswer
{
    /// <summary>
    /// How long an answer may be, in bytes after decompression: 32 MiB, far more than any page of a list takes. An endless one would take
    /// all memory.
    /// </summary>
    public const long MaxBytes = 32 * 1024 * 1024;
}

/// <summary>A JSON value, deserialised while it arrives.</summary>
internal sealed class JsonReader<T>(JsonTypeInfo<T> contract) : IAnswerReader<T>
{
    public async Task<T> ReadAsync(CallTry attempt, HttpResponseMessage answer, CancellationToken cancellationToken)
    {
        await using var body = new AnswerStream(await answer.Content.ReadAsStreamAsync(cancellationToken), attempt, JsonAnswer.MaxBytes);
        return await JsonSerializer.DeserializeAsync(body, contract, cancellationToken) ?? throw new JsonException();
    }
}

/// <summary>A JSON array, and the headers that tell how it goes on.</summary>
internal sealed class PageReader<T>(JsonTypeInfo<List<T>> contract) : IAnswerReader<SoracomPage<T>>
{
    private readonly JsonReader<List<T>> list = new(contract);

    public async Task<SoracomPage<T>> ReadAsync(CallTry attempt, HttpResponseMessage answer, CancellationToken cancellationToken)
    {
        var items = await list.ReadAsync(attempt, answer, cancellationToken);
        if (items.Exists(item => item is null))
        {
            throw new JsonException();
        }

        return new SoracomPage<T>(items, NextPageKey.Of(answer.Headers));
    }
}

/// <summary>An object that holds one page of a list, and the headers that tell how it goes on.</summary>
internal sealed class PagedReader<T>(JsonTypeInfo<T> contract) : IAnswerReader<SoracomPaged<T>>
{
    private readonly JsonReader<T> content = new(contract);

    public async Task<SoracomPaged<T>> ReadAsync(CallTry attempt, HttpResponseMessage answer, CancellationToken cancellationToken) =>
        new(await content.ReadAsync(attempt, answer, cancellationToken), NextPageKey.Of(answer.Headers));
}

/// <summary>An operation that has nothing to tell at times, and then answers 204 or 304: the result is null.</summary>
internal sealed class NullableReader<T>(IAnswerReader<T> reader) : IAnswerReader<T>
{
    public bool Accepts(HttpStatusCode status) => status == HttpStatusCode.NotModified || reader.Accepts(status);

    public async Task<T> ReadAsync(CallTry attempt, HttpResponseMessage answer, CancellationToken cancellationToken) =>
        answer.StatusCode is HttpStatusCode.NoContent or HttpStatusCode.NotModified ? default! : await reader.ReadAsync(attempt, answer, cancellationToken);
}

/// <summary>Bytes, handed on while they arrive; or the address where they are.</summary>
internal sealed class FileReader : IAnswerReader<SoracomFile>
{
    public static readonly FileReader Instance = new();

    public string Accept => "*/*";

    public bool KeepsAnswer => true;

    public bool Accepts(HttpStatusCode status) => status is (>= HttpStatusCode.OK and < HttpStatusCode.MultipleChoices) or HttpStatusCode.Found;

    public async Task<SoracomFile> ReadAsync(CallTry attempt, HttpResponseMessage answer, CancellationToken cancellationToken)
    {
        var location = answer.Headers.Location;
        if (answer.StatusCode == HttpStatusCode.Found && location is not { IsAbsoluteUri: true })
        {
            throw new JsonException("A redirect without an address.");
        }

        var head = answer.Content.Headers;
        var content = new AnswerStream(await answer.Content.ReadAsStreamAsync(cancellationToken), attempt);
        return new SoracomFile(answer.StatusCode, content, head.ContentType?.ToString(), head.ContentLength, location, answer) { ETag = answer.Headers.ETag?.ToString() };
    }
}
