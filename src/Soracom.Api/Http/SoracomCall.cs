using System.Net.Http.Headers;

namespace Soracom.Api.Http;

/// <summary>One call as its caller meant it; each try of it is a request message of its own.</summary>
internal sealed class SoracomCall
{
    private const int MaxTextLength = 500;

    private static readonly MediaTypeHeaderValue Json = new("application/json");

    public required SoracomOperation Operation { get; init; }

    public required Caller Caller { get; init; }

    public required Uri Uri { get; init; }

    /// <summary>The body as JSON in UTF-8; null when there is none.</summary>
    public byte[]? Body { get; init; }

    /// <summary>A body that is not JSON; null when there is none.</summary>
    public SoracomUpload? Upload { get; init; }

    /// <summary>Secrets in the body, as they are and as JSON spells them.</summary>
    public IReadOnlyCollection<string> Secrets { get; init; } = [];

    public HttpRequestMessage CreateMessage(SoracomSession? session, int attempt)
    {
        var message = new HttpRequestMessage(Operation.Method, Uri);
        if (Body is not null)
        {
            message.Content = new ByteArrayContent(Body);
            message.Content.Headers.ContentType = Json;
        }

        message.Content ??= Upload?.CreateContent();

        message.Headers.TryAddWithoutValidation(SoracomHeaders.Language, Caller.Language == SoracomLanguage.Japanese ? "ja" : "en");
        if (session is not null)
        {
            message.Headers.Add(SoracomHeaders.ApiKey, session.ApiKey);
            message.Headers.Add(SoracomHeaders.Token, session.Token);
        }

        message.Options.Set(SoracomRequestInfo.Key, new SoracomRequestInfo(Operation.Id, Caller.Coverage, Caller.Priority, Caller.AccountKey, attempt));
        return message;
    }

    /// <summary>A text that came back, without the secrets that this call carried, as one line of bearable length.</summary>
    public string? Presentable(string? text, SoracomSession? session)
    {
        if (string.IsNullOrEmpty(text))
        {
            return null;
        }

        IEnumerable<string> carried = session is null ? Secrets : [.. Secrets, session.ApiKey, session.Token];

        // The longest first: what begins like a shorter one would leave its end.
        var clean = carried.OrderByDescending(secret => secret.Length).Aggregate(text, (current, secret) => current.Replace(secret, "[redacted]", StringComparison.Ordinal));
        var cut = clean.Length <= MaxTextLength ? clean : string.Concat(clean.AsSpan(0, MaxTextLength), "...");
        return new string([.. cut.Select(character => char.IsControl(character) ? ' ' : character)]);
    }
}
