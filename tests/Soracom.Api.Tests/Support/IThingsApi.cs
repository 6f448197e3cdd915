using System.Text.Json;
using RestEase;
using Soracom.Api.Http;

namespace Soracom.Api.Tests.Support;

/// <summary>Operations of every kind, to test what the vendor's own don't show yet.</summary>
public interface IThingsApi
{
    [SoracomOperation("createThing"), Post("/things")]
    Task CreateAsync(CancellationToken cancellationToken);

    [SoracomOperation("putThing", Effect = CallEffect.Repeatable), Put("/things")]
    Task PutAsync(CancellationToken cancellationToken);

    [SoracomOperation("deleteThing"), Delete("/things/{kind}/keys/{name}")]
    Task DeleteAsync([Path("kind")] string kind, [Path("name")] string name, CancellationToken cancellationToken);

    [SoracomOperation("findThings"), Get("/things")]
    Task FindAsync(
        [Query("flag")] bool? flag, [Query("at")] long? at, [Query("share")] double? share, [Query("name")] IEnumerable<string?>? names, CancellationToken cancellationToken);

    [SoracomOperation("listThings"), Get("/things")]
    Task<SoracomPage<JsonElement>> ListAsync(CancellationToken cancellationToken);

    [Get("/things")]
    Task UnnamedAsync(CancellationToken cancellationToken);

    [SoracomOperation("rawThing"), Get("/things")]
    Task<string> RawAsync(CancellationToken cancellationToken);

    [SoracomOperation("getThingFile"), Get("/things/{path}")]
    Task<SoracomFile> FileAsync([Path("path", UrlEncode = false)] string path, CancellationToken cancellationToken);

    [SoracomOperation("putThingFile", Effect = CallEffect.Repeatable), Put("/things/{path}")]
    Task UploadAsync([Path("path", UrlEncode = false)] string path, [Body] SoracomUpload file, CancellationToken cancellationToken);

    [SoracomOperation("listThingsSince"), Get("/things")]
    Task SinceAsync([Query("ms")] UnixMilliseconds? milliseconds, [Query("s")] UnixSeconds? seconds, CancellationToken cancellationToken);

    [SoracomOperation("listThingsWithin"), Get("/things")]
    Task<SoracomPaged<JsonElement>> WithinAsync(CancellationToken cancellationToken);

    [SoracomOperation("getThingIfAny", MayAnswerNothing = true), Get("/things")]
    Task<IDictionary<string, JsonElement>?> IfAnyAsync(CancellationToken cancellationToken);
}
