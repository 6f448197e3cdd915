using System.Text.Json;
using Soracom.Sandbox.Errors;
using Soracom.Sandbox.State;

namespace Soracom.Sandbox.Http;

/// <summary>What goes back to the client. The body is written after the account's lock is released, from objects that no longer change.</summary>
internal sealed record Answer(int Status)
{
    public Action<Utf8JsonWriter>? Json { get; init; }

    /// <summary>A page that did not come from the API but from something in front of it: sent without the vendor's headers.</summary>
    public string? Html { get; init; }

    /// <summary>A body that is not JSON.</summary>
    public AnswerContent? Content { get; init; }

    /// <summary>Where it redirects to.</summary>
    public string? Location { get; init; }

    /// <summary>Further headers.</summary>
    public IReadOnlyList<(string Name, string Value)> Headers { get; init; } = [];

    /// <summary>Relative address of the next page, and its key.</summary>
    public (string Link, string Key)? Next { get; init; }

    /// <summary>The methods that the path knows, where the called one is not among them.</summary>
    public string? Allow { get; init; }

    public Delivery Delivery { get; init; }

    public static Answer NoContent { get; } = new(StatusCodes.Status204NoContent);

    /// <summary>200 without a body.</summary>
    public static Answer EmptyOk { get; } = new(StatusCodes.Status200OK);

    public static Answer Accepted { get; } = new(StatusCodes.Status202Accepted);

    /// <summary>What was asked for is so already.</summary>
    public static Answer NotModified { get; } = new(StatusCodes.Status304NotModified);

    public static Answer Created(Action<Utf8JsonWriter> json) => new(StatusCodes.Status201Created) { Json = json };

    /// <summary>The file is elsewhere.</summary>
    public static Answer Redirect(string location) => new(StatusCodes.Status302Found) { Location = location };

    public static Answer Bytes(string contentType, ReadOnlyMemory<byte> bytes) => new(StatusCodes.Status200OK) { Content = new AnswerContent(contentType, bytes) };

    /// <summary>A body that is made while it is sent, after the account's lock is released.</summary>
    public static Answer Stream(string contentType, long? length, Func<Stream, CancellationToken, Task> write) =>
        new(StatusCodes.Status200OK) { Content = new AnswerContent(contentType, default) { Write = write, Length = length } };

    /// <summary>A body that is prepared after the account's lock is released, and sent when it is ready.</summary>
    public static Answer Later(string contentType, Func<CancellationToken, Task<AnswerContent>> prepare) =>
        new(StatusCodes.Status200OK) { Content = new AnswerContent(contentType, default) { Prepare = prepare } };

    public static Answer Ok(Action<Utf8JsonWriter> json) => new(StatusCodes.Status200OK) { Json = json };

    public static Answer Error(VendorException error, Language language) => new(error.Status)
    {
        Json = json =>
        {
            json.WriteStartObject();
            json.WriteString("code", error.Error.Code);
            json.WriteString("message", error.MessageIn(language));
            json.WriteEndObject();
        },
    };

    /// <summary>A whole list as a bare array.</summary>
    public static Answer List<T>(IReadOnlyList<T> items, Action<Utf8JsonWriter, T> write) => Ok(json =>
    {
        json.WriteStartArray();
        foreach (var item in items)
        {
            write(json, item);
        }

        json.WriteEndArray();
    });

    /// <summary>A page of a list as a bare array, with the headers that lead to the next one.</summary>
    public static Answer Page<T>(Call call, Page<T> page, Action<Utf8JsonWriter, T> write) => new(StatusCodes.Status200OK)
    {
        Next = page.NextKey is { } key ? ($"{call.RawPath}?{call.Query.With("last_evaluated_key", key)}", key) : null,
        Json = json =>
        {
            json.WriteStartArray();
            foreach (var item in page.Items)
            {
                write(json, item);
            }

            json.WriteEndArray();
        },
    };
}

/// <summary>How much of an answer reaches the client; all but <see cref="Whole"/> are injected faults.</summary>
internal enum Delivery
{
    Whole,

    /// <summary>Half of the body, framed as if it were all of it.</summary>
    Truncated,

    /// <summary>Half of the body announced, then the connection is cut.</summary>
    CutHalfway,

    /// <summary>The connection is cut before the first byte.</summary>
    Nothing,
}
