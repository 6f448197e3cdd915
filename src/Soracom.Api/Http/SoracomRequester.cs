using System.Text.Json;
using Microsoft.Extensions.Options;
using RestEase;

namespace Soracom.Api.Http;

/// <summary>
/// What RestEase's generated implementations call. A requester of our own rather than a child of RestEase's: that one reads
/// answers into strings, encodes paths for forms, and has Newtonsoft.Json in its constructor.
/// </summary>
internal sealed class SoracomRequester(Caller caller, Uri endpoint, CallRunner runner, WireJson json) : IRequester
{
    public Task<T> RequestAsync<T>(IRequestInfo requestInfo)
    {
        var call = CreateCall(requestInfo);
        var reader = json.ReaderOf<T>();
        return runner.RunAsync(call, call.Operation.MayAnswerNothing ? new NullableReader<T>(reader) : reader, requestInfo.CancellationToken);
    }

    public Task RequestVoidAsync(IRequestInfo requestInfo) =>
        runner.RunAsync(CreateCall(requestInfo), NothingReader.Instance, requestInfo.CancellationToken);

    public Task<HttpResponseMessage> RequestWithResponseMessageAsync(IRequestInfo requestInfo) => throw NotOffered();

    public Task<Response<T>> RequestWithResponseAsync<T>(IRequestInfo requestInfo) => throw NotOffered();

    public Task<string> RequestRawAsync(IRequestInfo requestInfo) => throw NotOffered();

    public Task<Stream> RequestStreamAsync(IRequestInfo requestInfo) => throw NotOffered();

    public void Dispose()
    {
        // Connections belong to the HTTP client factory.
    }

    private SoracomCall CreateCall(IRequestInfo requestInfo)
    {
        var body = requestInfo.BodyParameterInfo?.ObjectValue;
        return new SoracomCall
        {
            Operation = SoracomOperation.Of(requestInfo.MethodInfo),
            Caller = caller,
            Uri = RequestUri.Build(endpoint, requestInfo),
            Body = body is null or SoracomUpload ? null : json.Write(body),
            Upload = body as SoracomUpload,
            Secrets = body is IHoldsSecrets holder ? SecretsOf(holder) : [],
        };
    }

    private static string[] SecretsOf(IHoldsSecrets holder)
    {
        // An empty one is not secret, and can't be looked for in a text.
        var plain = holder.Secrets.OfType<string>().Where(secret => secret.Length > 0).ToList();
        return [.. plain, .. plain.Select(secret => JsonEncodedText.Encode(secret).ToString())];
    }

    // An answer handed out raw would escape the retries, the time limits and the error table.
    private static NotSupportedException NotOffered() => new("Areas answer with models, pages, files or nothing.");
}

/// <summary>Makes requesters; the pieces that they share are singletons.</summary>
internal sealed class RequesterFactory(CallRunner runner, WireJson json, IOptions<SoracomApiOptions> options)
{
    public IRequester Create(Caller caller) => new SoracomRequester(caller, options.Value.EndpointOf(caller.Coverage), runner, json);
}
